import type { FiscalCode, Operation } from '#fiscal/code'
import type { DocumentLine } from '#schema/receipt'
import type { AnswerAbout } from '../authority.ts'

/** A receipt as its country's look-up tells it. */
export type LookupDocument = {
  /** Canonical identities that the answer proves to be this one receipt; the scanned one first. */
  readonly identities: readonly string[]
  readonly sellerName: string | null
  readonly sellerTaxNumber: string | null
  readonly till: string | null
  readonly address: string | null
  readonly placeName: string | null
  /** Minor units, with the sign that the country gives it: some returns are negative. */
  readonly totalMinor: number
  /** ISO 4217. */
  readonly currency: string
  /** A wall clock without zone, or an instant that ends in `Z`; as the code says it where it does. */
  readonly issuedAt: string
  readonly operation: Operation
  /** Goods that were sold. Discounts and corrections are no goods: the total knows of them. */
  readonly lines: readonly DocumentLine[]
}

type LookupField = 'identity' | 'issuer' | 'total' | 'time' | 'operation'
export type LookupAnswer = AnswerAbout<LookupDocument, LookupField>

/** A service that answers programs about receipts of one country; never throws. */
export type LookUp = { ask(code: FiscalCode): Promise<LookupAnswer> }

/** An answer's document before it is compared. */
export type SeenDocument = Omit<LookupDocument, 'identities' | 'issuedAt'> & {
  /** Identities made of the answer's own numbers, as `fiscal/` makes them of a code's. */
  readonly identities: readonly string[]
  /** What the written time may mean, best first. */
  readonly times: readonly string[]
}

/**
 * Compares an answer with the scan field by field, in what both say. A document that is another
 * receipt, however slightly, proves nothing about this one.
 */
export function judged(code: FiscalCode, seen: SeenDocument): LookupAnswer {
  const pairs: [LookupField, boolean][] = [
    ['identity', seen.identities.includes(code.identity)],
    ['issuer', code.issuer === null || sameNumber(code.issuer, seen.sellerTaxNumber)],
    ['total', code.totalMinor === null || code.totalMinor === seen.totalMinor],
    ['time', code.issuedAt === null || seen.times.some((time) => sameTime(code.issuedAt, time))],
    ['operation', code.missing.includes('operation') || code.operation === seen.operation],
  ]
  const fields = pairs.filter(([, same]) => !same).map(([field]) => field)
  if (fields.length > 0) return { kind: 'differs', fields }
  const { times, identities, ...document } = seen
  const issuedAt = code.issuedAt ?? times[0]
  if (issuedAt === undefined) return unreadable('time')
  const others = identities.filter((identity) => identity !== code.identity)
  return {
    kind: 'authentic',
    document: { ...document, identities: [code.identity, ...others], issuedAt },
  }
}

/** Tax numbers are told apart by their letters and digits, not by blanks or zeros in front. */
function sameNumber(scanned: string, seen: string | null): boolean {
  const bare = (text: string) =>
    text
      .replace(/\s/g, '')
      .toUpperCase()
      .replace(/^0+(?=.)/, '')
  return seen !== null && bare(seen) === bare(scanned)
}

const SECONDS = 'YYYY-MM-DDTHH:mm:ss'.length

/** Wall clocks up to the shorter one, instants up to the second; one never equals the other. */
function sameTime(scanned: string | null, seen: string): boolean {
  if (scanned === null || scanned.endsWith('Z') !== seen.endsWith('Z')) return false
  const length = Math.min(scanned.length, seen.length, SECONDS)
  return scanned.slice(0, length) === seen.slice(0, length)
}

/** The shape is new to us: an honest shopper is not refused for that, and is asked for seldom. */
export function unreadable(where: string): LookupAnswer {
  return { kind: 'unavailable', detail: `the answer is unreadable at ${where}`, sparingly: true }
}
