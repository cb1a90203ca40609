import type { MarketCode } from '#schema/market'
import {
  baseChanges,
  forgetCatalogue,
  hasCatalogue,
  type KeptBase,
  openCatalogue,
  writeCatalogue,
  writeChanges,
} from '../catalogue/published.r2.ts'
import type { Database } from '../members/database.ts'
import { emptySnapshot, type MarketSnapshot, type SnapshotStore } from './snapshot.ts'

/**
 * Snapshots in R2 as immutable objects, `ru/17.json`, beside the catalogue's versions
 * (`catalogue/published.r2.ts`); the numbers in force are a row in D1. What an object holds is our
 * own writing, so it is not parsed again.
 */
export function createSnapshotStore(
  bucket: R2Bucket,
  db: Database,
  market: MarketCode,
  now: () => number = Date.now,
): SnapshotStore {
  const kept: KeptBase = { base: null }
  const snapshotKey = (version: number) => `${market}/${version}.json`
  return {
    put: (snapshot) => putOnce(bucket, snapshotKey(snapshot.version), snapshot),
    putProducts: (version, source) => writeCatalogue(bucket, market, version, source, now()),
    putProductChanges: (version, changes) => writeChanges(bucket, market, version, changes),
    changesOfBase: (version) => baseChanges(bucket, market, version),
    hasProducts: (version) => hasCatalogue(bucket, market, version),
    getProducts: (version) => openCatalogue(bucket, market, version, kept),
    forgetProducts: (version) => forgetCatalogue(bucket, market, version),
    async get(version) {
      if (version === 0) return emptySnapshot(market)
      const object = await bucket.get(snapshotKey(version))
      return object === null ? null : await object.json<MarketSnapshot>()
    },
    async current() {
      const row = await db
        .prepare('SELECT version, products_version AS productsVersion FROM markets WHERE code = ?')
        .bind(market)
        .first<{ version: number; productsVersion: number }>()
      return row ?? { version: 0, productsVersion: 0 }
    },
  }
}

/** Writes an object unless there is one under that key; answers whether it did. */
async function putOnce(bucket: R2Bucket, key: string, value: unknown): Promise<boolean> {
  const written = await bucket.put(key, JSON.stringify(value), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: 'application/json' },
  })
  return written !== null
}
