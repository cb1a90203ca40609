import { HOME_MARKET, MarketCode } from '#schema/market'

/**
 * Every object that holds money belongs to one market, and its name says which: those of the home
 * market bear their bare name, all others the market's code in front, `at.cell-0`. So no object can
 * ever hold two currencies.
 */
export function inMarket(market: MarketCode, name: string): string {
  return market === HOME_MARKET ? name : `${market}.${name}`
}

/** The market of an object and the name that it bears there. */
export function marketOf(objectName: string): { market: MarketCode; name: string } {
  const [, code, name] = /^([a-z]{2})\.(.+)$/.exec(objectName) ?? []
  const market = MarketCode.safeParse(code)
  if (!market.success || name === undefined) return { market: HOME_MARKET, name: objectName }
  return { market: market.data, name }
}
