import { AMOUNT_MINOR_MAX, type AmountMinor, minor, percentFloor } from '#schema/money'
import type { OfferReward } from '#schema/offer'
import { money, type Refusal } from '../verdict.ts'

/** What the rule pays on one line, or on the whole base of a receipt, before any cap. */
export function rewardOn(
  reward: OfferReward,
  bought: { sumMinor: number; units: number },
): AmountMinor {
  if (reward.code === 'percent') return percentFloor(bought.sumMinor, reward.args.rateBps)
  const { amountMinor, per } = reward.args
  if (per === 'receipt') return bought.sumMinor > 0 ? amountMinor : minor(0)
  // Compared before multiplying: units are somebody else's input and may be huge.
  if (bought.units > AMOUNT_MINOR_MAX / amountMinor) return minor(AMOUNT_MINOR_MAX)
  return minor(bought.units * amountMinor)
}

/** Says why the rule pays nothing at all on that: the smallest sum that would. */
export function nothingEarned(reward: OfferReward, sumMinor: number): Refusal {
  const needed = reward.code === 'percent' ? money(Math.ceil(10_000 / reward.args.rateBps)) : null
  return { rule: 'reward_too_small', seen: money(sumMinor), needed }
}
