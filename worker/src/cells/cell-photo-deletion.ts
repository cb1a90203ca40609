import type { CellContext } from './cell-context.ts'
import { endAsking } from './cell-photos.ts'
import { withdrawReviews } from './cell-review-cases.ts'
import { eraseEvidence, forgetReviews } from './cell-review-erasure.ts'
import { photosToForget } from './photo-keeping.ts'
import { findPhotos, type PhotoRow } from './photo-row.ts'
import { addTask } from './tasks.ts'

/** How a photo goes: by its owner, with its owner, or by the night; callers hold the transaction. */

const DAY_MS = 86_400_000
/** Whoever still wrote a deleted photo to the bucket has ended by then. */
const WRITERS_GONE_MS = 15 * 60_000
/** Photos forgotten in one transaction. */
const FORGET_MAX = 100

/** Deletes what is known of a photo, and its picture through the outbox. */
export function deletePhoto(ctx: CellContext, row: PhotoRow, now: number): void {
  withdrawReviews(ctx, row.id, now)
  forgetReviews(ctx, row.id, now)
  endAsking(ctx, row)
  ctx.sql.all(
    `UPDATE photos SET state = 'deleted', task_due_at = NULL, country = NULL, receipt_id = NULL,
       problem = NULL, parts = '[]', reasons = '[]', reading = NULL, typed = '[]',
       for_receipt_id = NULL WHERE id = ?`,
    row.id,
  )
  if (row.state === 'uploading' || row.state === 'reading') forgetUpload(ctx, row, now)
  else forgetObjects(ctx, row, now)
  ctx.changed(row.id)
}

/** Now, and again when nobody can be writing it any more. */
export function forgetUpload(ctx: CellContext, row: PhotoRow, now: number): void {
  forgetObjects(ctx, row, now)
  forgetObjects(ctx, row, now + WRITERS_GONE_MS)
}

export function forgetObjects(ctx: CellContext, row: PhotoRow, dueAt: number): void {
  const body = { kind: 'forget_photo', key: row.key, shots: row.shots } as const
  addTask(ctx, { dueAt, id: `forget:${row.key}`, body })
}

/** The person is erased: every photo that this person took goes now. */
export function erasePhotosOf(ctx: CellContext, walletId: string, userId: string, now: number) {
  const condition = `wallet_id = ? AND user_id = ? AND state <> 'deleted'`
  const rows = findPhotos(ctx.sql, condition, [walletId, userId], Number.MAX_SAFE_INTEGER)
  for (const row of rows) deletePhoto(ctx, row, now)
}

/**
 * The night's share: photos whose dispute window is over, uploads that were given up, and marks of
 * deleted ones that count against no limit any more. Returns how many; ask until it is none.
 */
export function forgetOldPhotos(ctx: CellContext, now: number): number {
  const { sql } = ctx
  eraseEvidence(ctx)
  const gone = sql.all<{ id: string }>(
    `DELETE FROM photos WHERE id IN (
       SELECT id FROM photos WHERE state = 'deleted' AND created_at < ? LIMIT ?) RETURNING id`,
    now - 2 * DAY_MS,
    FORGET_MAX,
  )
  const old = [
    ...photosToForget(ctx, now, FORGET_MAX),
    ...findPhotos(sql, `state = 'uploading' AND created_at < ?`, [now - DAY_MS], FORGET_MAX),
  ]
  for (const row of new Map(old.map((one) => [one.id, one])).values()) deletePhoto(ctx, row, now)
  return gone.length + old.length
}
