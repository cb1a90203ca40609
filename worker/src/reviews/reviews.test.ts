import { describe, expect, it } from 'vitest'
import { minor } from '#schema/money'
import { opensImage, signedImageLink } from './image-link.ts'
import { looksSame, paperFingerprint, paperOf, sellerKey } from './paper.ts'
import { precisionOf, wilson } from './precision.ts'

describe('paper of one minute and total', () => {
  const shop = { walletId: 'wal_1', taxNumber: '7700000009', retailerId: '', storeId: 'sto_a' }

  it('is one purchase for sellers that agree in anything or cannot be told apart', () => {
    expect(looksSame(shop, { ...shop, walletId: 'wal_2' })).toBe(true)
    expect(looksSame(shop, { ...shop, taxNumber: '7700000016' })).toBe(false)
    const named = { ...shop, taxNumber: '', retailerId: 'prt_a' }
    expect(looksSame(shop, named)).toBe(true)
    expect(looksSame({ ...shop, retailerId: 'prt_b' }, named)).toBe(false)
    expect(looksSame({ ...shop, taxNumber: '1', retailerId: 'prt_a' }, named)).toBe(true)
  })

  it('is told apart by the store between wallets, never within one', () => {
    const elsewhere = { ...shop, storeId: 'sto_b' }
    expect(looksSame(shop, { ...elsewhere, walletId: 'wal_2' })).toBe(false)
    expect(looksSame(shop, elsewhere)).toBe(true)
  })

  it('has an identity that says its minute and total again', () => {
    const scan = { time: '2026-11-21T18:42', totalMinor: minor(9_900), kind: 1 as const }
    const fingerprint = paperFingerprint({ ...scan, seller: sellerKey(shop) })
    expect(fingerprint).toBe('reviewed:7700000009:2026-11-21T18:42:9900')
    expect(paperOf(fingerprint)).toEqual({ time: scan.time, totalMinor: 9_900 })
    expect(paperOf('ru:9999078900000001:1:1')).toBeNull()
  })
})

describe('a link to a picture', () => {
  const NOW = Date.parse('2026-11-21T12:00:00Z')
  const parts = (url: string) => {
    const query = new URL(url, 'https://kopilka.test').searchParams
    return { until: Number(query.get('until')), signature: query.get('signature') ?? '' }
  }

  it('opens that picture to that reviewer for five minutes', async () => {
    const { url } = await signedImageLink('secret', 'rev_a', 'usr_a', NOW)
    const link = { ...parts(url), reviewId: 'rev_a', reviewerId: 'usr_a' }
    const opens = (changes: object, now = NOW) => opensImage('secret', { ...link, ...changes }, now)
    expect(await opens({}, NOW + 299_999)).toBe(true)
    expect(await opens({}, NOW + 300_000)).toBe(false)
    expect(await opens({ reviewerId: 'usr_b' })).toBe(false)
    expect(await opens({ reviewId: 'rev_b' })).toBe(false)
    expect(await opens({ until: link.until - 1 })).toBe(false)
    // Signed by us or not: no link lives longer.
    expect(await opens({ until: NOW + 300_001 })).toBe(false)
  })
})

describe('precision', () => {
  it('has the bounds of Wilson', () => {
    const { from, to } = wilson(9, 10)
    expect([from.toFixed(3), to.toFixed(3)]).toEqual(['0.596', '0.982'])
    expect(wilson(0, 0)).toEqual({ from: 0, to: 1 })
    expect(wilson(5, 5).to).toBe(1)
  })

  it('is said of all marks together first, then of the fields that were marked', () => {
    const counts = [
      { field: 'total', right: 9, marked: 10 },
      { field: 'date', right: 1, marked: 2 },
    ]
    expect(precisionOf(counts).map(({ field, right, marked }) => [field, right, marked])).toEqual([
      ['all', 10, 12],
      ['date', 1, 2],
      ['total', 9, 10],
    ])
  })
})
