import { z } from 'zod'
import { CURRENCIES, type CurrencyCode, currencySign, minorDigits } from './currency.ts'

/**
 * Money as integers in minor units (kopecks), rates as basis points. Nothing here is a float:
 * a product of two safe integers that leaves the safe range throws instead of rounding.
 */

export const Currency = z.enum(CURRENCIES)

/** The largest total a fiscal drive can record: 2^48 − 1 kopecks (FFD, tag 1020). */
export const AMOUNT_MINOR_MAX = 281_474_976_710_655

/** An amount on the wire: an integer in minor units. */
export const Amount = z.number().int().min(0).max(AMOUNT_MINOR_MAX).brand<'Minor'>()
export type AmountMinor = z.output<typeof Amount>

/** An amount that may be owed either way: the change a posting made. */
export const SignedAmount = z
  .number()
  .int()
  .min(-AMOUNT_MINOR_MAX)
  .max(AMOUNT_MINOR_MAX)
  .brand<'Minor'>()

/** Basis points: 1 % = 100. */
export const RateBps = z.number().int().min(0).max(10_000)

/** Brands an integer as an amount. Throws on fractions and on values outside the safe range. */
export function minor(value: number): AmountMinor {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an amount in minor units: ${value}`)
  return value as AmountMinor
}

export const ZERO: AmountMinor = minor(0)

/** The sum of amounts; throws when it leaves the safe range. */
export function sumMinor(amounts: Iterable<number>): AmountMinor {
  let total = 0
  for (const amount of amounts) total = minor(total + amount)
  return minor(total)
}

/**
 * `rateBps` of `amountMinor`, rounded down: the shopper is never promised a kopeck that is not
 * there.
 */
export function percentFloor(amountMinor: number, rateBps: number): AmountMinor {
  const product = BigInt(minor(amountMinor)) * BigInt(rateBps)
  return minor(Number(product / 10_000n))
}

/** `rateBps` of `amountMinor`, rounded half up: used for the network's fee (decision 0005). */
export function percentRounded(amountMinor: number, rateBps: number): AmountMinor {
  const product = BigInt(minor(amountMinor)) * BigInt(rateBps)
  return minor(Number((product + 5_000n) / 10_000n))
}

/**
 * Splits `totalMinor` in proportion to `weights` by the largest remainder; ties go to the earlier
 * part. The parts always add up to the total. Weights are non-negative integers, not all zero.
 */
export function allocate(totalMinor: number, weights: readonly number[]): AmountMinor[] {
  const weightSum = BigInt(sumMinor(weights))
  if (weightSum <= 0n) throw new RangeError('weights must not all be zero')
  const total = BigInt(minor(totalMinor))
  const parts = weights.map((weight, index) => {
    const share = total * BigInt(weight)
    return { index, floor: share / weightSum, remainder: share % weightSum }
  })
  let left = total - parts.reduce((sum, part) => sum + part.floor, 0n)
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
  )
  for (const part of byRemainder) {
    if (left === 0n) break
    part.floor += 1n
    left -= 1n
  }
  return parts.map((part) => minor(Number(part.floor)))
}

const NBSP = '\u00a0'

/** `128450` → `1 284,50 ₽` (ru), `1,284.50 ₽` (en); spaces never break. */
export function formatMinor(
  amountMinor: number,
  locale: 'ru' | 'en',
  currency: CurrencyCode = 'RUB',
): string {
  const sign = amountMinor < 0 ? '−' : ''
  const absolute = Math.abs(minor(amountMinor))
  const digits = minorDigits(currency)
  const whole = Math.trunc(absolute / 10 ** digits).toString()
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'ru' ? NBSP : ',')
  const rest = (absolute % 10 ** digits).toString().padStart(digits, '0')
  const fraction = digits === 0 ? '' : `${locale === 'ru' ? ',' : '.'}${rest}`
  return `${sign}${grouped}${fraction}${NBSP}${currencySign(currency)}`
}

const GROUPED = /^\d{1,3}(,\d{3})+\.\d{1,2}$/

/**
 * Reads what a person typed: `1 284,5`, `1284.50`, `12 ₽` → kopecks; null when it is not an amount.
 */
export function parseMinor(text: string): AmountMinor | null {
  const bare = text.replace(/[\s\u00a0₽]/g, '')
  // `1,284.50`: where a dot follows, commas can only part the thousands.
  const compact = GROUPED.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.')
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(compact)
  if (!match) return null
  return minor(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0') || 0))
}
