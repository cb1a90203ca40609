import { type PhotoRefusal, partsOfShots } from '#schema/photo'
import type { CellContext } from './cell-context.ts'
import { forgetUpload } from './cell-photo-deletion.ts'
import { askOutside, endReading, ownPhoto, photoChanged } from './cell-photos.ts'
import type { Refused } from './cell-reviews.ts'
import { refusedPhotoFor } from './cell-waiting.ts'
import { insertPhoto, type PhotoRow } from './photo-row.ts'
import { first } from './sql-store.ts'

/** How a photo comes: its limits, its parts, its end; callers hold the transaction. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type PhotoOrder = Pick<
  PhotoRow,
  'id' | 'key' | 'walletId' | 'userId' | 'shots' | 'forReceiptId'
>

/**
 * Begins an upload, unless the wallet has sent too many lately: then says from when on it may; or
 * nobody may be asked about the receipt that it is for.
 */
export function openPhoto(
  ctx: CellContext,
  order: PhotoOrder,
  now: number,
): PhotoRow | { from: number } | Refused {
  const { walletId, forReceiptId: wanted } = order
  const refused = wanted === null ? null : refusedPhotoFor(ctx, walletId, wanted, now)
  if (refused) return refused
  const from = photosFrom(ctx, walletId, now)
  if (from !== null) return { from }
  const row: PhotoRow = {
    ...order,
    createdAt: now,
    state: 'uploading',
    version: 1,
    attempts: 0,
    taskDueAt: null,
    country: null,
    receiptId: null,
    problem: null,
    parts: [],
    reasons: [],
    reading: null,
    typed: [],
  }
  insertPhoto(ctx.sql, row)
  return row
}

/** When the wallet may send a photo, in milliseconds; null when it may now. */
function photosFrom(ctx: CellContext, walletId: string, now: number): number | null {
  let from: number | null = null
  for (const { windowMs, most } of [
    { windowMs: HOUR_MS, most: ctx.rules.photosPerHourMax },
    { windowMs: DAY_MS, most: ctx.rules.photosPerDayMax },
  ]) {
    const row = first<{ createdAt: number }>(
      ctx.sql,
      `SELECT created_at AS createdAt FROM photos WHERE wallet_id = ? AND created_at > ?
       ORDER BY created_at DESC LIMIT 1 OFFSET ?`,
      walletId,
      now - windowMs,
      most - 1,
    )
    if (row) from = Math.max(from ?? 0, row.createdAt + windowMs)
  }
  return from
}

/** A part lies in the bucket. The same part again changes nothing. */
export function receivePart(
  ctx: CellContext,
  walletId: string,
  id: string,
  part: number,
): PhotoRow | null {
  const row = ownPhoto(ctx, walletId, id)
  if (row?.state !== 'uploading' || row.parts.includes(part)) return row
  row.parts = [...row.parts, part].sort((a, b) => a - b)
  return photoChanged(ctx, row)
}

/** All parts are there: the reader is asked. Null while some are missing. */
export function completePhoto(ctx: CellContext, row: PhotoRow, now: number): PhotoRow | null {
  if (row.state !== 'uploading') return row
  if (row.parts.length < partsOfShots(row.shots).length) return null
  row.state = 'reading'
  askOutside(ctx, row, 'read_photo', now)
  return photoChanged(ctx, row)
}

/** Its first bytes say that it is no photo: it ends here, and nothing of it is kept. */
export function refuseUpload(
  ctx: CellContext,
  row: PhotoRow,
  code: PhotoRefusal,
  now: number,
): void {
  if (row.state !== 'uploading') return
  forgetUpload(ctx, row, now)
  endReading(ctx, row, { state: 'refused', problem: code })
}
