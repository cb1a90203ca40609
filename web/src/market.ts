import { createContext, useContext, useMemo } from 'react'
import type { CurrencyCode } from '#schema/currency'
import type { MarketCode, MarketView } from '#schema/market'
import { askAbout, MARKET_KEY } from './api.ts'
import { storedText } from './stored.ts'

/** A market as amounts and dates need it. */
export type MarketHere = Pick<MarketView, 'code' | 'currency' | 'timeZone'>

/** Where everybody is until they choose, and until `/v1/markets` has told more. */
export const HOME: MarketHere = { code: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow' }

const TEXT = /^[a-z]{2} [A-Z]{3} [\w/+-]+$/

/** The shopper's market in one text, `at EUR Europe/Vienna`; empty until somebody has chosen. */
const chosen = storedText(MARKET_KEY, (text) => TEXT.test(text))

function parsed(text: string): MarketHere {
  const [code, currency, timeZone] = text.split(' ')
  if (!code || !currency || !timeZone) return HOME
  return { code: code as MarketCode, currency: currency as CurrencyCode, timeZone }
}

/** The chosen market's code; null until somebody has chosen: then the server goes by the phone. */
export function chosenMarket(): MarketCode | null {
  return chosen.get() === '' ? null : parsed(chosen.get()).code
}

export function chooseMarket({ code, currency, timeZone }: MarketHere) {
  chosen.set(`${code} ${currency} ${timeZone}`)
  askAbout(code)
}

askAbout(chosenMarket())

/** On pages that speak of somebody's market and not of the shopper's choice, such as a partner's. */
export const MarketContext = createContext<MarketHere | null>(null)

/** The market whose currency and zone the page shows. */
export function useMarket(): MarketHere {
  const given = useContext(MarketContext)
  const text = chosen.use()
  return useMemo(() => given ?? parsed(text), [given, text])
}

/** `at` → `Австрия`; the browser knows the countries. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code
}
