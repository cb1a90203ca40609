import type { DeclineReason } from '#schema/review-verdict'
import { type Evidence, purchasedAt } from '../receipts/evidence.ts'
import { decideApart, decideSame, reject } from '../receipts/journey.ts'
import type { CellContext } from './cell-context.ts'
import { take } from './cell-steps.ts'
import { awaitsPerson } from './cell-waiting.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import { reviewOfReceipt } from './review-row.ts'

/**
 * What a person's word does to a receipt that waits for it: a code that nobody has vouched for, or
 * a scan that is compared with another receipt. Callers hold the transaction.
 */

/** A person vouches for a waiting code by its paper, which says when and for how much it was. */
export function resumeWaiting(
  ctx: CellContext,
  receiptId: string,
  document: Evidence['document'],
  now: number,
): boolean {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row || !awaitsPerson(row)) return false
  row.purchasedAt = purchasedAt(row.scan, document)
  row.totalMinor = document.totalMinor
  take(ctx, row, decideApart(now), now)
  return true
}

/** Whether its code is another's, whom somebody has vouched for: only the paper is left to pay. */
export function isLost({ sql }: Pick<CellContext, 'sql'>, receiptId: string): boolean {
  const row = readReceipt(sql, receiptId)
  return row !== null && row.state === 'duplicate' && !awaitsPerson(row)
}

/** A person has seen on its paper that a waiting code is not to be paid. */
export function refuseWaiting(
  ctx: CellContext,
  receiptId: string,
  reason: DeclineReason,
  now: number,
): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row || !awaitsPerson(row)) return
  take(ctx, row, reject({ code: 'review_declined', seen: reason }, 'review_declined', now), now)
}

/** Whether a person has vouched for the code, which its timeline says already. */
export function isApproved(ctx: CellContext, { id, scan, timeline }: ReceiptRow): boolean {
  if (!('text' in scan) || timeline.at(-1)?.step !== 'reviewed') return false
  const review = reviewOfReceipt(ctx.sql, id)
  return review?.kind === 'photo' && review.state === 'approved'
}

/** Held for a comparison: no new attempt may pass it by. */
export const isCompared = ({ state, claim }: ReceiptRow) =>
  state === 'duplicate' && claim === 'held'

/** What it was compared with may have been given back meanwhile. */
const TOLD_SAME_MS = 86_400_000

/** A person has just said that it is the receipt which was sent before: asked again, it still is. */
export function isToldSame(
  { sql }: Pick<CellContext, 'sql'>,
  { id }: ReceiptRow,
  now: number,
): boolean {
  const review = reviewOfReceipt(sql, id)
  if (review?.kind !== 'collision' || review.state !== 'declined') return false
  return now - (review.decidedAt ?? now) < TOLD_SAME_MS
}

/** A person says that it is a purchase of its own: its evidence is judged after all. */
export function resumeCompared(ctx: CellContext, receiptId: string, now: number): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (row && isCompared(row)) take(ctx, row, decideApart(now), now)
}

/** A person says that it is the receipt that was credited: its claim is given back. */
export function closeCompared(ctx: CellContext, receiptId: string, now: number): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (row && isCompared(row)) take(ctx, row, decideSame(row.reason, now), now)
}
