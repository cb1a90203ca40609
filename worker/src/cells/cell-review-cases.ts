import type { CellEvent } from '#schema/event'
import { minor } from '#schema/money'
import { type CodeScan, FINAL_RECEIPT_STATES } from '#schema/receipt'
import type { ReviewHistory, ReviewSummary } from '#schema/review'
import type { Evidence } from '../receipts/evidence.ts'
import { isPaperFingerprint } from '../reviews/paper.ts'
import type { CellContext } from './cell-context.ts'
import { sellerOf } from './cell-papers.ts'
import { findPhotos, type PhotoRow, photoTaskId, readPhoto, updatePhoto } from './photo-row.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import {
  type ReviewedEvidence,
  type ReviewRow,
  readReview,
  reviewOfPhoto,
  reviewOfReceipt,
  reviewsOfPhoto,
  writeReview,
} from './review-row.ts'
import { SLOTS, slotOf } from './slot.ts'
import { first } from './sql-store.ts'
import { addTask, removeTask } from './tasks.ts'

/**
 * Cases for a person: how they begin, what they tell the queue, and what the receipt that came of
 * one does to it. Callers hold the transaction.
 */

const DAY_MS = 86_400_000
const REVIEWED_MONTH_MS = 30 * DAY_MS
const HOUR_MS = 3_600_000
const BPS = 10_000
const NAME_MAX = 128
/** Photos of one receipt; its shopper has hardly taken more of them. */
const REJECTED_PHOTOS_MAX = 20

/** The network itself declines what turns out to be a receipt that was credited already. */
const BY_NETWORK = 'network'

export const caseOf = (subject: string, mark = '') => `rev_${mark}${subject.slice(4)}`

/** How long the service level gives a reviewer, ms. */
export const dueMs = ({ rules }: CellContext) => rules.reviewHoursMax * HOUR_MS

export function newReview(
  ctx: CellContext,
  part: Pick<ReviewRow, 'id' | 'kind' | 'walletId' | 'photoId' | 'receiptId'>,
  now: number,
): ReviewRow {
  return {
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

export function end(
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
  return changed(ctx, row, now)
}

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
  if (photo.taskDueAt !== null) removeTask(ctx.sql, photo.taskDueAt, photoTaskId(photo.id))
  photo.taskDueAt = null
  updatePhoto(ctx.sql, photo)
}

/**
 * An approved paper receipt turned out to be one that is credited already: its photo is declined,
 * and the shopper may dispute that like any other verdict.
 */
export function reviewCollided(ctx: CellContext, receipt: ReceiptRow, now: number): void {
  const row = reviewOfReceipt(ctx.sql, receipt.id)
  if (row?.kind !== 'photo' || row.state !== 'approved') return
  settlePhoto(ctx, row, null)
  row.receiptId = null
  row.evidence = null
  row.rewardMinor = 0
  row.reason = 'already_used'
  end(ctx, row, { state: 'declined', by: BY_NETWORK }, now)
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
    photo.version += 1
    updatePhoto(ctx.sql, photo)
    ctx.changed(photo.id)
    const row = reviewOfPhoto(ctx.sql, photo.id)
    // Its code is closed: what is left to decide about is the paper.
    if (row?.state === 'open') changed(ctx, { ...row, receiptId: null }, now)
    if (row?.state === 'withdrawn' && mayAskReview(ctx, photo.walletId, now)) reopen(ctx, row, now)
  }
}

