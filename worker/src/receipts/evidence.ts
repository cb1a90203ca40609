import {
  type FiscalDocument,
  isPaperScan,
  type ReceiptScan,
  type ReceiptStore,
} from '#schema/receipt'
import type { MatchedLine } from '../offers/basket.ts'
import type { ReturnedGoods } from './returned.ts'

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
  /** What had gone back to the shop before the receipt was judged. */
  readonly returned?: readonly ReturnedGoods[]
}

/** Whether the till's own clock is known; else whoever vouches says when it was, by another one. */
export function tellsMinute(scan: ReceiptScan): boolean {
  if (!('missing' in scan)) return !isPaperScan(scan)
  return !scan.missing.includes('issued_at') && !scan.missing.includes('time_of_day')
}

/** When it was bought: some codes do not tell, or only the day; then the document does. */
export function purchasedAt(scan: ReceiptScan, document: FiscalDocument): string {
  return tellsMinute(scan) ? scan.time : document.time
}
