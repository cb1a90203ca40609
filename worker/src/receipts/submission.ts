import type { CodeReading } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import { parseRuQr, printRuQr, type RuParsed, ruContentKey, ruFingerprint } from '#fiscal/ru'
import { HOME_MARKET, type MarketCode } from '#schema/market'
import type { ProblemCode } from '#schema/problem'
import type { ReceiptSubmission, RuScan } from '#schema/receipt'
import type { Submission } from '../cells/cell-receipts.ts'
import type { ProblemExtra } from '../http/problem.ts'
import { type ForeignPorts, readForeign } from './foreign-scan.ts'

export type ReadSubmission =
  | { ok: true; market: MarketCode; submission: Submission }
  | { ok: false; code: ProblemCode; extra: ProblemExtra }

/**
 * What was scanned or typed, as one wallet's submission with its network-wide identity and market.
 * Typed fields are Russian and go through the same grammar as a code, so that both give the same
 * identity. `now` in milliseconds.
 */
export async function readSubmission(
  walletId: string,
  body: ReceiptSubmission,
  ports: ForeignPorts,
  now: number,
): Promise<ReadSubmission> {
  const { source } = body
  if (source.code === 'fields') {
    const read = russian(walletId, parseRuQr(printRuQr(source.fields)))
    if (!read.ok || source.photoId === undefined) return read
    return { ...read, submission: { ...read.submission, photoId: source.photoId } }
  }
  const reading = readCode(source.text)
  return isForeign(reading)
    ? readForeign(walletId, source.text, reading, ports, now)
    : russian(walletId, parseRuQr(source.text, { sumUnit: source.sumUnit }))
}

/** Russian codes, and texts that are nobody's, have a grammar that says more about what is wrong. */
function isForeign(reading: CodeReading): boolean {
  const country = reading.ok ? reading.code.country : reading.country
  return country !== null && country !== 'ru'
}

function russian(walletId: string, parsed: RuParsed): ReadSubmission {
  if (!parsed.ok) return refused(parsed)
  return { ok: true, market: HOME_MARKET, submission: submissionOf(walletId, parsed.scan) }
}

/** A Russian scan as one wallet's submission. */
function submissionOf(walletId: string, scan: RuScan): Submission {
  return { walletId, scan, fingerprint: ruFingerprint(scan), contentKey: ruContentKey(scan) }
}

function refused(parsed: Extract<RuParsed, { ok: false }>): ReadSubmission {
  switch (parsed.code) {
    case 'foreign_receipt':
      return { ok: false, code: 'foreign_receipt', extra: { country: parsed.country } }
    case 'ambiguous_sum':
      return {
        ok: false,
        code: 'ambiguous_sum',
        extra: { sumDigits: parsed.sumDigits, recognised: parsed.recognised },
      }
    case 'incomplete':
      return {
        ok: false,
        code: 'receipt_incomplete',
        extra: { missing: parsed.missing, recognised: parsed.recognised },
      }
    case 'not_a_fiscal_code':
      return {
        ok: false,
        code: 'not_a_fiscal_code',
        extra: parsed.field === undefined ? {} : { field: parsed.field },
      }
  }
}
