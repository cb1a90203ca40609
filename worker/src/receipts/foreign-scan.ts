import { hexOf } from '#fiscal/base64'
import type { CodeReading, CodeRefusal, FiscalCode } from '#fiscal/code'
import type { KeyRing } from '#fiscal/signature/key-ring'
import { type Proof, proveCode } from '#fiscal/signature/prove'
import { tillOf } from '#fiscal/till'
import { MARKETS, type MarketCode, type MarketRules } from '#schema/market'
import { minor } from '#schema/money'
import type { CodeScan } from '#schema/receipt'
import { wallMinuteIn } from '../offers/wall.ts'
import type { ReadSubmission } from './submission.ts'

export type ForeignPorts = {
  /** Keys of tills and certificates that somebody vouches for. */
  readonly keys: KeyRing
  readonly isOpen: (market: MarketCode) => boolean
}

/**
 * A code of another country than Russia as a submission. A signature that does not hold is refused
 * before anything is claimed: nobody could use up the identity of a true receipt by an edited copy.
 */
export async function readForeign(
  walletId: string,
  text: string,
  reading: CodeReading,
  { keys, isOpen }: ForeignPorts,
  now: number,
): Promise<ReadSubmission> {
  const country = reading.ok ? reading.code.country : reading.country
  if (country !== null && !isOpen(country)) {
    return { ok: false, code: 'foreign_receipt', extra: { country } }
  }
  if (!reading.ok) return refusal(reading)
  const { code } = reading
  const rules = MARKETS[code.country]
  if (code.currency !== null && code.currency !== rules.currency) {
    const extra = { country: code.country, seen: code.currency, needed: rules.currency }
    return { ok: false, code: 'foreign_currency', extra }
  }
  const proof = await proveCode(code, keys)
  if (proof.signature === 'invalid') {
    return { ok: false, code: 'signature_invalid', extra: { country: code.country } }
  }
  const scan = scanOf(text, code, proof, rules, now)
  const fingerprint = code.identity
  const contentKey = await contentKeyOf(code, scan)
  return {
    ok: true,
    market: code.country,
    submission: { walletId, scan, fingerprint, contentKey },
  }
}

/**
 * What the code says, and nothing of the moment in which it was scanned. The signature is part of
 * that: a forged copy of a true receipt is remembered as forged, and the true one is not.
 */
async function contentKeyOf(code: FiscalCode, scan: CodeScan): Promise<string> {
  const told = [code.identity, code.issuedAt ?? '', scan.totalMinor, scan.operation]
  const { seal, lookup } = code
  // TaxCore's signature stands in what its look-up is asked by.
  const signature = seal?.signature ?? (lookup?.vl ? new TextEncoder().encode(lookup.vl) : null)
  if (!signature) return told.join('|')
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(signature))
  return [...told, hexOf(new Uint8Array(digest))].join('|')
}

function scanOf(
  text: string,
  code: FiscalCode,
  proof: Proof,
  rules: MarketRules,
  now: number,
): CodeScan {
  return {
    country: code.country,
    text,
    time: wallTime(code.issuedAt ?? new Date(now).toISOString(), rules),
    // The sign of a return stands in `operation`.
    totalMinor: minor(Math.abs(code.totalMinor ?? 0)),
    operation: operationOf(code),
    issuer: code.issuer,
    till: tillOf(code),
    trust: proof.trust,
    signature: proof.signature,
    missing: [...code.missing],
    officialPage: code.officialPage,
  }
}

/**
 * A receipt that cancels another one prints its amounts with the other sign (Austria `STO`, Germany
 * `AVBelegstorno`): it takes back as a return does.
 */
export function operationOf({ operation, totalMinor }: FiscalCode): FiscalCode['operation'] {
  return operation === 'annulled' && Number(totalMinor) < 0 ? 'return' : operation
}

/** An instant, a wall clock or a day as the market's wall-clock minute; a day is its first one. */
export function wallTime(issuedAt: string, { timeZone }: Pick<MarketRules, 'timeZone'>): string {
  if (issuedAt.endsWith('Z')) return wallMinuteIn(issuedAt, timeZone)
  return issuedAt.length === 'YYYY-MM-DD'.length ? `${issuedAt}T00:00` : issuedAt.slice(0, 16)
}

function refusal({ country, reason, field }: CodeRefusal): ReadSubmission {
  const extra = { ...(country && { country }), reason, ...(field !== undefined && { field }) }
  return { ok: false, code: 'not_a_fiscal_code', extra }
}
