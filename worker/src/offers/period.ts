import type { OfferRule } from '#schema/offer'
import { addDays, dayOf, mondayOf } from './wall.ts'

/** Calendar days, both ends included; they compare as text. */
export type CapDays = { from: string; to: string }

/**
 * The days of the calendar period that a purchase counts in, or null when the rule has no cap per
 * period. Promise 8: the quota follows the purchase time, never the upload time. Weeks begin on
 * Monday.
 */
export function capDays(rule: OfferRule, purchasedAt: string): CapDays | null {
  const perPeriod = rule.caps.perPeriod
  if (!perPeriod) return null
  const day = dayOf(purchasedAt)
  switch (perPeriod.period) {
    case 'day':
      return { from: day, to: day }
    case 'week':
      return { from: mondayOf(day), to: addDays(mondayOf(day), 6) }
    case 'month':
      return { from: `${day.slice(0, 7)}-01`, to: `${day.slice(0, 7)}-31` }
  }
}
