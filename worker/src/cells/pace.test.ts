import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

const START = 1_795_000_000_000
const WINDOW_MS = 15_000

describe('the pace of an offer', () => {
  it('is what the last fifteen seconds took, so that a lease lasts about as long', () => {
    const pace = new Pace()
    pace.spent('off_a', 300, START)
    pace.spent('off_a', 200, START + 5_000)
    expect(pace.want('off_a', START + 10_000)).toBe(500)
    expect(pace.want('off_a', START + WINDOW_MS)).toBe(500)
    pace.spent('off_a', 50, START + WINDOW_MS + 1)
    expect(pace.want('off_a', START + WINDOW_MS + 2)).toBe(500)
  })

  it('is forgotten after two windows without spending', () => {
    const pace = new Pace()
    pace.spent('off_a', 300, START)
    expect(pace.want('off_a', START + 2 * WINDOW_MS)).toBe(0)
  })

  it('of one offer says nothing about another', () => {
    const pace = new Pace()
    pace.spent('off_a', 300, START)
    expect(pace.want('off_b', START)).toBe(0)
    expect(pace.idle('off_b', START)).toBe(true)
  })

  it('is idle a window after the last spending, and after a restart', () => {
    const pace = new Pace()
    expect(pace.idle('off_a', START)).toBe(true)
    pace.spent('off_a', 1, START)
    expect(pace.idle('off_a', START + WINDOW_MS - 1)).toBe(false)
    expect(pace.idle('off_a', START + WINDOW_MS)).toBe(true)
  })

  it('never asks for more than was ever spent, and never for less than nothing', () => {
    const spending = fc.array(fc.tuple(fc.nat(20_000), fc.nat(10_000)), { maxLength: 60 })
    fc.assert(
      fc.property(spending, (steps) => {
        const pace = new Pace()
        let now = START
        let total = 0
        for (const [wait, amount] of steps) {
          now += wait
          total += amount
          pace.spent('off_a', amount, now)
          expect(pace.want('off_a', now)).toBeLessThanOrEqual(total)
          expect(pace.want('off_a', now)).toBeGreaterThanOrEqual(amount)
        }
      }),
    )
  })
})
