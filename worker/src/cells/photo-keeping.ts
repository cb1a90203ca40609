import { DISPUTE_DAYS, type Photo, type PhotoSummary } from '#schema/photo'
import { FINAL_RECEIPT_STATES } from '#schema/receipt'
import type { CellContext } from './cell-context.ts'
import { findPhotos, type PhotoRow, photoView } from './photo-row.ts'
import { readReceipt } from './receipt-row.ts'
import { photoReview, reviewOfPhoto } from './review-row.ts'

/**
 * How long a photo is kept: until nobody can dispute any more what was decided about it. It is
 * evidence, so that the days count from the latest decision, and while one is due it stays. A spot
 * check decides nothing and keeps nothing.
 */

const DAY_MS = 86_400_000
const KEPT_MS = DISPUTE_DAYS * DAY_MS

/** From when on the night may forget a photo, ms; null while somebody has to decide about it. */
function keptUntil({ sql }: CellContext, row: PhotoRow): number | null {
  const review = reviewOfPhoto(sql, row.id)
  if (review?.state === 'open') return null
  const receipt = row.receiptId === null ? null : readReceipt(sql, row.receiptId)
  if (receipt && !FINAL_RECEIPT_STATES.includes(receipt.state)) return null
  const ended = Date.parse(receipt?.timeline.at(-1)?.at ?? '') || 0
  return KEPT_MS + Math.max(row.createdAt, ended, review?.decidedAt ?? 0)
}

const FINAL = FINAL_RECEIPT_STATES.map((state) => `'${state}'`).join(', ')

/** Photos that the night may forget, oldest first. */
export function photosToForget({ sql }: CellContext, now: number, limit: number): PhotoRow[] {
  const since = now - KEPT_MS
  return findPhotos(
    sql,
    `state <> 'deleted' AND created_at < ?
       AND NOT EXISTS (SELECT 1 FROM reviews WHERE photo_id = photos.id AND kind = 'photo'
         AND (reviews.state = 'open' OR decided_at >= ?))
       AND NOT EXISTS (SELECT 1 FROM receipts WHERE receipts.id = photos.receipt_id
         AND (receipts.state NOT IN (${FINAL}) OR timeline ->> '$[#-1].at' >= ?))`,
    [since, since, new Date(since).toISOString()],
    limit,
  )
}

/** A photo as its owner sees it now. */
export function photoSeen(ctx: CellContext, row: PhotoRow, now: number): Photo {
  const found = reviewOfPhoto(ctx.sql, row.id)
  const review = found && photoReview(found, now)
  // Its numbers were found after the verdict: there is a receipt, and nothing to dispute.
  const isOver = row.state === 'submitted' && review?.mayDispute
  return photoView(row, {
    market: ctx.rules.code,
    review: isOver ? { ...review, mayDispute: false, disputeUntil: null } : review,
    keptUntil: keptUntil(ctx, row),
  })
}

/** The same as the owner's list shows it. */
export function photoSummary(ctx: CellContext, row: PhotoRow, now: number): PhotoSummary {
  const { id, state, market, createdAt, problem, country, receiptId, review } = photoSeen(
    ctx,
    row,
    now,
  )
  const { reading } = row
  const retailer = review?.asked?.retailer ?? reading?.retailer?.value ?? null
  const totalMinor = review?.asked?.totalMinor ?? reading?.totalMinor?.value ?? null
  const named = { retailer, totalMinor }
  return { id, state, market, createdAt, problem, country, receiptId, review, ...named }
}
