import type { FiscalDocument, ReceiptScan, RuScan } from '#schema/receipt'

/** What whoever can vouch for a receipt says about it. */
export type AuthorityAnswer =
  | { kind: 'authentic'; document: FiscalDocument }
  /** The fiscal sign was refused. Final: asking again with these data is forbidden. */
  | { kind: 'forged'; detail: string }
  /** The answer's document is not the scanned one: hostile or broken, it proves nothing. */
  | { kind: 'differs'; fields: DifferingField[] }
  /** The sign holds, the document has not arrived: the till may be offline for up to 30 days. */
  | { kind: 'not_delivered' }
  /** The code proves too little to pay, and nobody who could vouch for it has done so yet. */
  | { kind: 'unconfirmed' }
  /**
   * No usable answer. `sparingly`: this very question was refused as such, so that the same answer
   * is likely; it is asked on the slow schedule, because the fault may as well be ours.
   */
  | { kind: 'unavailable'; detail: string; sparingly?: true }
  /** A limit of the network's own access is used up: everybody waits, the operator is told. */
  | { kind: 'quota'; detail: string; retryAfterMs: number }

/** What a document and a scan are compared by. */
export type DifferingField = 'fn' | 'i' | 'fp' | 'time' | 'total' | 'kind'

/** Asks once, waiting for an asynchronous answer where the service has one; never throws. */
export type Authority = { ask(scan: RuScan): Promise<AuthorityAnswer> }

/** The same for receipts of every country. */
export type AnyAuthority = { ask(scan: ReceiptScan): Promise<AuthorityAnswer> }
