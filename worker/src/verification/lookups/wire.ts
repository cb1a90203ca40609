import { z } from 'zod'
import { isoInstant } from '#fiscal/moment'
import { AMOUNT_MINOR_MAX, minor } from '#schema/money'
import type { DocumentLine } from '#schema/receipt'
import { canonicalGtin, leadingGtin } from '../../matching/gtin.ts'
import { shown } from '../ffd-wire.ts'

/** Pieces of the shapes in which look-ups answer. All of it is hostile input. */

const CENTS_CHARS_MAX = 24
const MICRO = 1_000_000

export const ShownName = shown(200)
export const ShownPlace = shown(300)
/** Digits or letters that identify something; null when absent. */
export const Mark = z
  .union([z.string().max(80), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value).trim()))

/** An amount in units with a fraction, as minor units; more than two decimals are no amount. */
export const Units = z
  .union([z.number(), z.string().max(CENTS_CHARS_MAX)])
  .transform((value) => hundredths(Number(value)))
  .pipe(z.int().min(-AMOUNT_MINOR_MAX).max(AMOUNT_MINOR_MAX))

/** An amount in minor units already; some services write `29990.0`. */
export const Minor = z
  .union([z.number(), z.string().max(CENTS_CHARS_MAX)])
  .transform(Number)
  .pipe(z.int().min(-AMOUNT_MINOR_MAX).max(AMOUNT_MINOR_MAX))

function hundredths(units: number): number {
  const whole = Math.round(units * 100)
  return Math.abs(whole - units * 100) < 0.001 ? whole : Number.NaN
}

type Sold = {
  readonly name: string | null
  readonly quantityMicro: number
  /** Of one unit; null when the service gives the sum only. */
  readonly priceMinor: number | null
  readonly sumMinor: number
  readonly gtin?: string | null
}

/** A line of goods, or none for what is no sale: a discount, a correction, a returned bottle. */
export function soldLine({
  name,
  quantityMicro,
  priceMinor,
  sumMinor,
  gtin,
}: Sold): DocumentLine[] {
  if (sumMinor < 0 || quantityMicro <= 0) return []
  const price = priceMinor ?? Math.round((sumMinor * MICRO) / quantityMicro)
  if (price < 0 || price > AMOUNT_MINOR_MAX) return []
  return [
    {
      name: name ?? '',
      priceMinor: minor(price),
      quantityMicro,
      sumMinor: minor(sumMinor),
      gtin: canonicalGtin(gtin ?? '') ?? leadingGtin(name ?? ''),
      subject: null,
      payment: null,
      measure: null,
    },
  ]
}

/**
 * The wall clocks that an instant is at `hoursAhead` of UTC: `2026-09-17T11:56:23Z` is
 * `2026-09-17T17:56:23` six hours ahead.
 */
export function wallClocksOf(instant: string, hoursAhead: readonly number[]): string[] {
  const at = Date.parse(isoInstant(instant) ?? '')
  if (Number.isNaN(at)) return []
  return hoursAhead.map((hours) => new Date(at + hours * 3_600_000).toISOString().slice(0, 19))
}
