import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { migrate, type Network, startNetwork } from '../local/network.ts'
import { LOCAL, type Place, ROOT } from '../local/place.ts'
import { grantFirstOperators } from '../seed/operators.ts'
import { seed } from '../seed/seed.ts'

/** Ports and folder of loads, beside those of `npm start`. */
export const BENCH_PLACE: Place = {
  folder: path.join(LOCAL, 'bench'),
  port: 8897,
  sandboxPort: 8898,
}

/** A seeded network of its own for load. The Worker wants its folder of pages; no load asks for one. */
export async function startBenchNetwork(place: Place): Promise<Network> {
  await mkdir(path.join(ROOT, 'web', 'out'), { recursive: true })
  await migrate(place)
  await grantFirstOperators(place, new Date().toISOString())
  const network = await startNetwork(place)
  try {
    await seed(network, Date.now(), () => {})
  } catch (error) {
    await network.stop()
    throw error
  }
  return network
}
