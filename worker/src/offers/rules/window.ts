import type { OfferVersion } from '#schema/offer'
import type { OfferFacts } from '../facts.ts'
import { type Refusal, time } from '../verdict.ts'
import { addDays, dayOf, wallMinuteIn } from '../wall.ts'

/**
 * Null when the purchase lies in `[startsAt, endsAt)` and in no pause, or when this wallet holds a
 * reservation from before the pause: an activated offer is not snatched away. Wall clocks compare
 * as text.
 */
export function checkPurchaseWindow(
  offer: OfferVersion,
  facts: OfferFacts,
  purchasedAt: string,
): Refusal | null {
  const { startsAt, endsAt } = offer.rule
  const seen = time(purchasedAt)
  if (purchasedAt < startsAt) return { rule: 'before_start', seen, needed: time(startsAt) }
  if (purchasedAt >= endsAt) return { rule: 'after_end', seen, needed: time(endsAt) }
  const stop = stopsOf(offer).find(
    ({ from, to }) =>
      purchasedAt >= from && (to === null || purchasedAt < to) && !isPromised(offer, facts, from),
  )
  return stop ? { rule: 'offer_paused', seen, needed: time(stop.from) } : null
}

/** The pauses that are over, and the one that is not. */
function stopsOf({ stops = [], stoppedAt }: OfferVersion): { from: string; to: string | null }[] {
  return stoppedAt === null ? stops : [...stops, { from: stoppedAt, to: null }]
}

/** Whether the wallet's open reservation was made before the stop. */
function isPromised(offer: OfferVersion, facts: OfferFacts, stop: string): boolean {
  if (facts.reservedMinor === 0 || facts.activatedAt === null) return false
  return wallMinuteIn(facts.activatedAt, offer.rule.timeZone) < stop
}

/**
 * The last calendar day, in the offer's zone, on which a receipt of that purchase may be submitted.
 */
function lastSubmissionDay(offer: OfferVersion, purchasedAt: string): string {
  return addDays(dayOf(purchasedAt), offer.rule.submissionDays)
}

/** Null when the receipt came in by the end of the last day of the window. */
export function checkSubmission(
  offer: OfferVersion,
  purchasedAt: string,
  submittedAt: string,
): Refusal | null {
  const submitted = wallMinuteIn(submittedAt, offer.rule.timeZone)
  const lastDay = lastSubmissionDay(offer, purchasedAt)
  if (dayOf(submitted) <= lastDay) return null
  return { rule: 'submitted_late', seen: time(submitted), needed: time(`${lastDay}T23:59`) }
}
