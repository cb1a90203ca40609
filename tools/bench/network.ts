import { migrate, type Network, startNetwork } from '../local/network.ts'
import { ensurePages } from '../local/pages.ts'
import type { Place } from '../local/place.ts'
import { grantFirstOperators } from '../seed/operators.ts'
import { seed } from '../seed/seed.ts'

/** A network of its own for load: seeded state under `folder`, ports beside those of `npm start`. */
export async function startBenchNetwork(folder: string): Promise<Network> {
  const place: Place = { folder, port: 8897, sandboxPort: 8898 }
  const quiet = () => {}
  await ensurePages(quiet)
  await migrate(place)
  await grantFirstOperators(place, new Date().toISOString())
  const network = await startNetwork(place)
  try {
    await seed(network, Date.now(), quiet)
  } catch (error) {
    await network.stop()
    throw error
  }
  return network
}
