import type { OfferDay } from '#schema/offer'

/** Days of spending that the forecast looks back at; less than one of them says nothing. */
const LOOK_BACK_DAYS = 7

/**
 * For how many whole days `leftMinor` lasts at the average spending (rewards and fees) of the last
 * days, or null when nothing was spent. `days` are in calendar order, the last one is today.
 */
export function daysLeft(leftMinor: number, days: readonly OfferDay[]): number | null {
  const recent = days.slice(-LOOK_BACK_DAYS)
  const spentMinor = recent.reduce((sum, day) => sum + day.rewardMinor + day.feeMinor, 0)
  if (recent.length === 0 || spentMinor === 0) return null
  return Math.floor((leftMinor * recent.length) / spentMinor)
}

/** Whole days in the purchase window, at least one. Wall clocks, the end exclusive. */
export function windowDays(startsAt: string, endsAt: string): number {
  const span = Date.parse(`${endsAt}:00Z`) - Date.parse(`${startsAt}:00Z`)
  return Math.max(1, Math.ceil(span / 86_400_000))
}

/** What an even pace spends a day, kopecks: the line that the bars are compared with. */
export function evenPaceMinor(budgetMinor: number, startsAt: string, endsAt: string): number {
  return Math.round(budgetMinor / windowDays(startsAt, endsAt))
}

/**
 * How the spending stands against an even pace, as a share of it: 1 is on plan. Null before the
 * first day has passed. `nowWall` is the wall clock of the offer's zone.
 */
export function paceShare(
  spentMinor: number,
  budgetMinor: number,
  startsAt: string,
  endsAt: string,
  nowWall: string,
): number | null {
  const passed = Date.parse(`${nowWall}:00Z`) - Date.parse(`${startsAt}:00Z`)
  const span = Date.parse(`${endsAt}:00Z`) - Date.parse(`${startsAt}:00Z`)
  if (passed < 86_400_000 || span <= 0 || budgetMinor === 0) return null
  return spentMinor / (budgetMinor * Math.min(1, passed / span))
}
