import type { MarketCode } from '#schema/market'
import {
  type CodeRefusal,
  namesGoods,
  PAPER_TRIES_MAX,
  type PaperFields,
  type PhotoReading,
  type PhotoRefusal,
  partsOfShots,
} from '#schema/photo'
import type { ReceiptState } from '#schema/receipt'
import { nextAuthorityCheck } from '../verification/recheck.ts'
import type { CellContext } from './cell-context.ts'
import { type Submission, submit } from './cell-receipts.ts'
import {
  correctedMeanwhile,
  eraseEvidence,
  forgetReviews,
  spotCheck,
  withdrawReview,
  withdrawReviews,
} from './cell-review-cases.ts'
import type { Refused } from './cell-reviews.ts'
import { askPerson, refusedPhotoFor, waitingOf } from './cell-waiting.ts'
import { photosToForget } from './photo-keeping.ts'
import {
  findPhotos,
  insertPhoto,
  type PhotoRow,
  photoTaskId,
  readPhoto,
  updatePhoto,
} from './photo-row.ts'
import { readReceipt } from './receipt-row.ts'
import { first } from './sql-store.ts'
import { addTask, removeTask } from './tasks.ts'

/** The life of a photo, from its first part to its end; callers hold the transaction. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Messages sent to the reader before the shopper is asked to type instead. */
const READ_ATTEMPTS_MAX = 4
/** Pause before the next message after the reader failed, by failures so far. */
const READ_AGAIN_MS = [1_000, 5_000, 30_000]
/** Whoever still wrote a deleted photo to the bucket has ended by then. */
const WRITERS_GONE_MS = 15 * 60_000
/** Photos forgotten in one transaction. */
const FORGET_MAX = 100

export type PhotoOrder = Pick<
  PhotoRow,
  'id' | 'key' | 'walletId' | 'userId' | 'shots' | 'forReceiptId'
>

/** What the reader made of a photo. */
export type PhotoResult =
  | { readonly kind: 'refused'; readonly code: PhotoRefusal }
  | {
      readonly kind: 'read'
      readonly reading: PhotoReading
      readonly reasons: readonly string[]
      /** Null when there is none that may be asked about without a person. */
      readonly identity: PhotoIdentity | null
    }

/** Whose receipt a photo shows, by its code or by printed numbers that prove each other. */
export type PhotoIdentity =
  /** Of the photo's own market: it is submitted like a scan. */
  | { readonly kind: 'here'; readonly submission: Submission }
  /**
   * Of another market, whose cell of the wallet has it already. Without a receipt: the wallet has
   * brought too many there that were not credited.
   */
  | { readonly kind: 'abroad'; readonly country: MarketCode; readonly receiptId: string | null }
  /** Its scan would be refused by this word. */
  | { readonly kind: 'refused'; readonly code: CodeRefusal; readonly country: MarketCode | null }

/** The receipt that a photo led to. `country`: whose, when another market's cell has it. */
export type PhotoReceipt = { readonly receiptId: string; readonly country: MarketCode | null }

/** What a retailer's sales say to a photo that asks nobody else. */
export type PhotoSale = {
  readonly submission: Submission | null
  /** Whether the retailer feeds its sales: the one of the photo may still come. */
  readonly feeds: boolean
}

export type PhotoJob = {
  readonly id: string
  readonly walletId: string
  readonly key: string
  readonly shots: readonly number[]
  /** Of the cell that holds the photo: a receipt of another market is none of its. */
  readonly market: MarketCode
}

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

export function ownPhoto(ctx: CellContext, walletId: string, id: string): PhotoRow | null {
  const row = readPhoto(ctx.sql, id)
  return row?.walletId === walletId ? row : null
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
  return changed(ctx, row)
}

