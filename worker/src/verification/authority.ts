import type { FiscalDocument, RuScan, VouchedScan } from '#schema/receipt'

/** What a service says whatever it was asked about: nothing about the receipt itself. */
export type NoAnswer =
  /**
   * No usable answer. `sparingly`: this very question was refused as such, so that the same answer
   * is likely; it is asked on the slow schedule, because the fault may as well be ours.
   */
  | { kind: 'unavailable'; detail: string; sparingly?: true }
  /** A limit of the network's own access is used up: everybody waits, the operator is told. */
  | { kind: 'quota'; detail: string; retryAfterMs: number }

/** What whoever can vouch for a receipt says about it. */
export type AnswerAbout<Document, Field> =
  | { kind: 'authentic'; document: Document }
  /** The fiscal sign was refused. Final: asking again with these data is forbidden. */
  | { kind: 'forged'; detail: string }
  /** The answer's document is not the scanned one: hostile or broken, it proves nothing. */
  | { kind: 'differs'; fields: Field[] }
  /** The document has not arrived: the till may be offline for up to 30 days. */
  | { kind: 'not_delivered' }
  | NoAnswer

/** What a Russian document and a scan are compared by. */
export type DifferingField = 'fn' | 'i' | 'fp' | 'time' | 'total' | 'kind'

/** Whose word an answer is: the code's own, as its market believes it, or the retailer's feed. */
export type Voucher = 'code' | 'sale'

/** The same about a receipt of any country, in the shape that receipts are judged in. */
export type AuthorityAnswer =
  | Exclude<AnswerAbout<FiscalDocument, string>, { kind: 'authentic' }>
  /**
   * `identities`: everything that this one receipt is known by, the claimed identity first; absent
   * where nothing but the claimed one is possible. `printed`: what its print says besides, which
   * proves nothing. `by`: absent where a service was asked.
   */
  | {
      kind: 'authentic'
      document: FiscalDocument
      identities?: readonly string[]
      printed?: readonly string[]
      by?: Voucher
    }
  /**
   * The code proves too little to pay, and nobody who could vouch for it has done so yet.
   * `claimedBy`: the retailer of each sale that was fed for it, for a person to see.
   */
  | { kind: 'unconfirmed'; claimedBy?: readonly string[] }

/** Asks once, waiting for an asynchronous answer where the service has one; never throws. */
export type Authority = { ask(scan: RuScan): Promise<AuthorityAnswer> }

/** The same for receipts of every country. */
export type AnyAuthority = { ask(scan: VouchedScan): Promise<AuthorityAnswer> }
