import { expect, it } from 'vitest'
import { paperIdentity, paperPurchase, shardKeyOf } from './paper-identity.ts'

const PURCHASE = { taxNumber: '7700000009', minute: '2026-11-21T18:42', totalMinor: 25_900 }

it('a paper’s identity says what it was made of, and no other identity does', () => {
  const identity = paperIdentity(PURCHASE)
  expect(identity).toBe('paper:7700000009:2026-11-21T18:42:25900')
  expect(paperPurchase(identity)).toEqual(PURCHASE)
  expect(paperPurchase('ru:9999078900000001:1:2')).toBeNull()
})

it('neighbours in time lie in one shard, fiscal identities where they always lay', () => {
  const key = (changes: Partial<typeof PURCHASE>) =>
    shardKeyOf(paperIdentity({ ...PURCHASE, ...changes }))
  expect(key({ minute: '2026-11-21T18:47' })).toBe(key({}))
  expect(key({ totalMinor: 1 })).not.toBe(key({}))
  expect(shardKeyOf('ru:9999078900000001:1:2')).toBe('ru:9999078900000001:1:2')
})
