import { useLocale } from 'use-intl'
import { unitsOf } from '#schema/currency'
import type { MarketCode } from '#schema/market'
import { formatAmount, formatDecimal, formatInstant } from '../format.ts'
import { HOME } from '../market.ts'
import { useMarkets } from '../use-markets.ts'

/** The market of a code; undefined for the moment until the markets are known. */
function useMarketOf() {
  const markets = useMarkets()
  return (code: MarketCode) =>
    code === HOME.code ? HOME : markets?.find((one) => one.code === code)
}

/** Rows of one table may be of several markets: each amount in its own market's currency. */
export function useMarketAmount() {
  const locale = useLocale()
  const marketOf = useMarketOf()
  return function amountIn(code: MarketCode, minor: number): string {
    const market = marketOf(code)
    // Better no sign than a wrong one, for the moment until the markets are known.
    return market
      ? formatAmount(minor, locale, false, market.currency)
      : formatDecimal(minor, locale)
  }
}

/** A moment by the clock of the row's own market, as its page shows it. */
export function useMarketInstant() {
  const locale = useLocale()
  const marketOf = useMarketOf()
  return (code: MarketCode, iso: string): string =>
    formatInstant(iso, locale, (marketOf(code) ?? HOME).timeZone)
}

/** Its amount for a spreadsheet: whole units of the row's own currency. */
export function useMarketUnits() {
  const marketOf = useMarketOf()
  return (code: MarketCode, minor: number): number =>
    unitsOf((marketOf(code) ?? HOME).currency, minor)
}

/** The market of an object of money: it stands in front of the name, `at.cell-0`. */
export function marketOfObject(name: string): MarketCode {
  return (/^([a-z]{2})\./.exec(name)?.[1] ?? HOME.code) as MarketCode
}
