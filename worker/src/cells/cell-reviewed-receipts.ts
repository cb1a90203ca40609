import type { ReceiptScan } from '#schema/receipt'
import type { DeclineReason } from '#schema/review-verdict'
import { isPaperFingerprint } from '../reviews/paper.ts'
import type { CellContext } from './cell-context.ts'
import { sellerOf } from './cell-papers.ts'
import { endAsking, photoChanged } from './cell-photos.ts'
import {
  caseChanged,
  caseOf,
  endCase,
  mayAskReview,
  newReview,
  reopen,
  withdrawReviewOf,
} from './cell-review-cases.ts'
import { findPhotos, readPhoto, updatePhoto } from './photo-row.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import {
  type ReviewedEvidence,
  type ReviewRow,
  readReview,
  reviewOfPhoto,
  reviewOfReceipt,
} from './review-row.ts'

/**
 * What a case and the receipt that comes of it, or waits for it, do to each other; callers hold the
 * transaction.
 */

/** Photos of one receipt; its shopper has hardly taken more of them. */
const REJECTED_PHOTOS_MAX = 20

/** The network itself declines what turns out to be a receipt that was credited already. */
const BY_NETWORK = 'network'

/** The photo follows its review: the receipt that it became, or none again. */
export function settlePhoto(ctx: CellContext, row: ReviewRow, receiptId: string | null): void {
  const { photoId } = row
  const photo = photoId === null ? null : readPhoto(ctx.sql, photoId)
  if (!photo || (receiptId === null && photo.receiptId !== row.receiptId)) return
  photo.state = receiptId === null ? 'needs_fields' : 'submitted'
  photo.receiptId = receiptId
  // Whatever else was read on it: the receipt that a person approved is this market's.
  photo.country = null
  photo.problem = null
  // It is known what it is: its shop's sales are looked through no more.
  endAsking(ctx, photo)
  updatePhoto(ctx.sql, photo)
}

/**
 * An approved paper receipt turned out to be one that is credited already: its photo is declined,
 * and the shopper may dispute that like any other verdict.
 */
export function reviewCollided(ctx: CellContext, receipt: ReceiptRow, now: number): void {
  overrule(ctx, receipt, 'already_used', now)
}

/** An answer was under way that says another document: a person does not outvote it. */
export function reviewDiffered(ctx: CellContext, receipt: ReceiptRow, now: number): void {
  overrule(ctx, receipt, 'fields_do_not_match', now)
  withdrawReviewOf(ctx, receipt.id, now)
}

/**
 * Another wallet's paper has won the code: whoever shows a paper of it too is answered, and may
 * dispute that.
 */
export function reviewLost(ctx: CellContext, { id, scan }: ReceiptRow, now: number): void {
  const row = reviewOfReceipt(ctx.sql, id)
  if (row?.kind !== 'photo' || (row.state !== 'approved' && row.state !== 'open')) return
  endOverruled(ctx, row, scan, 'already_used', now)
}

function overrule(ctx: CellContext, receipt: ReceiptRow, reason: DeclineReason, now: number): void {
  const row = reviewOfReceipt(ctx.sql, receipt.id)
  if (row?.kind !== 'photo' || row.state !== 'approved') return
  endOverruled(ctx, row, receipt.scan, reason, now)
}

function endOverruled(
  ctx: CellContext,
  row: ReviewRow,
  scan: ReceiptScan,
  reason: DeclineReason,
  now: number,
): void {
  settlePhoto(ctx, row, null)
  // Disputed, it is still about that code: who else claims it is shown, and what it says binds.
  if (reason !== 'already_used' || !('text' in scan)) row.receiptId = null
  row.evidence = null
  row.rewardMinor = 0
  row.approvals = []
  row.reason = reason
  endCase(ctx, row, { state: 'declined', by: BY_NETWORK }, now)
}

