import { allocate, minor } from '#schema/money'
import type { EvaluatedReward } from './evaluate.ts'

/** What one offer takes back; the parts on lines add up to `rewardMinor`. */
export type Reversal = {
  readonly offerId: string
  readonly rewardMinor: number
  readonly feeMinor: number
  readonly lines: readonly { readonly line: number | null; readonly amountMinor: number }[]
}

/** What an offer pays on a receipt, returns already taken off. */
export type KeptReward = Reversal

/** What is left of each reward after the reversals so far. */
export function keptOf(
  rewards: readonly KeptReward[],
  reversals: readonly Reversal[],
): KeptReward[] {
  return rewards.map((reward) => {
    const own = reversals.filter(({ offerId }) => offerId === reward.offerId)
    const taken = (line: number | null) =>
      sum(
        own.flatMap((one) => one.lines.filter((part) => part.line === line)),
        'amountMinor',
      )
    return {
      offerId: reward.offerId,
      rewardMinor: reward.rewardMinor - sum(own, 'rewardMinor'),
      feeMinor: reward.feeMinor - sum(own, 'feeMinor'),
      lines: reward.lines.map(({ line, amountMinor }) => ({
        line,
        amountMinor: amountMinor - taken(line),
      })),
    }
  })
}

const sum = <Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key) =>
  rows.reduce((total, row) => total + row[key], 0)

/**
 * What each offer takes back when the remaining basket would have earned `due`: never more than is
 * kept, and never the other way round. An offer that would now pay more pays no more.
 */
export function reversalsOf(
  kept: readonly KeptReward[],
  due: readonly EvaluatedReward[],
): Reversal[] {
  return kept.flatMap((reward) => {
    const next = due.find(({ offerId }) => offerId === reward.offerId)
    const rewardMinor = reward.rewardMinor - (next?.rewardMinor ?? 0)
    if (rewardMinor <= 0) return []
    const drops = reward.lines.map(({ line, amountMinor }) => {
      const left = next?.lines.find((part) => part.line === line)?.amountMinor ?? 0
      return Math.max(0, amountMinor - left)
    })
    const parts = allocate(rewardMinor, drops)
    return {
      offerId: reward.offerId,
      rewardMinor: minor(rewardMinor),
      feeMinor: minor(Math.max(0, reward.feeMinor - (next?.feeMinor ?? 0))),
      lines: reward.lines.flatMap(({ line }, index) =>
        parts[index] ? { line, amountMinor: parts[index] } : [],
      ),
    }
  })
}
