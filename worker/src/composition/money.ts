import { bookOf, budgetOf } from '../cells/route-of.ts'
import type { Env } from '../env.ts'
import type { OfferBudget, PartnerMoney } from '../partners/money.ts'

/** Partners' books and offers' budgets as the control plane reaches them: objects by name. */
export function partnerMoney(env: Env): PartnerMoney {
  return {
    balance: (partnerId) => bookOf(env, partnerId).money(),
    entries: (partnerId, before, limit) =>
      bookOf(env, partnerId).entries(before ?? Number.MAX_SAFE_INTEGER, limit),
    commit: (offerId, partnerId, commitId, amountMinor) =>
      bookOf(env, partnerId).commit(commitId, offerId, amountMinor),
    async release(offerId, partnerId) {
      const releaseId = await bookOf(env, partnerId).nextReleaseId(offerId)
      // The budget debits first and answers the same amount to the same id; then the book credits.
      const amountMinor = await budgetOf(env, offerId).withdraw(releaseId)
      await bookOf(env, partnerId).uncommit(releaseId, offerId, amountMinor)
      return amountMinor
    },
    deposit: (partnerId, depositId, amountMinor) =>
      bookOf(env, partnerId).deposit(depositId, amountMinor),
  }
}

export function offerBudget(env: Env): OfferBudget {
  return { money: (offerId) => budgetOf(env, offerId).money() }
}
