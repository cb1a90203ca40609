import { useLocale } from 'use-intl'
import { currencySign, unitsOf } from '#schema/currency'
import {
  type DateShape,
  formatAmount,
  formatDate,
  formatDecimal,
  formatInstant,
  formatNumber,
  formatRate,
  formatWallClock,
  parseAmount,
} from '../format.ts'
import { type MarketHere, useMarket } from '../market.ts'

/** The formatters of `format.ts`, bound to the language and the market on the screen. */
export function useFormat(of?: MarketHere) {
  const locale = useLocale()
  const here = useMarket()
  const { currency, timeZone } = of ?? here
  return {
    locale,
    /** Of the currency: `₽`, `€`. */
    sign: currencySign(currency),
    amount: (minor: number, signed = false) => formatAmount(minor, locale, signed, currency),
    decimal: (minor: number) => formatDecimal(minor, locale, currency),
    /** For a spreadsheet. */
    units: (minor: number) => unitsOf(currency, minor),
    /** Reads an amount that a person typed; null when it is none. */
    typed: (text: string) => parseAmount(text, currency),
    rate: (rateBps: number) => formatRate(rateBps, locale),
    number: (value: number, digits?: number) => formatNumber(value, locale, digits),
    instant: (iso: string, shape?: DateShape) => formatInstant(iso, locale, timeZone, shape),
    wallClock: (local: string, shape?: DateShape) => formatWallClock(local, locale, shape),
    date: (date: string, shape?: DateShape) => formatDate(date, locale, shape),
  }
}
