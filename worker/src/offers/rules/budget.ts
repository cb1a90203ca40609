import type { OfferFacts } from '../facts.ts'
import type { Refusal } from '../verdict.ts'

/**
 * Null while the budget has money or this wallet holds a reservation: an activated offer is not
 * snatched away.
 */
export function checkBudget(facts: OfferFacts): Refusal | null {
  if (!facts.budgetExhausted || facts.reservedMinor > 0) return null
  return { rule: 'budget_exhausted', seen: null, needed: null }
}
