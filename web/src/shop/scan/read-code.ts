import type { RuParsed, RuRecognised } from '#fiscal/ru'
import type { ReceiptSubmission, RuScan } from '#schema/receipt'

/** What a text from a code turned out to be. */
export type Reading =
  | { kind: 'receipt'; identity: string; submission: ReceiptSubmission; totalMinor: number }
  | { kind: 'ambiguous'; text: string; roublesMinor: number; kopecksMinor: number }
  | { kind: 'incomplete'; recognised: RuRecognised }
  | { kind: 'refused'; code: 'not_a_fiscal_code' | 'foreign_receipt'; text: string }

export type SumUnit = 'roubles' | 'kopecks'

/**
 * Reads the text of a code on the device, so that it also works offline. The server reads it again.
 */
export async function readCode(
  text: string,
  scannedAt: string,
  sumUnit?: SumUnit,
): Promise<Reading> {
  const { parseRuQr, ruContentKey } = await import('#fiscal/ru')
  const parsed: RuParsed = parseRuQr(text, { sumUnit })
  if (parsed.ok) {
    return {
      kind: 'receipt',
      identity: ruContentKey(parsed.scan),
      submission: { source: { code: 'qr', text, ...(sumUnit ? { sumUnit } : {}) }, scannedAt },
      totalMinor: parsed.scan.totalMinor,
    }
  }
  if (parsed.code === 'ambiguous_sum') {
    const digits = Number(parsed.sumDigits)
    return { kind: 'ambiguous', text, roublesMinor: digits * 100, kopecksMinor: digits }
  }
  if (parsed.code === 'incomplete') return { kind: 'incomplete', recognised: parsed.recognised }
  return { kind: 'refused', code: parsed.code, text }
}

/** The submission of numbers typed from the printed receipt, or corrected beside its photo. */
export async function readFields(
  fields: RuScan,
  scannedAt: string,
  photoId?: string,
): Promise<Reading> {
  const { ruContentKey } = await import('#fiscal/ru')
  return {
    kind: 'receipt',
    identity: ruContentKey(fields),
    submission: { source: { code: 'fields', fields, ...(photoId ? { photoId } : {}) }, scannedAt },
    totalMinor: fields.totalMinor,
  }
}
