import type { MarketCode } from '#schema/market'
import type { Language } from './engine/wasm-modules.ts'
import type { DayOrder } from './fields/dates.ts'

/** What the receipts of a market look like before one was read. */
type MarketPrint = {
  /** The one of most print first; none leaves them to the script and words of the print. */
  readonly languages: readonly Language[]
  /** Where nobody named the market, dates of the paper tell. */
  readonly dayOrder?: DayOrder
}

/** Languages with a model; the script (Russian or English) is told by a look at the paper. */
const LANGUAGES: Partial<Record<MarketCode, readonly Language[]>> = {
  // Without a model of their own: German's gives the second opinion on figures that proof needs.
  al: ['deu'],
  hr: ['deu'],
  si: ['deu'],
  sk: ['deu'],
  ar: ['spa'],
  at: ['deu'],
  ba: ['srp'],
  br: ['por'],
  cl: ['spa'],
  de: ['deu'],
  es: ['spa'],
  fj: ['eng'],
  in: ['eng'],
  ke: ['eng'],
  kg: ['rus'],
  kz: ['rus', 'kaz'],
  me: ['srp'],
  mx: ['spa'],
  pt: ['por'],
  rs: ['srp'],
  ru: ['rus'],
  tz: ['eng'],
  ua: ['ukr', 'rus'],
  uz: ['rus'],
  ws: ['eng'],
}

/** Every market writes the day before the month. */
const DAY_ORDER: DayOrder = 'day_first'

/** How to read print that was sent in a market; null when it was sent in none. */
export function printOf(market: MarketCode | null): MarketPrint {
  if (market === null) return { languages: [] }
  return { languages: LANGUAGES[market] ?? [], dayOrder: DAY_ORDER }
}