/** All parts are there: the reader is asked. Null while some are missing. */
export function completePhoto(ctx: CellContext, row: PhotoRow, now: number): PhotoRow | null {
  if (row.state !== 'uploading') return row
  if (row.parts.length < partsOfShots(row.shots).length) return null
  row.state = 'reading'
  askReader(ctx, row, now)
  return changed(ctx, row)
}

function askReader(ctx: CellContext, row: PhotoRow, dueAt: number): void {
  const { id } = row
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, photoTaskId(id))
  addTask(ctx, { dueAt, id: photoTaskId(id), body: { kind: 'read_photo', photoId: id } })
  row.taskDueAt = dueAt
}

/** What the reader needs; null when nobody waits for it any more. */
export function photoJob(ctx: CellContext, id: string): PhotoJob | null {
  const row = readPhoto(ctx.sql, id)
  if (row?.state !== 'reading' || row.reading) return null
  return { id, walletId: row.walletId, key: row.key, shots: row.shots, market: ctx.rules.code }
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
  askReader(ctx, row, now + (READ_AGAIN_MS[row.attempts - 1] ?? 0))
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
  else endElsewhere(ctx, row, identity)
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
 * there; without a spot check, for a case is of one cell. One that no market takes stays with its
 * shopper, who is told why and may still ask a person.
 */
function endElsewhere(
  ctx: CellContext,
  row: PhotoRow,
  identity: Exclude<PhotoIdentity, { kind: 'here' }>,
): void {
  row.country = identity.country
  if (identity.kind === 'refused') {
    endReading(ctx, row, { state: 'needs_fields', problem: identity.code })
  } else if (identity.receiptId === null) {
    endReading(ctx, row, { state: 'needs_fields', problem: 'submissions_exhausted' })
  } else {
    row.receiptId = identity.receiptId
    endReading(ctx, row, { state: 'submitted', problem: null })
  }
}

function submitPhoto(ctx: CellContext, row: PhotoRow, submission: Submission, now: number): void {
  const submitted = submit(ctx, { ...submission, photoId: row.id }, now)
  if (submitted.kind === 'limited') {
    endReading(ctx, row, { state: 'needs_fields', problem: 'submissions_exhausted' })
    return
  }
  withdrawReview(ctx, row.id, now)
  const wanted = waitingOf(ctx, row)
  row.receiptId = submitted.row.id
  row.country = null
  endReading(ctx, row, { state: 'submitted', problem: null })
  if (wanted?.id === submitted.row.id) askPerson(ctx, row, wanted.id, now)
  if (submitted.created) spotCheck(ctx, row, now)
}

/** Nobody can be asked about the paper: the sales of its retailer are looked through. */
function askSales(ctx: CellContext, row: PhotoRow, dueAt: number): void {
  const { id } = row
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, photoTaskId(id))
  addTask(ctx, { dueAt, id: photoTaskId(id), body: { kind: 'find_sale', photoId: id } })
  row.taskDueAt = dueAt
  updatePhoto(ctx.sql, row)
}

/**
 * The sales were looked through. A feed may come a night or a week late: until the photo is
 * forgotten it is asked again, as often as the authority would be.
 */
export function applySale(ctx: CellContext, id: string, sale: PhotoSale, now: number): void {
  const row = readPhoto(ctx.sql, id)
  if (!row) return
  if (row.state !== 'reading' && row.state !== 'needs_fields') {
    endAsking(ctx, row)
    updatePhoto(ctx.sql, row)
    return
  }
  if (sale.submission !== null) {
    submitPhoto(ctx, row, sale.submission, now)
    return
  }
  const { problem } = row
  if (row.state === 'reading') endReading(ctx, row, { state: 'needs_fields', problem })
  const waitDays = ctx.rules.authorityWaitDaysMax
  const waiting = { submittedAt: row.createdAt, checks: 0, waitDays }
  const again = nextAuthorityCheck({ kind: 'not_delivered' }, waiting, now)
  const dueAt = sale.feeds ? again : null
  if (dueAt !== null) {
    askSales(ctx, row, dueAt)
    return
  }
  endAsking(ctx, row)
  updatePhoto(ctx.sql, row)
}

