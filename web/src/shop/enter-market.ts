import type { MarketCode, MarketView } from '#schema/market'
import { api } from '../api.ts'
import { chooseMarket, chosenMarket, HOME } from '../market.ts'

/** Goes to a market by its code; false when it is not open or cannot be asked about now. */
export async function enterMarket(code: MarketCode): Promise<boolean> {
  try {
    const { items } = await api.get<{ items: MarketView[] }>('/markets')
    const found = items.find((one) => one.code === code)
    if (found) chooseMarket(found)
    return found !== undefined
  } catch {
    return false
  }
}

/** Somebody who has not chosen sees the market that their phone belongs to. */
export async function followPhone(code: MarketCode | null): Promise<void> {
  if (chosenMarket() === null && code !== null && code !== HOME.code) await enterMarket(code)
}
