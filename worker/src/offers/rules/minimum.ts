import type { OfferVersion } from '#schema/offer'
import { count, money, type Refusal } from '../verdict.ts'

/**
 * Null when what was bought reaches the minimum. Looked at are all lines that the offer is on,
 * whether or not another offer pays for one of them in the end: what was bought does not depend on
 * who rewards it.
 */
export function checkMinimum(
  offer: OfferVersion,
  bought: { sumMinor: number; units: number },
): Refusal | null {
  const { spendMinor, quantity } = offer.rule.minimum
  if (spendMinor !== null && bought.sumMinor < spendMinor) {
    return { rule: 'below_minimum_spend', seen: money(bought.sumMinor), needed: money(spendMinor) }
  }
  if (quantity !== null && bought.units < quantity) {
    return { rule: 'below_minimum_quantity', seen: count(bought.units), needed: count(quantity) }
  }
  return null
}