/**
 * The shopper has read the paper better: the sales are looked through again, at once. Whoever has
 * the photo before them sees what was typed.
 */
export function correctPhoto(
  ctx: CellContext,
  row: PhotoRow,
  fields: PaperFields,
  now: number,
): PhotoRow | Refused {
  // What was typed says nothing by itself: goods on the picture have to agree with the sale, and
  // nobody may go on guessing at somebody else's purchase.
  const isReady = row.state === 'needs_fields' && row.reading && namesGoods(row.reading.items)
  if (!isReady) return { problem: 'not_now' }
  if (row.typed.length >= PAPER_TRIES_MAX) return { problem: 'corrections_exhausted' }
  row.typed = [...row.typed, fields]
  row.state = 'reading'
  askSales(ctx, row, now)
  correctedMeanwhile(ctx, changed(ctx, row).id, now)
  return row
}

function endReading(
  ctx: CellContext,
  row: PhotoRow,
  end: Pick<PhotoRow, 'state' | 'problem'>,
): void {
  endAsking(ctx, row)
  row.state = end.state
  row.problem = end.problem
  changed(ctx, row)
}

/** Nobody is asked about it any more; the caller writes `row`. */
function endAsking(ctx: CellContext, row: PhotoRow): void {
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, photoTaskId(row.id))
  row.taskDueAt = null
}

/** Also while it is read, or its shop's sales are looked through: the numbers say more. */
const LINKED_STATES: readonly PhotoRow['state'][] = ['reading', 'needs_fields', 'submitted']

/** Nothing will come of a receipt in one of these. */
const DEAD_STATES: readonly ReceiptState[] = ['rejected', 'released']

/** The photo is the evidence of a receipt here, and must not become another one's. */
function isEvidence(ctx: CellContext, { country, receiptId }: PhotoRow): boolean {
  const receipt = receiptId === null || country !== null ? null : readReceipt(ctx.sql, receiptId)
  return receipt !== null && !DEAD_STATES.includes(receipt.state)
}

/** Numbers typed beside a photo became a receipt: the photo is its evidence. */
export function linkPhoto(
  ctx: CellContext,
  walletId: string,
  photoId: string,
  { receiptId, country }: PhotoReceipt,
  now: number,
): void {
  const row = ownPhoto(ctx, walletId, photoId)
  if (!row || !LINKED_STATES.includes(row.state) || isEvidence(ctx, row)) return
  withdrawReview(ctx, photoId, now)
  const linked = readPhoto(ctx.sql, photoId) ?? row
  linked.receiptId = receiptId
  linked.country = country
  endReading(ctx, linked, { state: 'submitted', problem: null })
}

/** Deletes what is known of a photo, and its picture through the outbox. */
export function deletePhoto(ctx: CellContext, row: PhotoRow, now: number): void {
  withdrawReviews(ctx, row.id, now)
  forgetReviews(ctx, row.id, now)
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, photoTaskId(row.id))
  ctx.sql.all(
    `UPDATE photos SET state = 'deleted', task_due_at = NULL, country = NULL, receipt_id = NULL,
       problem = NULL, parts = '[]', reasons = '[]', reading = NULL, typed = '[]',
       for_receipt_id = NULL WHERE id = ?`,
    row.id,
  )
  forgetObjects(ctx, row, now)
  const isBeingWritten = row.state === 'uploading' || row.state === 'reading'
  if (isBeingWritten) forgetObjects(ctx, row, now + WRITERS_GONE_MS)
  ctx.changed(row.id)
}

function forgetObjects(ctx: CellContext, row: PhotoRow, dueAt: number): void {
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

function changed(ctx: CellContext, row: PhotoRow): PhotoRow {
  row.version += 1
  updatePhoto(ctx.sql, row)
  ctx.changed(row.id)
  return row
}
