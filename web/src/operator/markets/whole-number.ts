const DIGITS_MAX = 15

/** `30 000` → 30000, with whatever blanks stand between the digits; null for any other text. */
export function wholeNumber(text: string): number | null {
  const digits = text.replace(/\s/g, '')
  return /^\d+$/.test(digits) && digits.length <= DIGITS_MAX ? Number(digits) : null
}
