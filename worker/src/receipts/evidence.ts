import type { FiscalDocument, ReceiptScan, ReceiptStore } from '#schema/receipt'
import type { MatchedLine } from '../offers/basket.ts'

/** A document line matched to the catalogue, with what a person wants to read about it. */
export type EvidenceLine = MatchedLine & {
  /** The catalogue's name of the product; empty when nothing was found. */
  readonly name: string
  /** `gtin`, `alias`, `name`; empty when nothing was found. */
  readonly by: string
}

/** What the authority said and what matching made of it: enough to judge, and to judge again. */
export type Evidence = {
  readonly document: FiscalDocument
  readonly store: ReceiptStore | null
  /** One per line of the document. */
  readonly matches: readonly EvidenceLine[]
  readonly snapshotVersion: number
}

/** When it was bought: some codes do not tell, then the document does. */
export function purchasedAt(scan: ReceiptScan, document: FiscalDocument): string {
  const isTold = !('missing' in scan) || !scan.missing.includes('issued_at')
  return isTold ? scan.time : document.time
}
