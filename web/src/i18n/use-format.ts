import { useLocale } from 'use-intl'
import {
  type DateShape,
  formatAmount,
  formatDate,
  formatDecimal,
  formatInstant,
  formatNumber,
  formatRate,
  formatWallClock,
} from '../format.ts'

/** The formatters of `format.ts`, bound to the language on the screen. */
export function useFormat() {
  const locale = useLocale()
  return {
    locale,
    amount: (minor: number, signed = false) => formatAmount(minor, locale, signed),
    decimal: (minor: number) => formatDecimal(minor, locale),
    rate: (rateBps: number) => formatRate(rateBps, locale),
    number: (value: number, digits?: number) => formatNumber(value, locale, digits),
    instant: (iso: string, shape?: DateShape) => formatInstant(iso, locale, shape),
    wallClock: (local: string, shape?: DateShape) => formatWallClock(local, locale, shape),
    date: (date: string, shape?: DateShape) => formatDate(date, locale, shape),
  }
}
