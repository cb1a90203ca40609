import { type CurrencyCode, currencySign, minorDigits } from '#schema/currency'
import { minor } from '#schema/money'
import { addDays, dayOf, isWallMinute } from '../wall.ts'

/** Numbers, sums and dates as the generated texts print them: blanks inside never break. */

export const NBSP = '\u00a0'

/** What differs between the languages in printing a number. */
export type NumberStyle = { decimal: string; group: string; percent: string }

/** `20 ₽`, `1 284,50 ₽`: minor units only when there are some. */
export function amount(amountMinor: number, currency: CurrencyCode, style: NumberStyle): string {
  const digits = minorDigits(currency)
  const whole = Math.trunc(minor(amountMinor) / 10 ** digits).toString()
  const rest = amountMinor % 10 ** digits
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.group)
  const fraction = rest === 0 ? '' : `${style.decimal}${rest.toString().padStart(digits, '0')}`
  return `${grouped}${fraction}${NBSP}${currencySign(currency)}`
}

/** Basis points as a percentage: 1250 → `12,5 %`. */
export function percent(rateBps: number, style: NumberStyle): string {
  const whole = Math.trunc(rateBps / 100)
  const fraction = (rateBps % 100).toString().padStart(2, '0').replace(/0+$/, '')
  return `${whole}${fraction ? style.decimal + fraction : ''}${style.percent}`
}

/** The moment at which a window ends, as people say it: a midnight is the end of the day before. */
export type Moment =
  | { code: 'day'; day: string }
  | { code: 'minute'; day: string; time: string }
  /** Not a date of the calendar: a draft may hold anything. */
  | { code: 'unreadable'; text: string }

export function momentOf(wallMinute: string, side: 'start' | 'end'): Moment {
  if (!isWallMinute(wallMinute)) return { code: 'unreadable', text: wallMinute }
  const day = dayOf(wallMinute)
  const time = wallMinute.slice(11)
  if (time !== '00:00') return { code: 'minute', day, time }
  return { code: 'day', day: side === 'start' ? day : addDays(day, -1) }
}

/** `2026-11-30` → day 30, month index 10, year 2026. */
export function partsOf(day: string): { day: number; month: number; year: number } {
  const [year, month, date] = day.split('-').map(Number)
  return { day: date ?? 0, month: (month ?? 1) - 1, year: year ?? 0 }
}
