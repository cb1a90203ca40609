import { AMOUNT_MINOR_MAX, type AmountMinor, minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import type { VerdictRule } from '#schema/verdict'
import type { OfferFacts } from './facts.ts'
import { affordableReward } from './fee.ts'
import { money, type Refusal } from './verdict.ts'

/** One cap: what it has counted already and where it stops. */
type Limit = { rule: VerdictRule; countedMinor: number; capMinor: number }

/** A reward after the caps; `limit` is the last cap that cut it. */
export type Capped = { amountMinor: AmountMinor; limit: Refusal | null }

/** Where a reward is about to be paid. */
type CapPlace = {
  /**
   * Paid for the line or for the receipt's base, and for the whole receipt: nothing pays back more.
   */
  sumMinor: number
  totalMinor: number
  onLine: boolean
  /** What this offer pays on this receipt already. */
  paidMinor: number
}

/** The caps in the order in which they are applied: line, receipt, shopper, period, reservation. */
function* limitsOf(offer: OfferVersion, facts: OfferFacts, place: CapPlace): Generator<Limit> {
  const { caps, reward } = offer.rule
  const { paidMinor } = place
  yield { rule: 'cap_line', countedMinor: 0, capMinor: place.sumMinor }
  if (place.onLine && caps.perLineMinor !== null) {
    yield { rule: 'cap_line', countedMinor: 0, capMinor: caps.perLineMinor }
  }
  yield { rule: 'cap_receipt', countedMinor: paidMinor, capMinor: place.totalMinor }
  if (reward.code === 'fixed' && reward.args.per === 'receipt') {
    yield { rule: 'cap_receipt', countedMinor: paidMinor, capMinor: reward.args.amountMinor }
  }
  if (caps.perReceiptMinor !== null) {
    yield { rule: 'cap_receipt', countedMinor: paidMinor, capMinor: caps.perReceiptMinor }
  }
  if (caps.perShopperMinor !== null) {
    const countedMinor = facts.earnedMinor + paidMinor
    yield { rule: 'cap_shopper', countedMinor, capMinor: caps.perShopperMinor }
  }
  const periodMinor = caps.perPeriod?.amountMinor ?? null
  if (periodMinor !== null) {
    const countedMinor = facts.periodEarnedMinor + paidMinor
    yield { rule: 'cap_period', countedMinor, capMinor: periodMinor }
  }
  if (facts.budgetExhausted) {
    const capMinor = affordableReward(facts.reservedMinor, offer.feeBps)
    yield { rule: 'budget_exhausted', countedMinor: paidMinor, capMinor }
  }
}

/**
 * Cuts `rawMinor` to what the caps leave. In the recorded limit `seen` is what the cap would have
 * counted with this reward and `needed` is the cap, so that "510 of 500" reads the same for every
 * kind of cap.
 */
export function capReward(
  offer: OfferVersion,
  facts: OfferFacts,
  rawMinor: AmountMinor,
  place: CapPlace,
): Capped {
  let amountMinor = rawMinor
  let limit: Refusal | null = null
  for (const { rule, countedMinor, capMinor } of limitsOf(offer, facts, place)) {
    const room = Math.max(0, capMinor - countedMinor)
    if (amountMinor <= room) continue
    const seenMinor = Math.min(AMOUNT_MINOR_MAX, countedMinor + amountMinor)
    limit = { rule, seen: money(seenMinor), needed: money(capMinor) }
    amountMinor = minor(room)
  }
  return { amountMinor, limit }
}
