import { type AmountMinor, minor } from '#schema/money'
import type { OfferRule } from '#schema/offer'
import { costOf } from './fee.ts'

/** The most one receipt can earn by the rule; null when nothing bounds it. */
function maxRewardPerReceipt(rule: OfferRule): AmountMinor | null {
  const { reward, caps } = rule
  const bounds = [caps.perReceiptMinor, caps.perShopperMinor, caps.perPeriod?.amountMinor ?? null]
  if (reward.code === 'fixed' && reward.args.per === 'receipt') bounds.push(reward.args.amountMinor)
  const known = bounds.filter((bound) => bound !== null)
  return known.length === 0 ? null : minor(Math.min(...known))
}

/**
 * The most one receipt can cost the budget, reward and fee: what an activation reserves. Null when
 * nothing bounds it, and then the offer cannot be activated.
 */
export function maxCostPerReceipt(rule: OfferRule, feeBps: number): AmountMinor | null {
  const reward = maxRewardPerReceipt(rule)
  return reward === null ? null : costOf(reward, feeBps)
}
