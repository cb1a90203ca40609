import type { MarketCode } from '#schema/market'
import { DISPUTE_DAYS } from '#schema/photo'
import type { ReviewedDocument, ReviewKind, ReviewMarks } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { DeclineReason, PhotoReview, ReviewState } from '#schema/review-verdict'
import type { Evidence } from '../receipts/evidence.ts'
import { first, type SqlStore } from './sql-store.ts'

type ReviewApproval = { readonly by: string; readonly content: string }

/** What the receipt of a case is judged by, kept until it is. */
export type ReviewedEvidence = Evidence & {
  readonly till: string | null
  /** Receipts that look the same, seen by the reviewer and told apart. */
  readonly distinctFrom: readonly string[]
}

export type ReviewRow = {
  readonly id: string
  readonly kind: ReviewKind
  readonly walletId: string
  readonly photoId: string | null
  readonly askedAt: number
  /** Whose receipt it is about, when not of the cell's market: `receiptId` lies in that one's. */
  readonly country: MarketCode | null
  state: ReviewState
  version: number
  receiptId: string | null
  dueAt: number
  claimedBy: string | null
  claimedUntil: number | null
  disputedAt: number | null
  disputeNote: string
  decidedBy: string | null
  decidedAt: number | null
  reason: DeclineReason | null
  note: string
  /** What it came to when it was approved: it counts against the reviewers' limit. */
  rewardMinor: number
  /** When what people have typed went, with the photo; null while it is kept. */
  erasedAt: number | null
  asked: ReviewRequest | null
  /** What the shopper asked before correcting it, oldest first. */
  askedBefore: readonly ReviewRequest[]
  approvals: readonly ReviewApproval[]
  document: ReviewedDocument | null
  /** What is judged: by the reviewer's document, or the authority's of a scan held for comparison. */
  evidence: ReviewedEvidence | null
  /** Of a spot check that was answered. */
  marks: ReviewMarks | null
}

const COLUMNS = `id, kind, state, version, wallet_id, photo_id, receipt_id, asked_at, due_at,
  claimed_by, claimed_until, disputed_at, dispute_note, decided_by, decided_at, reason, note,
  reward_minor, erased_at, asked, asked_before, approvals, document, evidence, marks,
  country`

type StoredRow = {
  id: string
  kind: ReviewKind
  state: ReviewState
  version: number
  wallet_id: string
  photo_id: string | null
  receipt_id: string | null
  asked_at: number
  due_at: number
  claimed_by: string | null
  claimed_until: number | null
  disputed_at: number | null
  dispute_note: string
  decided_by: string | null
  decided_at: number | null
  reason: DeclineReason | null
  note: string
  reward_minor: number
  erased_at: number | null
  asked: string | null
  asked_before: string
  approvals: string
  document: string | null
  evidence: string | null
  marks: string | null
  country: MarketCode | null
}

const parsed = (text: string | null) => (text === null ? null : JSON.parse(text))
const printed = (value: unknown) => (value === null ? null : JSON.stringify(value))

function fromStored(row: StoredRow): ReviewRow {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    walletId: row.wallet_id,
    photoId: row.photo_id,
    receiptId: row.receipt_id,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    claimedBy: row.claimed_by,
    claimedUntil: row.claimed_until,
    disputedAt: row.disputed_at,
    disputeNote: row.dispute_note,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
    note: row.note,
    rewardMinor: row.reward_minor,
    erasedAt: row.erased_at,
    asked: parsed(row.asked),
    askedBefore: JSON.parse(row.asked_before),
    approvals: JSON.parse(row.approvals),
    document: parsed(row.document),
    evidence: parsed(row.evidence),
    marks: parsed(row.marks),
    country: row.country,
  }
}

export function readReview(sql: SqlStore, id: string): ReviewRow | null {
  const row = first<StoredRow>(sql, `SELECT ${COLUMNS} FROM reviews WHERE id = ?`, id)
  return row && fromStored(row)
}

/** The review that the owner of a photo asked for. */
export function reviewOfPhoto(sql: SqlStore, photoId: string): ReviewRow | null {
  const query = `SELECT ${COLUMNS} FROM reviews WHERE photo_id = ? AND kind = 'photo'`
  const row = first<StoredRow>(sql, query, photoId)
  return row && fromStored(row)
}

/** Every case of a photo, the spot check too. */
export function reviewsOfPhoto(sql: SqlStore, photoId: string): ReviewRow[] {
  return sql
    .all<StoredRow>(`SELECT ${COLUMNS} FROM reviews WHERE photo_id = ?`, photoId)
    .map(fromStored)
}

/**
 * The case whose decision a receipt comes from or waits for; spot checks decide nothing. Of several
 * the one that was approved speaks for it, then the one that is open, then the newest.
 */
export function reviewOfReceipt(sql: SqlStore, receiptId: string): ReviewRow | null {
  const query = `SELECT ${COLUMNS} FROM reviews WHERE receipt_id = ? AND kind <> 'spot_check'
    ORDER BY state = 'approved' DESC, state = 'open' DESC, asked_at DESC LIMIT 1`
  const row = first<StoredRow>(sql, query, receiptId)
  return row && fromStored(row)
}

/** Writes the case as it is now, new or known. */
export function writeReview(sql: SqlStore, row: ReviewRow): void {
  sql.all(
    `INSERT OR REPLACE INTO reviews (${COLUMNS})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.kind,
    row.state,
    row.version,
    row.walletId,
    row.photoId,
    row.receiptId,
    row.askedAt,
    row.dueAt,
    row.claimedBy,
    row.claimedUntil,
    row.disputedAt,
    row.disputeNote,
    row.decidedBy,
    row.decidedAt,
    row.reason,
    row.note,
    row.rewardMinor,
    row.erasedAt,
    printed(row.asked),
    JSON.stringify(row.askedBefore),
    JSON.stringify(row.approvals),
    printed(row.document),
    printed(row.evidence),
    printed(row.marks),
    row.country,
  )
}

const DISPUTE_MS = DISPUTE_DAYS * 86_400_000

/** Until when its shopper may dispute it, ms; null when there is nothing to dispute. */
export function disputeUntil({ state, disputedAt, decidedAt }: ReviewRow): number | null {
  if (state !== 'declined' || disputedAt !== null || decidedAt === null) return null
  return decidedAt + DISPUTE_MS
}

/** What the shopper reads of it. */
export function photoReview(row: ReviewRow, now: number): PhotoReview {
  const until = disputeUntil(row)
  const mayDispute = until !== null && now < until
  return {
    state: row.state,
    asked: row.asked,
    dueAt: new Date(row.dueAt).toISOString(),
    reason: row.state === 'declined' ? row.reason : null,
    note: row.state === 'declined' ? row.note : '',
    mayDispute,
    disputeUntil: mayDispute ? new Date(until).toISOString() : null,
  }
}
