import type { OfferRule } from '#schema/offer'
import { dayOf, mondayOf } from './wall.ts'

/**
 * The key of the calendar period that a purchase counts in, or null when the rule has no cap per
 * period. Promise 8: the quota follows the purchase time, never the upload time. Weeks begin on
 * Monday.
 */
export function capPeriodKey(rule: OfferRule, purchasedAt: string): string | null {
  const perPeriod = rule.caps.perPeriod
  if (!perPeriod) return null
  const day = dayOf(purchasedAt)
  switch (perPeriod.period) {
    case 'day':
      return `day:${day}`
    case 'week':
      return `week:${mondayOf(day)}`
    case 'month':
      return `month:${day.slice(0, 7)}`
  }
}
