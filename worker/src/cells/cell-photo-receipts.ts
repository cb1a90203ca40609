import type { ReceiptState } from '#schema/receipt'
import type { CellContext } from './cell-context.ts'
import { endReading, ownPhoto } from './cell-photos.ts'
import { type Submission, submit } from './cell-receipts.ts'
import { withdrawReview } from './cell-review-cases.ts'
import { spotCheck } from './cell-spot-checks.ts'
import { askPerson, waitingOf } from './cell-waiting.ts'
import type { PhotoReceipt } from './photo-answers.ts'
import { type PhotoRow, readPhoto } from './photo-row.ts'
import { readReceipt } from './receipt-row.ts'

/** How a photo becomes a receipt, or the evidence of one; callers hold the transaction. */

export function submitPhoto(
  ctx: CellContext,
  row: PhotoRow,
  submission: Submission,
  now: number,
): void {
  const submitted = submit(ctx, { ...submission, photoId: row.id }, now)
  if (submitted.kind === 'limited') {
    endReading(ctx, row, { state: 'needs_fields', problem: 'submissions_exhausted' })
    return
  }
  withdrawReview(ctx, row.id, now)
  const wanted = waitingOf(ctx, row)
  row.receiptId = submitted.row.id
  row.country = null
  endReading(ctx, row, { state: 'submitted', problem: null })
  if (wanted?.id === submitted.row.id) askPerson(ctx, row, wanted.id, now)
  if (submitted.created) spotCheck(ctx, row, now)
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
}
