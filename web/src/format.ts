import { type CurrencyCode, currencySign, minorDigits } from '#schema/currency'
import type { WebLocale } from './i18n/locale.ts'

const NBSP = '\u00a0'

/**
 * `128450` → `1 284,50 ₽` (ru) or `1,284.50 ₽` (en), with spaces that never break. The same result
 * as
 * `formatMinor` of the schema, which the pages cannot import without shipping zod.
 */
export function formatAmount(
  amountMinor: number,
  locale: WebLocale,
  signed = false,
  currency: CurrencyCode = 'RUB',
): string {
  const sign = amountMinor < 0 ? '−' : signed && amountMinor > 0 ? '+' : ''
  const decimal = formatDecimal(Math.abs(amountMinor), locale, currency)
  return `${sign}${decimal}${NBSP}${currencySign(currency)}`
}

/** The amount without the currency sign, for the right-aligned columns of a receipt. */
export function formatDecimal(
  amountMinor: number,
  locale: WebLocale,
  currency: CurrencyCode = 'RUB',
): string {
  const digits = minorDigits(currency)
  const unit = 10 ** digits
  const whole = Math.trunc(amountMinor / unit).toString()
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'ru' ? NBSP : ',')
  if (digits === 0) return grouped
  const rest = (Math.abs(amountMinor) % unit).toString().padStart(digits, '0')
  return `${grouped}${locale === 'ru' ? ',' : '.'}${rest}`
}

/** `1,284.50`: where a dot follows, commas can only part the thousands. */
const GROUPED = /^\d{1,3}(,\d{3})+\.\d{1,2}$/

/** Reads what a person typed: `1 284,5`, `1284.50`, `12 ₽` → minor units; null for no amount. */
export function parseAmount(text: string, currency: CurrencyCode = 'RUB'): number | null {
  const bare = text.replace(/[\s\u00a0]/g, '').replace(currencySign(currency), '')
  const digits = minorDigits(currency)
  const isGrouped = GROUPED.test(digits === 0 ? `${bare}.0` : bare)
  const plain = isGrouped ? bare.replaceAll(',', '') : bare.replace(',', '.')
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain)
  if (!match) return null
  if (digits === 0) return match[2] ? null : Number(match[1])
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** Basis points as a percentage: `1500` → `15 %` (ru) or `15%` (en). */
export function formatRate(rateBps: number, locale: WebLocale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    rateBps / 10_000,
  )
}

/** A whole or fractional number with the language's separators. */
export function formatNumber(value: number, locale: WebLocale, fractionDigits = 3): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: fractionDigits }).format(value)
}

const SHAPES = {
  day: { day: 'numeric', month: 'long' },
  dayYear: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  },
  time: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type DateShape = keyof typeof SHAPES

/** An instant (`…Z`) in the market's zone: dates are those of the shop, not of the phone. */
export function formatInstant(
  iso: string,
  locale: WebLocale,
  timeZone: string,
  shape: DateShape = 'moment',
): string {
  return format(new Date(iso), locale, shape, timeZone)
}

/**
 * The wall-clock time printed on a receipt (`YYYY-MM-DDTHH:MM`), which has no zone and gets none.
 */
export function formatWallClock(
  local: string,
  locale: WebLocale,
  shape: DateShape = 'moment',
): string {
  return format(new Date(`${local.slice(0, 16)}:00Z`), locale, shape, 'UTC')
}

/** A date without time (`YYYY-MM-DD`). */
export function formatDate(date: string, locale: WebLocale, shape: DateShape = 'day'): string {
  return format(new Date(`${date.slice(0, 10)}T00:00:00Z`), locale, shape, 'UTC')
}

function format(date: Date, locale: WebLocale, shape: DateShape, timeZone: string): string {
  if (Number.isNaN(date.getTime())) return '—'
  const tag = locale === 'ru' ? 'ru-RU' : 'en-GB'
  const parts = new Intl.DateTimeFormat(tag, { ...SHAPES[shape], timeZone }).formatToParts(date)
  return parts
    .map(({ type, value }) => (type === 'month' ? shortMonth(value) : value.replace(/\sг\./, '')))
    .join('')
    .replaceAll(' ', NBSP)
}

/** `нояб.` → `ноя`, as people write it; full names stay. */
function shortMonth(name: string): string {
  return name.endsWith('.') ? name.slice(0, 3) : name
}