/**
 * Nothing comes of the receipt that was read or typed: its photo waits for its owner again, and
 * whoever was asked to look before the numbers came is asked again. What a person has approved is
 * not undone by that.
 */
export function photosRejected(ctx: CellContext, receipt: ReceiptRow, now: number): void {
  if (isPaperFingerprint(receipt.fingerprint)) return
  const condition = "wallet_id = ? AND receipt_id = ? AND country IS NULL AND state = 'submitted'"
  const values = [receipt.walletId, receipt.id]
  for (const photo of findPhotos(ctx.sql, condition, values, REJECTED_PHOTOS_MAX)) {
    photo.state = 'needs_fields'
    photo.receiptId = null
    photoChanged(ctx, photo)
    const row = reviewOfPhoto(ctx.sql, photo.id)
    // Its code is closed: what is left to decide about is the paper.
    if (row?.state === 'open') caseChanged(ctx, { ...row, receiptId: null }, now)
    if (row?.state === 'withdrawn' && mayAskReview(ctx, photo.walletId, now)) reopen(ctx, row, now)
  }
}

/**
 * A scan that looks like a paper receipt of another wallet: a person compares the two. What was
 * decided about it stands, unless it has been told apart from others than those of the evidence.
 */
export function compareScan(
  ctx: CellContext,
  { id, walletId }: ReceiptRow,
  evidence: ReviewedEvidence,
  now: number,
): void {
  const reviewId = caseOf(id)
  const known = readReview(ctx.sql, reviewId)
  if (known && known.state !== 'open') {
    const told = toldApartFrom(ctx, id)
    const isNews = evidence.distinctFrom.some((other) => !told.includes(other))
    if (known.state === 'approved' && isNews) reopen(ctx, { ...known, evidence }, now)
    return
  }
  const part = { id: reviewId, kind: 'collision', walletId, photoId: null, receiptId: id } as const
  caseChanged(ctx, { ...(known ?? newReview(ctx, part, now)), evidence }, now)
}

/** Whether a person has said that the scan is a purchase of its own. */
export function isToldApart(ctx: CellContext, receiptId: string): boolean {
  return reviewOfReceipt(ctx.sql, receiptId)?.state === 'approved'
}

/** Whether a person has vouched for the code itself, whose mark was compared with all others. */
export function isToldByPaper(ctx: CellContext, receiptId: string): boolean {
  const review = reviewOfReceipt(ctx.sql, receiptId)
  return review?.state === 'approved' && review.kind === 'photo'
}

/** The receipts that a person has compared a scan with, and told apart. */
export function toldApartFrom(ctx: CellContext, receiptId: string): readonly string[] {
  const review = reviewOfReceipt(ctx.sql, receiptId)
  if (review?.state !== 'approved' || review.kind !== 'collision') return []
  return review.evidence?.distinctFrom ?? []
}

export type ReviewedJob = NonNullable<ReturnType<typeof reviewedJob>>

/** The evidence and the mark that a decided case hands to whoever verifies its receipt. */
export function reviewedJob(ctx: CellContext, receiptId: string) {
  const row = reviewOfReceipt(ctx.sql, receiptId)
  const receipt = readReceipt(ctx.sql, receiptId)
  const waits = receipt?.state === 'verifying' || receipt?.state === 'awaiting_authority'
  if (row?.state !== 'approved' || !row.evidence || !waits) return null
  const { till, distinctFrom, ...evidence } = row.evidence
  const { purchasedAt: time, totalMinor } = receipt
  const purchase = { ...sellerOf(evidence), time, totalMinor, walletId: row.walletId, receiptId }
  return {
    evidence,
    till,
    mark: row.kind === 'photo' ? { ...purchase, distinctFrom } : null,
    /** Of a code: all that its receipt is called; null of a paper, which has claimed all it is. */
    names:
      'text' in receipt.scan
        ? { proved: [receipt.fingerprint], printed: receipt.scan.alsoPrinted ?? [] }
        : null,
  }
}
