import type { OfferVersion } from '#schema/offer'
import type { OfferFacts } from '../facts.ts'
import { count, type Refusal } from '../verdict.ts'

/**
 * Null when one more receipt may be credited. Only credited receipts use up a quota (promise 8).
 */
export function checkQuota(offer: OfferVersion, facts: OfferFacts): Refusal | null {
  const { perShopperReceipts, perPeriod } = offer.rule.caps
  if (perShopperReceipts !== null && facts.creditedReceipts >= perShopperReceipts) {
    return {
      rule: 'cap_redemptions',
      seen: count(facts.creditedReceipts + 1),
      needed: count(perShopperReceipts),
    }
  }
  const receipts = perPeriod?.receipts ?? null
  if (receipts !== null && facts.periodReceipts >= receipts) {
    return { rule: 'cap_period', seen: count(facts.periodReceipts + 1), needed: count(receipts) }
  }
  return null
}

/** Whether the offer can pay this shopper no more, whenever the purchase: a cap for life is full. */
export function isUsedUp({ rule }: OfferVersion, facts: OfferFacts): boolean {
  const { perShopperReceipts, perShopperMinor } = rule.caps
  return (
    (perShopperReceipts !== null && facts.creditedReceipts >= perShopperReceipts) ||
    (perShopperMinor !== null && facts.earnedMinor >= perShopperMinor)
  )
}
