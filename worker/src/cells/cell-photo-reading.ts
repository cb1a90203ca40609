import type { CellContext } from './cell-context.ts'
import { forgetObjects } from './cell-photo-deletion.ts'
import { submitPhoto } from './cell-photo-receipts.ts'
import { askSales } from './cell-photo-sales.ts'
import { askOutside, endReading } from './cell-photos.ts'
import { spotCheck } from './cell-spot-checks.ts'
import { askPerson, waitingOf } from './cell-waiting.ts'
import type { PhotoIdentity, PhotoJob, PhotoResult } from './photo-answers.ts'
import { type PhotoRow, readPhoto, updatePhoto } from './photo-row.ts'

/** The reader is asked about a photo, and its answer applied; callers hold the transaction. */

/** Messages sent to the reader before the shopper is asked to type instead. */
const READ_ATTEMPTS_MAX = 4
/** Pause before the next message after the reader failed, by failures so far. */
const READ_AGAIN_MS = [1_000, 5_000, 30_000]

/** What the reader needs; null when nobody waits for it any more. */
export function photoJob(ctx: CellContext, id: string): PhotoJob | null {
  const row = readPhoto(ctx.sql, id)
  if (row?.state !== 'reading' || row.reading) return null
  const { walletId, key, shots, forReceiptId } = row
  return { id, walletId, key, shots, market: ctx.rules.code, forPerson: forReceiptId !== null }
}

/**
 * Counts a message to the reader. After the last one that failed or was lost the photo ends, and
 * the shopper types; false then, and when it has ended already.
 */
export function beginReading(ctx: CellContext, id: string, now: number): boolean {
  const row = readPhoto(ctx.sql, id)
  if (row?.state !== 'reading' || row.reading) return false
  if (row.attempts >= READ_ATTEMPTS_MAX) {
    const isShown = showPerson(ctx, row, now)
    if (!isShown) endReading(ctx, row, { state: 'needs_fields', problem: 'reader_failed' })
    return false
  }
  row.attempts += 1
  updatePhoto(ctx.sql, row)
  return true
}

/** The reader broke on it: asked again after a pause, as long as attempts are left. */
export function readingFailed(ctx: CellContext, id: string, now: number): void {
  const row = readPhoto(ctx.sql, id)
  if (row?.state !== 'reading' || row.reading) return
  askOutside(ctx, row, 'read_photo', now + (READ_AGAIN_MS[row.attempts - 1] ?? 0))
  updatePhoto(ctx.sql, row)
}

/**
 * Applies what was read, once. False when the photo is gone: whoever kept the picture forgets it.
 */
export function applyReading(
  ctx: CellContext,
  id: string,
  result: PhotoResult,
  now: number,
): boolean {
  const row = readPhoto(ctx.sql, id)
  if (row?.state !== 'reading' || row.reading) return row !== null
  if (result.kind === 'refused') {
    endReading(ctx, row, { state: 'refused', problem: result.code })
    forgetObjects(ctx, row, now)
    return true
  }
  row.reading = result.reading
  row.reasons = result.reasons
  const { identity } = result
  if (identity === null && showPerson(ctx, row, now)) return true
  if (identity === null) askSales(ctx, row, now)
  else if (identity.kind === 'here') submitPhoto(ctx, row, identity.submission, now)
  else endElsewhere(ctx, row, identity, now)
  return true
}

/** The photo of a waiting receipt becomes its evidence, and a person's case. */
function showPerson(ctx: CellContext, row: PhotoRow, now: number): boolean {
  const receipt = waitingOf(ctx, row)
  if (receipt === null) return false
  row.receiptId = receipt.id
  endReading(ctx, row, { state: 'submitted', problem: null })
  askPerson(ctx, row, receipt.id, now)
  return true
}

/**
 * The code is none of this market's. Another market's cell does the rest, and the photo only leads
 * there. One that no market takes stays with its shopper, who is told why and may still ask a
 * person.
 */
function endElsewhere(
  ctx: CellContext,
  row: PhotoRow,
  identity: Exclude<PhotoIdentity, { kind: 'here' }>,
  now: number,
): void {
  row.country = identity.country
  if (identity.kind === 'refused') {
    endReading(ctx, row, { state: 'needs_fields', problem: identity.code })
  } else if (identity.receiptId === null) {
    endReading(ctx, row, { state: 'needs_fields', problem: 'submissions_exhausted' })
  } else {
    row.receiptId = identity.receiptId
    endReading(ctx, row, { state: 'submitted', problem: null })
    spotCheck(ctx, row, now)
  }
}
