import { expect, it } from 'vitest'
import { marketWallNow, midnightAfter } from './market-wall.ts'

it('an offer begins by the clock of its zone, not of the browser', () => {
  expect(marketWallNow(Date.parse('2026-11-30T21:00:00Z'), 'Europe/Moscow')).toBe(
    '2026-12-01T00:00',
  )
})

it('a new offer is proposed from a midnight, over the ends of months', () => {
  expect(midnightAfter('2026-11-30T18:42', 1)).toBe('2026-12-01T00:00')
  expect(midnightAfter('2026-12-01T00:00', 28)).toBe('2026-12-29T00:00')
})
