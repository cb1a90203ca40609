import type { CodeReading } from '#fiscal/code'
import type { RuParsed, RuRecognised } from '#fiscal/ru'
import type { MarketCode } from '#schema/market'
import type { ReceiptSubmission, RuScan } from '#schema/receipt'

/**
 * What stands behind a code: a signature that the network will verify, a service of the state that
 * it will ask, typing errors that show, or nothing at all.
 */
type CodeProof = 'signature' | 'service' | 'checksum' | 'nothing'

/** What the phone could read of a code by itself; nothing of it has been verified. */
export type SeenCode = {
  country: MarketCode
  proof: CodeProof
  /** Null when the code does not tell. */
  totalMinor: number | null
  /** ISO 4217. */
  currency: string | null
}

/** What a text from a code turned out to be. */
export type Reading =
  | {
      kind: 'receipt'
      identity: string
      submission: ReceiptSubmission
      totalMinor: number
      seen: SeenCode
    }
  | { kind: 'ambiguous'; text: string; roublesMinor: number; kopecksMinor: number }
  | { kind: 'incomplete'; recognised: RuRecognised }
  /** The number of a product, as shops scan it. */
  | { kind: 'product'; gtin: string }
  /** `country`: whose receipt it would be, when its code is damaged or cut. */
  | { kind: 'refused'; text: string; country: MarketCode | null }

export type SumUnit = 'roubles' | 'kopecks'

/**
 * Reads the text of a code of any country on the device, so that it also works offline. The server
 * reads it again, and it alone verifies.
 */
export async function readCode(
  text: string,
  scannedAt: string,
  sumUnit?: SumUnit,
): Promise<Reading> {
  const [registry, russia] = await Promise.all([import('#fiscal/registry'), import('#fiscal/ru')])
  const reading = registry.readCode(text)
  const country = reading.ok ? reading.code.country : reading.country
  if (country !== null && country !== 'ru') return foreign(text, reading, scannedAt)
  const parsed: RuParsed = russia.parseRuQr(text, { sumUnit })
  if (parsed.ok) {
    return {
      kind: 'receipt',
      identity: russia.ruContentKey(parsed.scan),
      submission: { source: { code: 'qr', text, ...(sumUnit ? { sumUnit } : {}) }, scannedAt },
      totalMinor: parsed.scan.totalMinor,
      seen: russian(parsed.scan),
    }
  }
  if (parsed.code === 'ambiguous_sum') {
    const digits = Number(parsed.sumDigits)
    return { kind: 'ambiguous', text, roublesMinor: digits * 100, kopecksMinor: digits }
  }
  if (parsed.code === 'incomplete') return { kind: 'incomplete', recognised: parsed.recognised }
  if (isGtin(text)) return { kind: 'product', gtin: text.trim() }
  return { kind: 'refused', text, country }
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
    seen: russian(fields),
  }
}

const russian = ({ totalMinor }: RuScan): SeenCode => ({
  country: 'ru',
  proof: 'service',
  totalMinor,
  currency: 'RUB',
})

function foreign(text: string, reading: CodeReading, scannedAt: string): Reading {
  if (!reading.ok) return { kind: 'refused', text, country: reading.country }
  const { code } = reading
  const { country, totalMinor, currency } = code
  return {
    kind: 'receipt',
    identity: code.identity,
    submission: { source: { code: 'qr', text }, scannedAt },
    totalMinor: Math.abs(totalMinor ?? 0),
    seen: { country, proof: proofOf(code), totalMinor, currency },
  }
}

/** Until the key is known a signature is a promise; a Saudi one does not cover the total. */
function proofOf({ seal, trust }: Extract<CodeReading, { ok: true }>['code']): CodeProof {
  if (seal !== null && seal.kind !== 'sa') return 'signature'
  if (trust === 'lookup') return 'service'
  return trust === 'checksum' ? 'checksum' : 'nothing'
}

/** GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications, 7.9). */
export function isGtin(text: string): boolean {
  const digits = text.trim()
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
