/**
 * Global trade item numbers: check digit, one canonical form, and the number that some tills print
 * before the name (`4660043858820 СЫРОК`). Rules: GS1 General Specifications, sections 1.4 and 7.9.
 */

/**
 * Prefixes of a canonical 14-digit number that a shop may use as it likes, so that they name no
 * product.
 */
const IN_STORE_PREFIX = /^\d(?:2|02|04)|^0{14}$/

/**
 * Thirteen or fourteen digits after an optional row number; shorter ones are mostly the shop's own
 * codes.
 */
const LEADING_CODE = /^[\s*#!№]*(?:\d{1,3}[.):]?\s+[*#!№]*)?(\d{13,14})(?!\d)(?![.,]\d)/

/** True when the last digit is the GS1 modulo-10 check digit of those before it. */
function checkDigitHolds(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length - 1; at += 1) {
    const weight = (digits.length - at) % 2 === 0 ? 3 : 1
    sum += (digits.charCodeAt(at) - 0x30) * weight
  }
  return (10 - (sum % 10)) % 10 === digits.charCodeAt(digits.length - 1) - 0x30
}

/**
 * Canonical 14 digits of a GTIN-8, -12, -13 or -14, or null when the text is no such number, fails
 * its check digit, or carries an in-store prefix (20–29, 02, 04 in the 13-digit form), which means
 * something else in every shop.
 */
export function canonicalGtin(text: string): string | null {
  const digits = text.trim()
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return null
  if (!checkDigitHolds(digits)) return null
  const canonical = digits.padStart(14, '0')
  if (digits.length !== 8 && IN_STORE_PREFIX.test(canonical)) return null
  if (digits.length === 8 && /^[02]/.test(digits)) return null // restricted circulation
  return canonical
}

/** The GTIN printed at the beginning of a line, in canonical form, or null. */
export function leadingGtin(line: string): string | null {
  const found = LEADING_CODE.exec(line)
  return found?.[1] === undefined ? null : canonicalGtin(found[1])
}
