/** Numbers with check digits, for newcomers that no seed knows. */

const TAX_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8]

/** The tax number (ИНН) of an organisation: nine digits of our choice and the check digit. */
export function taxNumber(nine: string): string {
  const sum = TAX_WEIGHTS.reduce((total, weight, at) => total + weight * Number(nine[at]), 0)
  return `${nine}${(sum % 11) % 10}`
}

/** A GTIN-13: twelve digits of our choice and the check digit (GS1 General Specifications, 7.9). */
export function gtin(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}
