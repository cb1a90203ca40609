import { MARKETS, type MarketCode } from '#schema/market'
import type { OfferVersion } from '#schema/offer'
import type { OfferFacts } from '../facts.ts'
import { type Refusal, time } from '../verdict.ts'
import { wallMinuteIn } from '../wall.ts'

/**
 * Null when the offer needs no activation or may have had it before the purchase. A receipt names a
 * minute of the shop's own clock and no zone, so the shopper gets the benefit of the doubt: the
 * purchase counts as made at the last second of that minute at the western end of the market, or
 * when the receipt was submitted, whichever is earlier.
 */
export function checkActivation(
  offer: OfferVersion,
  facts: OfferFacts,
  purchasedAt: string,
  submittedAt: string,
): Refusal | null {
  if (offer.rule.activation !== 'required') return null
  const needed = time(purchasedAt)
  const { activatedAt } = facts
  if (activatedAt === null) return { rule: 'not_activated', seen: null, needed }
  const bought = Math.min(latestInstant(purchasedAt, offer.market), Date.parse(submittedAt))
  if (Date.parse(activatedAt) <= bought) return null
  return {
    rule: 'not_activated',
    seen: time(wallMinuteIn(activatedAt, offer.rule.timeZone)),
    needed,
  }
}

/** The latest instant, in milliseconds, that a clock of the market can have shown as that minute. */
function latestInstant(wallMinute: string, market: MarketCode): number {
  return Date.parse(`${wallMinute}:59.999Z`) - MARKETS[market].zoneHoursMin * 3_600_000
}