/** Asked again, as if for the first time. */
export function reopen(ctx: CellContext, row: ReviewRow, now: number): ReviewRow {
  row.state = 'open'
  row.dueAt = now + dueMs(ctx)
  row.approvals = []
  return changed(ctx, row, now)
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

/** A scan that looks like a paper receipt of another wallet: a person compares the two. */
export function compareScan(
  ctx: CellContext,
  { id, walletId }: ReceiptRow,
  evidence: ReviewedEvidence,
  now: number,
): void {
  const reviewId = caseOf(id)
  const part = { id: reviewId, kind: 'collision', walletId, photoId: null, receiptId: id } as const
  changed(ctx, { ...newReview(ctx, part, now), evidence }, now)
}

/** Whether a person has said that the scan is a purchase of its own. */
export function isToldApart(ctx: CellContext, receiptId: string): boolean {
  return reviewOfReceipt(ctx.sql, receiptId)?.state === 'approved'
}

/**
 * Puts a share of what photos became without a person before one, beside the shopper's reward.
 * Which ones follows from the receipt's id, a keyed hash that nobody can aim at.
 */
export function spotCheck(ctx: CellContext, photo: PhotoRow, now: number): void {
  const { id: photoId, walletId, receiptId } = photo
  if (receiptId === null) return
  if (slotOf(receiptId) * BPS >= ctx.rules.spotCheckBps * SLOTS) return
  const id = caseOf(photoId, 's')
  if (readReview(ctx.sql, id)) return
  const part = { id, kind: 'spot_check', walletId, photoId, receiptId } as const
  changed(ctx, newReview(ctx, part, now), now)
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
  row.claimedBy = null
  row.claimedUntil = null
  changed(ctx, row, now)
}

/** The shopper typed something about a photo whose case is open: a decision has to know of it. */
export function correctedMeanwhile(ctx: CellContext, photoId: string, now: number): void {
  const row = reviewOfPhoto(ctx.sql, photoId)
  if (row?.state === 'open') changed(ctx, row, now)
}

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
    changed(ctx, row, now)
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

export function changed(ctx: CellContext, row: ReviewRow, now: number): ReviewRow {
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

const instant = (at: number) => new Date(at).toISOString()
const instantOrNull = (at: number | null) => (at === null ? null : instant(at))

export type ReviewChanged = Extract<CellEvent, { type: 'review_changed' }>

/** The case as the queue of all cells lists it. */
export function reviewEvent(cell: string, row: ReviewRow, now: number): ReviewChanged {
  return {
    type: 'review_changed',
    id: `review:${row.id}:${row.version}`,
    at: instant(now),
    cell,
    reviewId: row.id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    isDispute: row.disputedAt !== null,
    approvals: row.approvals.length,
    ...purchaseOf(row),
    askedAt: instant(row.askedAt),
    dueAt: instant(row.dueAt),
    claimedBy: row.claimedBy,
    claimedUntil: instantOrNull(row.claimedUntil),
    decidedAt: instantOrNull(row.decidedAt),
    marks: row.marks,
  }
}

/** What the queue names a case by; nothing of an erased one. */
function purchaseOf({ evidence, asked, erasedAt }: ReviewRow) {
  if (erasedAt !== null) return { retailer: '', totalMinor: null }
  return {
    retailer: (evidence?.store?.name ?? asked?.retailer ?? '').slice(0, NAME_MAX),
    totalMinor: asked?.totalMinor ?? evidence?.document.totalMinor ?? null,
  }
}

/** The same for one reviewer. */
function reviewSummary(
  ctx: CellContext,
  row: ReviewRow,
  reviewerId: string,
  now: number,
): ReviewSummary {
  const isClaimed = row.claimedUntil !== null && row.claimedUntil > now
  return {
    id: row.id,
    kind: row.kind,
    market: ctx.rules.code,
    state: row.state,
    isDispute: row.disputedAt !== null,
    approvals: row.approvals.length,
    ...purchaseOf(row),
    askedAt: instant(row.askedAt),
    dueAt: instant(row.dueAt),
    claimedUntil: isClaimed ? instantOrNull(row.claimedUntil) : null,
    isMine: isClaimed && row.claimedBy === reviewerId,
  }
}

/** What reviews of the last 30 days let the wallet earn, by what was approved. */
export function reviewedMonthMinor(ctx: CellContext, walletId: string, now: number): number {
  const row = first<{ sum: number }>(
    ctx.sql,
    `SELECT coalesce(sum(reward_minor), 0) AS sum FROM reviews
     WHERE wallet_id = ? AND decided_at > ? AND state = 'approved' AND kind = 'photo'`,
    walletId,
    now - REVIEWED_MONTH_MS,
  )
  return row?.sum ?? 0
}

/** What the wallet has brought before this case. */
function historyOf(ctx: CellContext, row: ReviewRow, now: number): ReviewHistory {
  const receipts = first<{ receipts: number; credited: number }>(
    ctx.sql,
    `SELECT count(*) AS receipts, coalesce(sum(state = 'credited'), 0) AS credited
     FROM receipts WHERE wallet_id = ?`,
    row.walletId,
  )
  const reviews = first<{ reviews: number; approved: number; declined: number }>(
    ctx.sql,
    `SELECT count(*) AS reviews, coalesce(sum(state = 'approved'), 0) AS approved,
       coalesce(sum(state = 'declined'), 0) AS declined
     FROM reviews WHERE wallet_id = ? AND id <> ? AND kind = 'photo'`,
    row.walletId,
    row.id,
  )
  return {
    receipts: receipts?.receipts ?? 0,
    credited: receipts?.credited ?? 0,
    reviews: reviews?.reviews ?? 0,
    approved: reviews?.approved ?? 0,
    declined: reviews?.declined ?? 0,
    monthMinor: minor(reviewedMonthMinor(ctx, row.walletId, now)),
  }
}

export type ReviewFile = {
  readonly row: ReviewRow
  readonly summary: ReviewSummary
  readonly history: ReviewHistory
  readonly photo: Pick<PhotoRow, 'reading' | 'typed' | 'reasons' | 'key' | 'shots'> | null
  /** Of a spot check: what was judged. */
  readonly judged: Evidence | null
  /** The waiting code that the case decides; null when it decides none. */
  readonly scan: CodeScan | null
  readonly cell: string
}

/** Everything that this cell knows of a case; null when there is none of that id. */
export function reviewFile(
  ctx: CellContext,
  id: string,
  reviewerId: string,
  now: number,
): ReviewFile | null {
  const row = readReview(ctx.sql, id)
  if (!row) return null
  const photo = row.photoId === null ? null : readPhoto(ctx.sql, row.photoId)
  const receipt = row.receiptId === null ? null : readReceipt(ctx.sql, row.receiptId)
  return {
    row,
    summary: reviewSummary(ctx, row, reviewerId, now),
    history: historyOf(ctx, row, now),
    photo,
    judged: receipt?.judged ?? null,
    scan: row.kind === 'photo' && receipt && 'text' in receipt.scan ? receipt.scan : null,
    cell: ctx.name,
  }
}

const PHOTOS_SHOWN_MAX = 20

/**
 * Photos of the wallet that a person has or has declined, newest first: what has become a receipt
 * is among the receipts.
 */
export function reviewedPhotos(ctx: CellContext, walletId: string): PhotoRow[] {
  const rows = ctx.sql.all<{ photoId: string }>(
    `SELECT photo_id AS photoId FROM reviews JOIN photos ON photos.id = photo_id
     WHERE reviews.wallet_id = ? AND kind = 'photo' AND reviews.state IN ('open', 'declined')
       AND photos.state IN ('reading', 'needs_fields')
     ORDER BY asked_at DESC LIMIT ?`,
    walletId,
    PHOTOS_SHOWN_MAX,
  )
  return rows.flatMap(({ photoId }) => readPhoto(ctx.sql, photoId) ?? [])
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
  }
}
