import { parseRuQr, printRuQr, type RuParsed, ruContentKey, ruFingerprint } from '#fiscal/ru'
import type { ProblemCode } from '#schema/problem'
import type { ReceiptSubmission, RuScan } from '#schema/receipt'
import type { Submission } from '../cells/cell-receipts.ts'
import type { ProblemExtra } from '../http/problem.ts'

export type ReadSubmission =
  | { ok: true; submission: Submission }
  | { ok: false; code: ProblemCode; extra: ProblemExtra }

/**
 * What was scanned or typed, as one wallet's submission with its network-wide identity. Typed
 * fields go through the same grammar as a code, so that both give the same identity.
 */
export function readSubmission(walletId: string, body: ReceiptSubmission): ReadSubmission {
  const { source } = body
  const parsed: RuParsed =
    source.code === 'qr'
      ? parseRuQr(source.text, { sumUnit: source.sumUnit })
      : parseRuQr(printRuQr(source.fields))
  if (!parsed.ok) return refused(parsed)
  const photoId = source.code === 'fields' ? source.photoId : undefined
  const submission = submissionOf(walletId, parsed.scan)
  return { ok: true, submission: photoId === undefined ? submission : { ...submission, photoId } }
}

/** A scan as one wallet's submission. */
export function submissionOf(walletId: string, scan: RuScan): Submission {
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
