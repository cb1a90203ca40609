/**
 * The largest total of any format, which is the Russian one (FFD tag 1020 has six bytes); the
 * network's own amounts end there too. Repeated here so that a phone reads codes without zod.
 */
export const TOTAL_MINOR_MAX = 2 ** 48 - 1
/** Minor units of a unit: every currency that is read with a fraction has hundredths. */
const DECIMALS = 2

/**
 * A printed amount in minor units: `59.10`, `0059,1`, `59` → 5910, 5910, 5900. No thousands
 * separators, no exponents. Digits beyond the hundredths must be zeros. Null otherwise, and beyond
 * what a receipt can hold.
 */
export function amountMinor(text: string): number | null {
  return text.startsWith('-') ? null : signedMinor(text)
}

/** The same for formats whose returns are negative: `-22,17` → −2217. */
export function signedMinor(text: string): number | null {
  const parts = /^(-?)(\d{1,30})(?:[.,](\d{0,12}))?$/.exec(text)
  if (parts === null) return null
  const [, sign, whole = '', fraction = ''] = parts
  if (/[1-9]/.test(fraction.slice(DECIMALS))) return null
  return signed(sign === '-', Number(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0')))
}

/** The same, where the format gives more digits than the currency has: rounded half up. */
export function amountMinorRounded(text: string): number | null {
  const parts = /^(\d{1,30})(?:\.(\d{0,12}))?$/.exec(text)
  if (parts === null) return null
  const fraction = (parts[2] ?? '').padEnd(3, '0')
  const up = fraction.charAt(2) >= '5' ? 1 : 0
  return signed(false, Number((parts[1] ?? '') + fraction.slice(0, 2)) + up)
}

/** An amount that is printed in minor units already. */
export function wholeMinor(text: string): number | null {
  const parts = /^(-?)(\d{1,30})$/.exec(text)
  return parts && signed(parts[1] === '-', Number(parts[2]))
}

function signed(isNegative: boolean, value: number): number | null {
  if (value > TOTAL_MINOR_MAX) return null
  return isNegative && value !== 0 ? -value : value
}

/** The sum of amounts; null when one is null or the sum is beyond what a receipt can hold. */
export function totalOf(amounts: readonly (number | null)[]): number | null {
  let total = 0
  for (const amount of amounts) {
    if (amount === null) return null
    total += amount
  }
  return Math.abs(total) > TOTAL_MINOR_MAX ? null : total
}
