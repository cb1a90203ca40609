import { FINAL_RECEIPT_STATES } from '#schema/receipt'
import type { CellContext } from './cell-context.ts'
import { caseChanged } from './cell-review-cases.ts'
import { readReceipt } from './receipt-row.ts'
import { reviewsOfPhoto } from './review-row.ts'

/** What people have typed about a photo goes with it; callers hold the transaction. */

/**
 * What people have typed of a photo goes with the photo: its owner and its reviewers, in the case
 * and in the queue's copy of it. What is still to be judged by the evidence keeps that until then.
 */
export function forgetReviews(ctx: CellContext, photoId: string, now: number): void {
  for (const row of reviewsOfPhoto(ctx.sql, photoId)) {
    const receipt = row.receiptId === null ? null : readReceipt(ctx.sql, row.receiptId)
    if (!receipt || FINAL_RECEIPT_STATES.includes(receipt.state)) row.evidence = null
    row.erasedAt = now
    row.asked = null
    row.askedBefore = []
    row.document = null
    row.note = ''
    row.disputeNote = ''
    row.approvals = row.approvals.map(({ by }) => ({ by, content: '' }))
    caseChanged(ctx, row, now)
  }
}

/** The night's share: evidence that an erased case has kept until its receipt was judged. */
export function eraseEvidence({ sql }: CellContext): void {
  const states = FINAL_RECEIPT_STATES.map(() => '?').join(', ')
  sql.all(
    `UPDATE reviews SET evidence = NULL WHERE erased_at IS NOT NULL AND evidence IS NOT NULL
       AND receipt_id IN (SELECT id FROM receipts WHERE state IN (${states}))`,
    ...FINAL_RECEIPT_STATES,
  )
}
