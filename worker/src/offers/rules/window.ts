import type { OfferVersion } from '#schema/offer'
import { type Refusal, time } from '../verdict.ts'
import { addDays, dayOf, wallMinuteIn } from '../wall.ts'

/**
 * Null when the purchase lies in `[startsAt, endsAt)` and before a pause. Wall clocks compare as
 * text.
 */
export function checkPurchaseWindow(offer: OfferVersion, purchasedAt: string): Refusal | null {
  const { startsAt, endsAt } = offer.rule
  const seen = time(purchasedAt)
  if (purchasedAt < startsAt) return { rule: 'before_start', seen, needed: time(startsAt) }
  if (purchasedAt >= endsAt) return { rule: 'after_end', seen, needed: time(endsAt) }
  if (offer.stoppedAt !== null && purchasedAt >= offer.stoppedAt) {
    return { rule: 'offer_paused', seen, needed: time(offer.stoppedAt) }
  }
  return null
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
