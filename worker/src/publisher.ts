import { WorkerEntrypoint } from 'cloudflare:workers'
import type { MarketCode } from '#schema/market'
import type { Env } from './env.ts'
import { publishInTurn } from './offers/publish-snapshot.ts'
import { createSnapshotStore } from './offers/snapshot.r2.ts'

/**
 * The Worker that publishes what the clock finds changed (`publisher/wrangler.toml`): another
 * script than the network's, so that the platform never runs both in one isolate. Only the
 * network's Worker reaches it.
 */
export default class Publisher extends WorkerEntrypoint<Pick<Env, 'DB' | 'SNAPSHOTS'>> {
  /** The version in force then; null while a publication is under way already. */
  publish(market: MarketCode): Promise<number | null> {
    const { DB, SNAPSHOTS } = this.env
    const snapshots = (of: MarketCode) => createSnapshotStore(SNAPSHOTS, DB, of)
    return publishInTurn({ db: DB, snapshots, now: Date.now }, market, crypto.randomUUID())
  }
}
