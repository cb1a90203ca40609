import { describe, expect, it } from 'vitest'
import { type OfferDay, OfferDay as OfferDaySchema } from '#schema/offer'
import { daysLeft, evenPaceMinor, paceShare, windowDays } from './runway.ts'

function day(rewardMinor: number, feeMinor = 0): OfferDay {
  return OfferDaySchema.parse({
    day: '2026-11-21',
    redemptions: 1,
    rewardMinor,
    feeMinor,
    refusals: 0,
    reservedMinor: 0,
  })
}

describe('how long the money lasts', () => {
  it('counts rewards and fees of the last seven days only', () => {
    const days = [day(1_000_000), ...Array.from({ length: 7 }, () => day(900, 100))]
    expect(daysLeft(10_500, days)).toBe(10)
  })

  it('is not claimed when nothing was spent', () => {
    expect(daysLeft(10_000, [day(0), day(0)])).toBeNull()
    expect(daysLeft(10_000, [])).toBeNull()
  })
})

describe('the even pace', () => {
  it('splits the budget over the days of the window', () => {
    expect(windowDays('2026-11-01T00:00', '2026-12-01T00:00')).toBe(30)
    expect(evenPaceMinor(300_000_00, '2026-11-01T00:00', '2026-12-01T00:00')).toBe(10_000_00)
  })

  it('says twice the plan when the half of the time spent the whole budget', () => {
    const share = paceShare(100, 100, '2026-11-01T00:00', '2026-11-11T00:00', '2026-11-06T00:00')
    expect(share).toBe(2)
  })

  it('is silent on the first day, when every figure would be noise', () => {
    expect(
      paceShare(100, 100, '2026-11-01T00:00', '2026-11-11T00:00', '2026-11-01T20:00'),
    ).toBeNull()
  })
})
