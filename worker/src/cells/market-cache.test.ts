import { describe, expect, it } from 'vitest'
import { emptySnapshot, type SnapshotStore } from '../offers/snapshot.ts'
import { MarketCache } from './market-cache.ts'

const VERSIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** A cache over snapshots without end, and the versions that it has read, in order. */
function cacheOf(awaited: readonly number[] = []) {
  const read: number[] = []
  const store: SnapshotStore = {
    put: async () => false,
    get: async (version) => {
      read.push(version)
      return { ...emptySnapshot('ru'), version }
    },
    putProducts: async () => false,
    hasProducts: async () => false,
    putProductChanges: async () => false,
    changesOfBase: async () => null,
    getProducts: async () => null,
    forgetProducts: async () => {},
    current: async () => ({ version: 0, productsVersion: 0 }),
  }
  return { cache: new MarketCache(store, () => awaited), read }
}

describe('snapshots in memory', () => {
  it('are all there when receipts of nine versions wait for one answer', async () => {
    const { cache } = cacheOf(VERSIONS)
    await Promise.all(VERSIONS.map((version) => cache.load(version)))
    for (const version of VERSIONS) expect(() => cache.loaded(version)).not.toThrow()
    // Others come and go meanwhile.
    await cache.load(20)
    await cache.load(21)
    for (const version of VERSIONS) expect(() => cache.loaded(version)).not.toThrow()
  })

  it('are eight otherwise, and the one used last is not the one that goes', async () => {
    const { cache, read } = cacheOf()
    for (const version of VERSIONS.slice(0, 8)) await cache.load(version)
    cache.loaded(1)
    await cache.load(2)
    await cache.load(9)
    expect(read).toEqual(VERSIONS)
    expect(() => cache.loaded(3)).toThrow('not in memory')
    for (const version of [1, 2, 9]) expect(() => cache.loaded(version)).not.toThrow()
  })

  it('are read once by many who ask at once', async () => {
    const { cache, read } = cacheOf()
    await Promise.all([cache.load(1), cache.load(1), cache.load(1)])
    expect(read).toEqual([1])
  })
})
