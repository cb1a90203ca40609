import { rm } from 'node:fs/promises'
import path from 'node:path'
import { migrate, type Network, startNetwork } from '../local/network.ts'
import { LOCAL, type Place } from '../local/place.ts'
import { grantFirstOperators } from '../seed/operators.ts'
import { seed } from '../seed/seed.ts'

export const FOLDER = path.join(LOCAL, 'browser')
const PORT = 8700
const SANDBOX_PORT = 8701

/** A network of our own with fresh state, filled as `npm start` fills the first one. */
export async function openWorld(say: (words: string) => void): Promise<Network> {
  const place: Place = { folder: FOLDER, port: PORT, sandboxPort: SANDBOX_PORT }
  await rm(path.join(FOLDER, 'state'), { recursive: true, force: true })
  await migrate(place)
  await grantFirstOperators(place, new Date().toISOString())
  const network = await startNetwork(place)
  try {
    await seed(network, Date.now(), say)
  } catch (error) {
    await network.stop()
    throw error
  }
  return network
}
