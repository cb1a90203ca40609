const ORGANISATION = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const TRADER_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const TRADER_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/**
 * True when the check digits of a Russian tax number hold: one of an organisation (10 digits), two
 * of a sole trader (12 digits). Weights: order ММВ-7-6/435@ of the tax service, 2012.
 */
export function taxNumberHolds(text: string): boolean {
  if (!/^(\d{10}|\d{12})$/.test(text) || /^0+$/.test(text)) return false
  const digits = Array.from(text, Number)
  if (digits.length === 10) return checkDigit(digits, ORGANISATION) === digits[9]
  return (
    checkDigit(digits, TRADER_FIRST) === digits[10] &&
    checkDigit(digits, TRADER_SECOND) === digits[11]
  )
}

function checkDigit(digits: readonly number[], weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0)
  return (sum % 11) % 10
}
