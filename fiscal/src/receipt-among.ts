import type { FiscalCode, FiscalCountry } from './code.ts'
import { readCode } from './registry.ts'

/** What all the codes of one picture come to. */
export type CodesRead =
  | { readonly kind: 'receipt'; readonly text: string; readonly code: FiscalCode }
  /** Whole codes of different receipts. */
  | { readonly kind: 'several'; readonly texts: readonly string[] }
  /** Of a known country, but cut, damaged or of a test system. */
  | { readonly kind: 'damaged'; readonly text: string; readonly country: FiscalCountry }
  | { readonly kind: 'none' }

/**
 * The receipt among the codes of one picture, wherever it stands and whatever it is printed as: an
 * advert, a payment or the number of a product beside it is none. Of several spellings of one
 * receipt the one that says most is taken.
 */
export function receiptAmong(texts: readonly string[]): CodesRead {
  const whole = new Map<string, { text: string; code: FiscalCode }>()
  let damaged: { text: string; country: FiscalCountry } | null = null
  for (const text of texts) {
    const reading = readCode(text)
    if (reading.ok) {
      const { code } = reading
      const known = whole.get(code.identity)?.code.missing.length ?? Number.POSITIVE_INFINITY
      if (code.missing.length < known) whole.set(code.identity, { text, code })
    } else if (damaged === null && reading.country !== null) {
      damaged = { text, country: reading.country }
    }
  }
  const [receipt] = whole.values()
  if (whole.size > 1) {
    return { kind: 'several', texts: [...whole.values()].map(({ text }) => text) }
  }
  if (receipt !== undefined) return { kind: 'receipt', ...receipt }
  return damaged === null ? { kind: 'none' } : { kind: 'damaged', ...damaged }
}
