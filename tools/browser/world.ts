import { rm } from 'node:fs/promises'
import path from 'node:path'
import { migrate, type Network, startNetwork } from '../local/network.ts'
import { LOCAL, type Place } from '../local/place.ts'
import { grantFirstOperators } from '../seed/operators.ts'
import { seedMarket, seedPurchases } from '../seed/seed.ts'

export const FOLDER = path.join(LOCAL, 'browser')
const PORT = 8700
const SANDBOX_PORT = 8701

/** A network with partners and offers; `filled` resolves when the shopper is there too. */
export type World = { readonly network: Network; readonly filled: Promise<void> }

/** A network of our own with fresh state, filled as `npm start` fills the first one. */
export async function openWorld(say: (words: string) => void): Promise<World> {
  const place: Place = { folder: FOLDER, port: PORT, sandboxPort: SANDBOX_PORT }
  await rm(path.join(FOLDER, 'state'), { recursive: true, force: true })
  await migrate(place)
  await grantFirstOperators(place, new Date().toISOString())
  const network = await startNetwork(place)
  try {
    const now = Date.now()
    const shopper = await seedMarket(network, now, say)
    const filled = seedPurchases(network, shopper, now, say)
    // Whoever waits for it hears of its failure; until then nobody does.
    filled.catch(() => undefined)
    return { network, filled }
  } catch (error) {
    await network.stop()
    throw error
  }
}
