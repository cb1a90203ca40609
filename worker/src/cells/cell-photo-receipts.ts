import type { ReceiptScan, ReceiptState } from '#schema/receipt'
import type { CellContext } from './cell-context.ts'
import { endReading, ownPhoto } from './cell-photos.ts'
import { type Submission, submit } from './cell-receipts.ts'
import { withdrawReview } from './cell-review-cases.ts'
import { spotCheck } from './cell-spot-checks.ts'
import { askPerson, contest, waitingOf } from './cell-waiting.ts'
import type { PhotoReceipt } from './photo-answers.ts'
import { type PhotoRow, readPhoto } from './photo-row.ts'
import { type ReceiptRow, readReceipt, updateScan } from './receipt-row.ts'
import { reviewOfReceipt } from './review-row.ts'

/** How a photo becomes a receipt, or the evidence of one; callers hold the transaction. */

export function submitPhoto(
  ctx: CellContext,
  row: PhotoRow,
  submission: Submission,
  now: number,
): void {
  const wanted = waitingOf(ctx, row)
  const isWanted = wanted !== null && wanted.fingerprint === submission.fingerprint
  const submitted = isWanted
    ? ({ kind: 'taken', row: wanted, created: false } as const)
    : submit(ctx, { ...submission, photoId: row.id }, now)
  if (submitted.kind === 'limited') {
    endReading(ctx, row, { state: 'needs_fields', problem: 'submissions_exhausted' })
    return
  }
  withdrawReview(ctx, row.id, now)
  notePrint(ctx, submitted.row, submission.scan)
  row.receiptId = submitted.row.id
  row.country = null
  endReading(ctx, row, { state: 'submitted', problem: null })
  if (isWanted) askPerson(ctx, row, wanted.id, now)
  else contest(ctx, submitted.row, now)
  if (submitted.created) spotCheck(ctx, row, now)
}

/**
 * The print shows the other number of a receipt that was scanned before, and not judged yet. What
 * a person is asked about stands: a later picture, which that person does not see, adds nothing.
 */
function notePrint(ctx: CellContext, row: ReceiptRow, shown: ReceiptScan): void {
  if (!('text' in shown) || !shown.alsoPrinted || !('text' in row.scan)) return
  if (row.scan.alsoPrinted || row.judged !== null) return
  if (reviewOfReceipt(ctx.sql, row.id) !== null) return
  updateScan(ctx.sql, row, { ...row.scan, alsoPrinted: shown.alsoPrinted })
}

/** Also while it is read, or its shop's sales are looked through: the numbers say more. */
const LINKED_STATES: readonly PhotoRow['state'][] = ['reading', 'needs_fields', 'submitted']

/** Nothing will come of a receipt in one of these. */
const DEAD_STATES: readonly ReceiptState[] = ['rejected', 'released']

/** The photo is the evidence of a receipt here, and must not become another one's. */
function isEvidence(ctx: CellContext, { country, receiptId }: PhotoRow): boolean {
  const receipt = receiptId === null || country !== null ? null : readReceipt(ctx.sql, receiptId)
  return receipt !== null && !DEAD_STATES.includes(receipt.state)
}

/** Numbers typed beside a photo became a receipt: the photo is its evidence. */
export function linkPhoto(
  ctx: CellContext,
  walletId: string,
  photoId: string,
  { receiptId, country }: PhotoReceipt,
  now: number,
): void {
  const row = ownPhoto(ctx, walletId, photoId)
  if (!row || !LINKED_STATES.includes(row.state) || isEvidence(ctx, row)) return
  withdrawReview(ctx, photoId, now)
  const linked = readPhoto(ctx.sql, photoId) ?? row
  linked.receiptId = receiptId
  linked.country = country
  endReading(ctx, linked, { state: 'submitted', problem: null })
  // Its claim may have been answered before the photo was there.
  const receipt = country === null ? readReceipt(ctx.sql, receiptId) : null
  if (receipt) contest(ctx, receipt, now)
}
