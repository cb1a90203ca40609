import type { CellContext } from './cell-context.ts'
import { reviewEvent } from './review-event.ts'
import {
  type ReviewRow,
  reviewOfPhoto,
  reviewOfReceipt,
  reviewsOfPhoto,
  writeReview,
} from './review-row.ts'
import { first } from './sql-store.ts'
import { addTask } from './tasks.ts'

/** Cases for a person: how they begin, end and begin again; callers hold the transaction. */

/** Reviews of so long count against the limits of a wallet. */
export const REVIEWED_MONTH_MS = 30 * 86_400_000
const HOUR_MS = 3_600_000

export const caseOf = (subject: string, mark = '') => `rev_${mark}${subject.slice(4)}`

/** How long the service level gives a reviewer, ms. */
export const dueMs = ({ rules }: CellContext) => rules.reviewHoursMax * HOUR_MS

export function newReview(
  ctx: CellContext,
  part: Pick<ReviewRow, 'id' | 'kind' | 'walletId' | 'photoId' | 'receiptId'> &
    Partial<Pick<ReviewRow, 'country'>>,
  now: number,
): ReviewRow {
  return {
    country: null,
    ...part,
    askedAt: now,
    state: 'open',
    version: 0,
    dueAt: now + dueMs(ctx),
    claimedBy: null,
    claimedUntil: null,
    disputedAt: null,
    disputeNote: '',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    note: '',
    rewardMinor: 0,
    erasedAt: null,
    asked: null,
    askedBefore: [],
    approvals: [],
    document: null,
    evidence: null,
    marks: null,
  }
}

export function caseChanged(ctx: CellContext, row: ReviewRow, now: number): ReviewRow {
  row.version += 1
  writeReview(ctx.sql, row)
  const event = reviewEvent(ctx.name, row, now)
  addTask(ctx, { dueAt: now, id: event.id, body: { kind: 'event', event } })
  if (row.photoId !== null && row.kind === 'photo') touchPhoto(ctx, row.photoId)
  return row
}

/** Whoever waits for the photo is told that its review has changed. */
function touchPhoto(ctx: CellContext, photoId: string): void {
  ctx.sql.all(
    "UPDATE photos SET version = version + 1 WHERE id = ? AND state <> 'deleted'",
    photoId,
  )
  ctx.changed(photoId)
}

export function endCase(
  ctx: CellContext,
  row: ReviewRow,
  { state, by }: { state: ReviewRow['state']; by: string },
  now: number,
): ReviewRow {
  row.state = state
  row.decidedBy = by
  row.decidedAt = now
  row.claimedBy = null
  row.claimedUntil = null
  return caseChanged(ctx, row, now)
}

/** Asked again, as if for the first time. */
export function reopen(ctx: CellContext, row: ReviewRow, now: number): ReviewRow {
  row.state = 'open'
  row.dueAt = now + dueMs(ctx)
  row.approvals = []
  return caseChanged(ctx, row, now)
}

/** Whether fewer cases of the wallet are open than may be. */
export function mayAskReview(ctx: CellContext, walletId: string, now: number): boolean {
  const row = first<{ open: number }>(
    ctx.sql,
    `SELECT count(*) AS open FROM reviews
     WHERE wallet_id = ? AND asked_at > ? AND state = 'open' AND kind = 'photo'`,
    walletId,
    now - REVIEWED_MONTH_MS,
  )
  return (row?.open ?? 0) < ctx.rules.reviewsOpenMax
}

/** Its numbers were found after all: who was asked about them need not look. */
export function withdrawReview(ctx: CellContext, photoId: string, now: number): void {
  const row = reviewOfPhoto(ctx.sql, photoId)
  if (row) withdraw(ctx, row, now)
}

/** The receipt needs nobody's decision any more. */
export function withdrawReviewOf(ctx: CellContext, receiptId: string, now: number): void {
  const row = reviewOfReceipt(ctx.sql, receiptId)
  if (row?.kind === 'photo') withdraw(ctx, row, now)
}

/** The photo is deleted: there is nothing to look at any more, for a spot check neither. */
export function withdrawReviews(ctx: CellContext, photoId: string, now: number): void {
  for (const row of reviewsOfPhoto(ctx.sql, photoId)) withdraw(ctx, row, now)
}

function withdraw(ctx: CellContext, row: ReviewRow, now: number): void {
  if (row.state !== 'open') return
  row.state = 'withdrawn'
  // It speaks for no receipt any more: asked again, it is about the paper.
  if (row.kind === 'photo') row.receiptId = null
  row.claimedBy = null
  row.claimedUntil = null
  caseChanged(ctx, row, now)
}

/** The shopper typed something about a photo whose case is open: a decision has to know of it. */
export function correctedMeanwhile(ctx: CellContext, photoId: string, now: number): void {
  const row = reviewOfPhoto(ctx.sql, photoId)
  if (row?.state === 'open') caseChanged(ctx, row, now)
}
