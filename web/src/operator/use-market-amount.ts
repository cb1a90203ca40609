import { useLocale } from 'use-intl'
import type { MarketCode } from '#schema/market'
import { formatAmount, formatDecimal } from '../format.ts'
import { HOME } from '../market.ts'
import { useMarkets } from '../use-markets.ts'

/** Rows of one table may be of several markets: each amount in its own market's currency. */
export function useMarketAmount() {
  const locale = useLocale()
  const markets = useMarkets()
  return function amountIn(code: MarketCode, minor: number): string {
    const market = code === HOME.code ? HOME : markets?.find((one) => one.code === code)
    // Better no sign than a wrong one, for the moment until the markets are known.
    return market
      ? formatAmount(minor, locale, false, market.currency)
      : formatDecimal(minor, locale)
  }
}

/** The market of an object of money: it stands in front of the name, `at.cell-0`. */
export function marketOfObject(name: string): MarketCode {
  return (/^([a-z]{2})\./.exec(name)?.[1] ?? HOME.code) as MarketCode
}
