import type { SnapshotStore } from '../offers/snapshot.ts'
import type { JudgingMarket } from './cell-context.ts'

/** Snapshots kept in memory by one object; the oldest give way. */
const MARKETS_MAX = 8

/** The offers and names of snapshots, loaded before a transaction and read inside it. */
export class MarketCache {
  readonly #store: SnapshotStore
  readonly #loaded = new Map<number, JudgingMarket>()
  /** Callers of one version share one read: after a restart all waiting receipts ask at once. */
  readonly #loading = new Map<number, Promise<JudgingMarket>>()

  constructor(store: SnapshotStore) {
    this.#store = store
  }

  /** Throws when `load` was not awaited before: a transaction cannot wait. */
  loaded(version: number): JudgingMarket {
    const market = this.#loaded.get(version)
    if (!market) throw new Error(`snapshot ${version} is not in memory`)
    return market
  }

  async load(version: number): Promise<JudgingMarket> {
    const known = this.#loaded.get(version)
    if (known) return known
    const shared = this.#loading.get(version) ?? this.#read(version)
    this.#loading.set(version, shared)
    return shared.finally(() => this.#loading.delete(version))
  }

  async #read(version: number): Promise<JudgingMarket> {
    const snapshot = await this.#store.get(version)
    if (!snapshot) throw new Error(`snapshot ${version} does not exist`)
    const market: JudgingMarket = {
      offers: snapshot.offers,
      names: {
        products: new Map(snapshot.targetProducts.map(({ id, name }) => [id, name])),
        retailers: new Map(snapshot.retailers.map(({ id, name }) => [id, name])),
      },
    }
    const oldest = this.#loaded.keys().next().value
    if (this.#loaded.size >= MARKETS_MAX && oldest !== undefined) this.#loaded.delete(oldest)
    this.#loaded.set(version, market)
    return market
  }
}
