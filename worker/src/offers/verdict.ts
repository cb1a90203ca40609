import { type AmountMinor, minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import type { Verdict, VerdictAction, VerdictRule, VerdictValue } from '#schema/verdict'

/** Why an offer does not pay, with the value seen and the value needed. */
export type Refusal = {
  rule: VerdictRule
  seen: VerdictValue | null
  needed: VerdictValue | null
}

/**
 * What to do next, per rule. Every refusal has an answer; `none` means that there is nothing to
 * mend.
 */
const ACTIONS: Readonly<Record<VerdictRule, VerdictAction>> = {
  rewarded: 'none',
  product_unknown: 'ask_support',
  product_uncertain: 'ask_support',
  category_blocked: 'none',
  lines_unknown: 'choose_another_offer',
  prepaid: 'submit_final_receipt',
  other_product: 'buy_other_product',
  retailer_unknown: 'ask_support',
  other_retailer: 'buy_at_listed_retailer',
  before_start: 'choose_another_offer',
  after_end: 'choose_another_offer',
  offer_paused: 'choose_another_offer',
  submitted_late: 'submit_sooner',
  below_minimum_spend: 'spend_more',
  below_minimum_quantity: 'buy_more',
  not_activated: 'activate_first',
  cap_line: 'none',
  cap_receipt: 'none',
  cap_shopper: 'choose_another_offer',
  cap_period: 'come_back_next_period',
  cap_redemptions: 'choose_another_offer',
  budget_exhausted: 'choose_another_offer',
  better_offer: 'none',
  reward_too_small: 'spend_more',
  awaiting_budget: 'none',
  daily_limit: 'come_back_next_period',
  till_limit: 'come_back_next_period',
  returned: 'none',
}

const NAMES_MAX = 10

export function money(amountMinor: number): VerdictValue {
  return { kind: 'money', amountMinor: minor(amountMinor) }
}

export function count(value: number): VerdictValue {
  return { kind: 'count', count: value }
}

export function time(wallMinute: string): VerdictValue {
  return { kind: 'time', time: wallMinute }
}

/** One name, or the first ten of several and how many more; null when no name is known. */
export function nameList(names: readonly string[]): VerdictValue | null {
  const [first] = names
  if (first === undefined) return null
  if (names.length === 1) return { kind: 'name', name: first }
  return {
    kind: 'names',
    names: names.slice(0, NAMES_MAX),
    more: Math.max(0, names.length - NAMES_MAX),
  }
}

function headOf(offer: OfferVersion | null) {
  return {
    offerId: offer?.offerId ?? null,
    offerVersion: offer?.version ?? null,
    offerTitle: offer?.title ?? null,
  }
}

/** A verdict that pays nothing. `offer` null: said about the line itself. */
export function refused(offer: OfferVersion | null, line: number | null, why: Refusal): Verdict {
  return {
    ...headOf(offer),
    line,
    rule: why.rule,
    seen: why.seen,
    needed: why.needed,
    action: ACTIONS[why.rule],
    rewardMinor: minor(0),
    limitedBy: null,
    holdDays: 0,
  }
}

/** A verdict that pays; `limit` names the cap that cut the reward. */
export function rewarded(
  offer: OfferVersion,
  line: number | null,
  rewardMinor: AmountMinor,
  limit: Refusal | null,
): Verdict {
  const { holdDays } = offer.rule
  return {
    ...headOf(offer),
    line,
    rule: 'rewarded',
    seen: limit?.seen ?? null,
    needed: limit?.needed ?? null,
    action: holdDays > 0 ? 'wait_until_available' : 'none',
    rewardMinor,
    limitedBy: limit?.rule ?? null,
    holdDays,
  }
}

/**
 * What a reward says until its money is here: nothing has been paid, and nothing is shown as paid.
 */
export function unpaid(verdict: Verdict): Verdict {
  if (verdict.rule !== 'rewarded') return verdict
  const rule = 'awaiting_budget'
  const seen = money(verdict.rewardMinor)
  const none = { rewardMinor: minor(0), limitedBy: null, holdDays: 0 }
  return { ...verdict, ...none, rule, seen, needed: null, action: ACTIONS[rule] }
}

/** What is said beside a reward of which a return has taken this much. */
export function takenBack(verdict: Verdict, takenMinor: number): Verdict {
  const none = { rewardMinor: minor(0), limitedBy: null, holdDays: 0 }
  const rule = 'returned'
  return { ...verdict, ...none, rule, seen: money(takenMinor), needed: null, action: ACTIONS[rule] }
}

/**
 * Rules that say "this offer is not about this line": true for almost every pair, news to nobody.
 */
const BESIDE_THE_POINT: readonly VerdictRule[] = [
  'other_product',
  'product_unknown',
  'product_uncertain',
  'category_blocked',
  'prepaid',
]

function rankOf(verdict: Verdict): number {
  if (verdict.rule === 'rewarded') return 0
  if (verdict.offerId === null) return 1
  if (verdict.rule === 'better_offer') return 2
  return BESIDE_THE_POINT.includes(verdict.rule) ? 4 : 3
}

/**
 * Lines in order, the whole receipt last; within a line the one that pays, then the near misses.
 */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  const lineA = a.line ?? Number.POSITIVE_INFINITY
  const lineB = b.line ?? Number.POSITIVE_INFINITY
  if (lineA !== lineB) return lineA - lineB
  return rankOf(a) - rankOf(b) || compareText(a.offerId ?? '', b.offerId ?? '')
}

/** Code-unit order: the same on every platform, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/**
 * The verdicts worth keeping with a receipt: everything that pays, what is said about the line
 * itself, and near misses. Pairs of a line and an offer on other goods are left out: they follow
 * from the stored offer version, and the explanation of a receipt recomputes them on demand.
 */
export function notableVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => rankOf(verdict) < 4)
}
