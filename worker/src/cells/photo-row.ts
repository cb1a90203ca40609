import type { MarketCode } from '#schema/market'
import {
  type PaperFields,
  PHOTO_PART_BYTES,
  type Photo,
  type PhotoProblem,
  type PhotoReading,
  type PhotoState,
} from '#schema/photo'
import type { PhotoReview, ReviewState } from '#schema/review-verdict'
import { first, type SqlStore } from './sql-store.ts'

export type PhotoRow = {
  readonly id: string
  readonly walletId: string
  readonly userId: string
  /** Random; what the bucket knows the photo by. */
  readonly key: string
  readonly createdAt: number
  /** The waiting receipt that it was taken for; null for a photo of its own. */
  readonly forReceiptId: string | null
  /** Sizes of its shots, bytes, in the order they were taken. */
  readonly shots: readonly number[]
  state: PhotoState
  version: number
  attempts: number
  taskDueAt: number | null
  /** Whose receipt it is, when not of the cell's market: `receiptId` lies in that market's cell. */
  country: MarketCode | null
  receiptId: string | null
  problem: PhotoProblem | null
  parts: number[]
  reasons: readonly string[]
  /** What the machine read; what its owner typed is beside it. */
  reading: PhotoReading | null
  /** Each attempt of its owner to find the purchase, the newest last. */
  typed: readonly PaperFields[]
}

/** Where a page of a wallet's photos ends: the next one begins before it. */
export type PhotoBefore = { readonly createdAt: number; readonly id: string }

/** What a photo waits for: the reader, or its shop's sales. */
export const photoTaskId = (photoId: string) => `photo:${photoId}`

const COLUMNS = `id, wallet_id, user_id, key, state, version, created_at, shots, attempts,
  task_due_at, country, receipt_id, problem, parts, reasons, reading, typed, for_receipt_id`

type StoredRow = {
  id: string
  wallet_id: string
  user_id: string
  key: string
  state: PhotoState
  version: number
  created_at: number
  shots: string
  attempts: number
  task_due_at: number | null
  country: MarketCode | null
  receipt_id: string | null
  problem: PhotoProblem | null
  parts: string
  reasons: string
  reading: string | null
  typed: string
  for_receipt_id: string | null
}

function fromStored(row: StoredRow): PhotoRow {
  return {
    id: row.id,
    walletId: row.wallet_id,
    userId: row.user_id,
    key: row.key,
    createdAt: row.created_at,
    shots: JSON.parse(row.shots),
    state: row.state,
    version: row.version,
    attempts: row.attempts,
    taskDueAt: row.task_due_at,
    country: row.country,
    receiptId: row.receipt_id,
    problem: row.problem,
    parts: JSON.parse(row.parts),
    reasons: JSON.parse(row.reasons),
    reading: row.reading === null ? null : JSON.parse(row.reading),
    typed: JSON.parse(row.typed),
    forReceiptId: row.for_receipt_id,
  }
}

/** Null also for a photo that was deleted. */
export function readPhoto(sql: SqlStore, id: string): PhotoRow | null {
  const query = `SELECT ${COLUMNS} FROM photos WHERE id = ? AND state <> 'deleted'`
  const row = first<StoredRow>(sql, query, id)
  return row && fromStored(row)
}

/** Photos that a condition of our own names, oldest first. */
export function findPhotos(
  sql: SqlStore,
  condition: string,
  values: readonly (string | number)[],
  limit: number,
): PhotoRow[] {
  const query = `SELECT ${COLUMNS} FROM photos WHERE ${condition} ORDER BY created_at LIMIT ?`
  return sql.all<StoredRow>(query, ...values, limit).map(fromStored)
}

/** Photos of a wallet that are not among its receipts, newest first. */
export function listPhotos(
  sql: SqlStore,
  walletId: string,
  before: PhotoBefore,
  limit: number,
): PhotoRow[] {
  return sql
    .all<StoredRow>(
      `SELECT ${COLUMNS} FROM photos WHERE wallet_id = ? AND (created_at, id) < (?, ?)
         AND (state NOT IN ('submitted', 'deleted') OR country IS NOT NULL)
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      walletId,
      before.createdAt,
      before.id,
      limit,
    )
    .map(fromStored)
}

export function insertPhoto(sql: SqlStore, row: PhotoRow): void {
  sql.all(
    `INSERT INTO photos (${COLUMNS}, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.walletId,
    row.userId,
    row.key,
    row.state,
    row.version,
    row.createdAt,
    JSON.stringify(row.shots),
    row.attempts,
    row.taskDueAt,
    row.country,
    row.receiptId,
    row.problem,
    JSON.stringify(row.parts),
    JSON.stringify(row.reasons),
    row.reading === null ? null : JSON.stringify(row.reading),
    JSON.stringify(row.typed),
    row.forReceiptId,
    row.shots.reduce((sum, bytes) => sum + bytes, 0),
  )
}

export function updatePhoto(sql: SqlStore, row: PhotoRow): void {
  sql.all(
    `UPDATE photos SET state = ?, version = ?, attempts = ?, task_due_at = ?, country = ?,
       receipt_id = ?, problem = ?, parts = ?, reasons = ?, reading = ?, typed = ?
     WHERE id = ?`,
    row.state,
    row.version,
    row.attempts,
    row.taskDueAt,
    row.country,
    row.receiptId,
    row.problem,
    JSON.stringify(row.parts),
    JSON.stringify(row.reasons),
    row.reading === null ? null : JSON.stringify(row.reading),
    JSON.stringify(row.typed),
    row.id,
  )
}

/** Where a photo stands that waits for its owner, or for a person whom the owner has asked. */
const REVIEWED_STATES: Partial<Record<ReviewState, PhotoState>> = {
  open: 'in_review',
  declined: 'declined',
}

type PhotoAround = {
  readonly market: MarketCode
  readonly review: PhotoReview | null
  /** From when on the night may forget it, ms; null while somebody has to decide about it. */
  readonly keptUntil: number | null
}

/**
 * The owner's view of a stored photo, with what a person has said of it; what a reviewer is warned
 * of is not shown.
 */
export function photoView(row: PhotoRow, { market, review, keptUntil }: PhotoAround): Photo {
  const reviewed = review && row.state === 'needs_fields' ? REVIEWED_STATES[review.state] : null
  return {
    id: row.id,
    state: reviewed ?? row.state,
    version: row.version,
    market,
    createdAt: new Date(row.createdAt).toISOString(),
    deletedAt: keptUntil === null ? null : new Date(keptUntil).toISOString(),
    shots: [...row.shots],
    partBytes: PHOTO_PART_BYTES,
    parts: row.parts,
    reading: row.reading && { ...row.reading, risk: [] },
    typed: [...row.typed],
    reasons: [...row.reasons],
    problem: row.problem,
    country: row.country,
    receiptId: row.receiptId,
    review,
  }
}
