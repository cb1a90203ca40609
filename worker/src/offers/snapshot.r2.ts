import type { MarketCode } from '#schema/market'
import type { Database } from '../members/database.ts'
import {
  emptySnapshot,
  type MarketSnapshot,
  type ProductsSnapshot,
  type SnapshotStore,
} from './snapshot.ts'

/** The market of this network's first country. */
const MARKET: MarketCode = 'ru'

const snapshotKey = (version: number) => `${MARKET}/snapshot/${version}.json`
const productsKey = (version: number) => `${MARKET}/products/${version}.json`

/** Only absent objects may be written: a version never changes. */
const IF_ABSENT = { onlyIf: { etagDoesNotMatch: '*' } }

/** Snapshots as immutable R2 objects; which of them is in force stands in D1. */
export function createSnapshotStore(bucket: R2Bucket, db: Database): SnapshotStore {
  async function put(key: string, value: unknown): Promise<boolean> {
    return (await bucket.put(key, JSON.stringify(value), IF_ABSENT)) !== null
  }

  async function read<Value>(key: string): Promise<Value | null> {
    const object = await bucket.get(key)
    // Written by `put` from a typed value in this very store; not outside input.
    return object === null ? null : await object.json<Value>()
  }

  return {
    put: (snapshot) => put(snapshotKey(snapshot.version), snapshot),
    get: async (version) =>
      version === 0 ? emptySnapshot(MARKET) : await read<MarketSnapshot>(snapshotKey(version)),
    putProducts: (products) => put(productsKey(products.version), products),
    getProducts: async (version) =>
      version === 0
        ? { version: 0, products: [], aliases: [] }
        : await read<ProductsSnapshot>(productsKey(version)),
    async current() {
      const row = await db
        .prepare('SELECT version, products_version AS productsVersion FROM markets WHERE code = ?')
        .bind(MARKET)
        .first<{ version: number; productsVersion: number }>()
      if (!row) throw new Error(`market ${MARKET} is not set up`)
      return row
    },
  }
}
