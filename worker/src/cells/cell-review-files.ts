import { minor } from '#schema/money'
import type { ReceiptReason, ReceiptScan } from '#schema/receipt'
import type { ReviewHistory, ReviewSummary } from '#schema/review'
import type { Evidence } from '../receipts/evidence.ts'
import type { CellContext } from './cell-context.ts'
import { REVIEWED_MONTH_MS } from './cell-review-cases.ts'
import { undeliveredAnswers } from './cell-waiting.ts'
import { type PhotoRow, readPhoto } from './photo-row.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import { instant, instantOrNull, purchaseOf } from './review-event.ts'
import { type ReviewRow, readReview } from './review-row.ts'
import { first } from './sql-store.ts'

/** A case as one reviewer reads it, with all that its cell knows for the decision. */

/** What a case shows of its receipt; `judged` is null as long as nobody vouches for it. */
export type ReviewedReceipt = {
  readonly scan: ReceiptScan
  readonly judged: Evidence | null
  readonly reason: ReceiptReason | null
  /** How often its service has said that there is no such receipt. */
  readonly undelivered: number
} & Pick<ReceiptRow, 'fingerprint' | 'purchasedAt' | 'totalMinor'>

export type ReviewFile = {
  readonly row: ReviewRow
  readonly summary: ReviewSummary
  readonly history: ReviewHistory
  readonly photo: Pick<PhotoRow, 'reading' | 'typed' | 'reasons' | 'key' | 'shots'> | null
  /** Of a case about a receipt: what its code or its papers said, and what was judged. */
  readonly receipt: ReviewedReceipt | null
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
  return {
    row,
    summary: reviewSummary(ctx, row, reviewerId, now),
    history: historyOf(ctx, row, now),
    photo,
    receipt: row.receiptId === null ? null : reviewedReceipt(ctx, row.receiptId),
    cell: ctx.name,
  }
}

/** A receipt of this cell as a case shows it, wherever that case is. */
export function reviewedReceipt({ sql }: CellContext, id: string): ReviewedReceipt | null {
  const row = readReceipt(sql, id)
  if (row === null) return null
  const { scan, judged, reason, timeline, fingerprint, purchasedAt, totalMinor } = row
  const known = { fingerprint, purchasedAt, totalMinor }
  return { scan, judged, reason, undelivered: undeliveredAnswers(timeline), ...known }
}

/** The case as the queue lists it, for one reviewer. */
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
    market: row.country ?? ctx.rules.code,
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
