import type { OfferVersion } from '#schema/offer'
import type { OfferFacts } from '../facts.ts'
import { type Refusal, time } from '../verdict.ts'
import { wallMinuteIn } from '../wall.ts'

/**
 * Null when the offer needs no activation or had it before the purchase. Receipts know minutes
 * only, so an activation in the minute of the purchase counts as before it.
 */
export function checkActivation(
  offer: OfferVersion,
  facts: OfferFacts,
  purchasedAt: string,
): Refusal | null {
  if (offer.rule.activation !== 'required') return null
  const needed = time(purchasedAt)
  if (facts.activatedAt === null) return { rule: 'not_activated', seen: null, needed }
  const activated = wallMinuteIn(facts.activatedAt, offer.rule.timeZone)
  if (activated <= purchasedAt) return null
  return { rule: 'not_activated', seen: time(activated), needed }
}
