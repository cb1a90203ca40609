import type { SnapshotStore } from '../offers/snapshot.ts'
import type { JudgingMarket } from './cell-context.ts'

/** Snapshots kept in memory by one object; those not used for longest give way. */
const MARKETS_MAX = 8

/** The offers and names of snapshots, loaded before a transaction and read inside it. */
export class MarketCache {
  readonly #store: SnapshotStore
  readonly #awaited: () => readonly number[]
  /** The one used last comes last. */
  readonly #loaded = new Map<number, JudgingMarket>()
  /** Callers of one version share one read: after a restart all waiting receipts ask at once. */
  readonly #loading = new Map<number, Promise<JudgingMarket>>()

  /**
   * `awaited` names the versions by which somebody still waits to be judged: an answer judges them
   * all in one transaction, so none of them gives way, however many they are.
   */
  constructor(store: SnapshotStore, awaited: () => readonly number[]) {
    this.#store = store
    this.#awaited = awaited
  }

  /** Throws when `load` was not awaited before: a transaction cannot wait. */
  loaded(version: number): JudgingMarket {
    const market = this.#loaded.get(version)
    if (!market) throw new Error(`snapshot ${version} is not in memory`)
    this.#keep(version, market)
    return market
  }

  async load(version: number): Promise<JudgingMarket> {
    const known = this.#loaded.get(version)
    if (known) return this.#keep(version, known)
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
    this.#makeRoom()
    return this.#keep(version, market)
  }

  #keep(version: number, market: JudgingMarket): JudgingMarket {
    this.#loaded.delete(version)
    this.#loaded.set(version, market)
    return market
  }

  #makeRoom(): void {
    if (this.#loaded.size < MARKETS_MAX) return
    const awaited = new Set(this.#awaited())
    for (const version of this.#loaded.keys()) {
      if (this.#loaded.size < MARKETS_MAX) return
      if (!awaited.has(version)) this.#loaded.delete(version)
    }
  }
}
