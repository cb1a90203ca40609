import { expect, test } from 'vitest'
import { SLOTS, slotOf } from './slot.ts'

test('a wallet keeps its slot for ever: these values are on disk', () => {
  expect(slotOf('')).toBe(0x811c9dc5 % SLOTS)
  expect(slotOf('a')).toBe(0xe40c292c % SLOTS)
  expect(slotOf('foobar')).toBe(0xbf9cf968 % SLOTS)
})

test('wallets spread evenly enough: no slot of 4,096 gets four times its share', () => {
  const counts = new Array<number>(SLOTS).fill(0)
  for (let index = 0; index < SLOTS * 16; index += 1) {
    const slot = slotOf(`wal_${index.toString(32).padStart(20, '0')}`)
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  expect(Math.max(...counts)).toBeLessThan(64)
})
