import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AMOUNT_MINOR_MAX,
  allocate,
  formatMinor,
  minor,
  parseMinor,
  percentFloor,
  percentRounded,
  sumMinor,
} from './money.ts'

const amount = fc.integer({ min: 0, max: AMOUNT_MINOR_MAX })
const rate = fc.integer({ min: 0, max: 10_000 })
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 })
  .filter((parts) => parts.some((part) => part > 0))

describe('a split', () => {
  it('adds up to its total, whatever the weights', () => {
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        expect(sumMinor(allocate(total, parts))).toBe(total)
      }),
    )
  })

  it('gives nobody a whole kopeck more or less than its share', () => {
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        const sum = parts.reduce((all, part) => all + BigInt(part), 0n)
        for (const [index, given] of allocate(total, parts).entries()) {
          const share = BigInt(total) * BigInt(parts[index] ?? 0)
          const distance = BigInt(given) * sum - share
          expect(distance < sum && distance > -sum).toBe(true)
        }
      }),
    )
  })

  it('gives nothing to whoever weighs nothing', () => {
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        const [last] = allocate(total, [...parts, 0]).slice(-1)
        expect(last).toBe(0)
      }),
    )
  })

  it('hands the odd kopeck to the largest remainder, and to the earlier part of two equal', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(10, [1, 2])).toEqual([3, 7])
  })

  it('refuses weights that are all zero', () => {
    expect(() => allocate(100, [0, 0])).toThrow(RangeError)
  })
})

describe('a percentage', () => {
  it('is rounded down for a reward: never more than the rate promises', () => {
    fc.assert(
      fc.property(amount, rate, (base, bps) => {
        const exact = BigInt(base) * BigInt(bps)
        const given = BigInt(percentFloor(base, bps)) * 10_000n
        expect(given <= exact && exact - given < 10_000n).toBe(true)
      }),
    )
  })

  it('is rounded half up for a fee', () => {
    expect(percentRounded(50, 100)).toBe(1)
    expect(percentRounded(49, 100)).toBe(0)
    fc.assert(
      fc.property(amount, rate, (base, bps) => {
        const off = BigInt(percentRounded(base, bps)) * 10_000n - BigInt(base) * BigInt(bps)
        expect(off <= 5_000n && off > -5_000n).toBe(true)
      }),
    )
  })
})

describe('an amount', () => {
  it('is a safe integer or an error, never a fraction', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => minor(wrong)).toThrow(RangeError)
    }
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
  })

  it('reads back what it prints, in both languages', () => {
    const typed = fc.integer({ min: 0, max: 99_999_999_999_999 })
    fc.assert(
      fc.property(typed, (value) => {
        expect(parseMinor(formatMinor(value, 'ru'))).toBe(value)
        expect(parseMinor(formatMinor(value, 'en').replaceAll(',', ''))).toBe(value)
      }),
    )
  })

  it('is not made out of something else', () => {
    for (const text of ['', '-1', '1,234,50', '12 345 678 901 234', '1.005', 'сто']) {
      expect(parseMinor(text)).toBeNull()
    }
  })
})
