import { type AmountMinor, minor, percentRounded } from '#schema/money'

/** The network's fee on a reward, on top of it and from the same budget; rounded half up. */
export function feeOf(rewardMinor: number, feeBps: number): AmountMinor {
  return percentRounded(rewardMinor, feeBps)
}

/** What a reward costs the offer's budget: the reward and its fee. */
export function costOf(rewardMinor: number, feeBps: number): AmountMinor {
  return minor(rewardMinor + feeOf(rewardMinor, feeBps))
}

/** The largest reward whose cost fits into `moneyMinor`. */
export function affordableReward(moneyMinor: number, feeBps: number): AmountMinor {
  const money = BigInt(minor(moneyMinor))
  // The quotient is off by at most one kopeck, because the fee is rounded.
  let reward = Number((money * 10_000n) / BigInt(10_000 + feeBps))
  while (reward > 0 && costOf(reward, feeBps) > moneyMinor) reward -= 1
  while (costOf(reward + 1, feeBps) <= moneyMinor) reward += 1
  return minor(reward)
}
