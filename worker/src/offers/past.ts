import { type AmountMinor, minor, percentFloor } from '#schema/money'
import { type OfferEstimate, type OfferRule, PAST_RECEIPTS_MIN } from '#schema/offer'
import { feeOf } from './fee.ts'

/** What shoppers bought lately of what a rule is on, in the shops where it holds. */
export type PastSales = {
  /** A product on a receipt is one purchase, and so is a receipt for a rule on whole receipts. */
  purchases: number
  /**
   * Different receipts among them, at least: one receipt may hold several of the products, and
   * which did is not kept.
   */
  receiptsAtLeast: number
  /** Whole units; nothing for a rule on whole receipts. */
  units: number
  sumMinor: number
}

/** Days that the estimate looks back, today included. */
export const PAST_DAYS = 28

/**
 * The most the rule would have cost on those sales. Minimums, caps, activations and offers that pay
 * more can only lower it; they cannot be applied, because sums do not tell one receipt from
 * another. Null: too few receipts to be shown (promise: aggregates of at least 20), or a rule that
 * pays per unit of a whole receipt, which cannot be published.
 */
export function pastCost(rule: OfferRule, feeBps: number, sales: PastSales): OfferEstimate['past'] {
  if (sales.receiptsAtLeast < PAST_RECEIPTS_MIN) return null
  const { reward, target } = rule
  if (target.code === 'receipt' && reward.code === 'fixed' && reward.args.per === 'unit') {
    return null
  }
  const rewardMinor = rewardAtMost(reward, sales)
  return {
    days: PAST_DAYS,
    purchases: sales.purchases,
    rewardMinor,
    feeMinor: feeOf(rewardMinor, feeBps),
  }
}

function rewardAtMost(reward: OfferRule['reward'], sales: PastSales): AmountMinor {
  const { sumMinor } = sales
  if (reward.code === 'percent') return percentFloor(sumMinor, reward.args.rateBps)
  const { amountMinor, per } = reward.args
  const times = per === 'unit' ? sales.units : sales.purchases
  // Nothing pays back more than it cost. Compared before multiplying: the product may be huge.
  return times > sumMinor / amountMinor ? minor(sumMinor) : minor(times * amountMinor)
}
