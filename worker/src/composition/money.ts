import type { MarketCode } from '#schema/market'
import { bookOf, budgetOf } from '../cells/route-of.ts'
import type { Env } from '../env.ts'
import { marketOfOffer, marketOfPartner } from '../partners/market.d1.ts'
import type { OfferBudget, PartnerMoney } from '../partners/money.ts'

/** Partners' books and offers' budgets as the control plane reaches them: objects by name. */
export function partnerMoney(env: Env): PartnerMoney {
  const marketOf = remembered((partnerId) => marketOfPartner(env.DB, partnerId))
  const book = async (partnerId: string) => bookOf(env, await marketOf(partnerId), partnerId)
  return {
    balance: async (partnerId) => (await book(partnerId)).money(),
    entries: async (partnerId, before, limit) =>
      (await book(partnerId)).entries(before ?? Number.MAX_SAFE_INTEGER, limit),
    commit: async (offerId, partnerId, commitId, amountMinor) =>
      (await book(partnerId)).commit(commitId, offerId, amountMinor),
    async release(offerId, partnerId) {
      const partnerBook = await book(partnerId)
      const releaseId = await partnerBook.nextReleaseId(offerId)
      // The budget debits first and answers the same amount to the same id; then the book credits.
      const budget = budgetOf(env, await marketOf(partnerId), offerId)
      const amountMinor = await budget.withdraw(releaseId)
      await partnerBook.uncommit(releaseId, offerId, amountMinor)
      return amountMinor
    },
    deposit: async (partnerId, depositId, amountMinor) =>
      (await book(partnerId)).deposit(depositId, amountMinor),
  }
}

export function offerBudget(env: Env): OfferBudget {
  const marketOf = remembered((offerId) => marketOfOffer(env.DB, offerId))
  return { money: async (offerId) => budgetOf(env, await marketOf(offerId), offerId).money() }
}

const REMEMBERED_MAX = 10_000

/** Neither a partner nor an offer ever changes its market. */
function remembered(ask: (id: string) => Promise<MarketCode>) {
  const known = new Map<string, MarketCode>()
  return async function marketOf(id: string): Promise<MarketCode> {
    const market = known.get(id) ?? (await ask(id))
    if (known.size >= REMEMBERED_MAX) known.clear()
    known.set(id, market)
    return market
  }
}
