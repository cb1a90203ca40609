import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { ReviewKind, ReviewPrecision, ReviewSummary } from '#schema/review'
import type { ReviewState } from '#schema/review-verdict'
import { marketOf } from '../cells/market-name.ts'
import type { ReviewChanged } from '../cells/review-event.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'
import type { Database } from '../members/database.ts'
import type { MarkCount } from './precision.ts'

/** The queue of all cells: a copy of their cases, the oldest due first. */

/** Takes a case over as its cell tells it; what is older than known changes nothing. */
export async function noteReview(db: Database, event: ReviewChanged): Promise<void> {
  const marks = Object.entries(event.marks ?? {})
  await db.batch([
    db
      .prepare(
        `INSERT INTO review_cases (id, cell, kind, state, version, is_dispute, approvals, retailer,
           total_minor, asked_at, due_at, claimed_by, claimed_until, decided_at, country)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version,
           is_dispute = excluded.is_dispute, approvals = excluded.approvals,
           retailer = excluded.retailer, total_minor = excluded.total_minor,
           due_at = excluded.due_at, claimed_by = excluded.claimed_by,
           claimed_until = excluded.claimed_until, decided_at = excluded.decided_at
         WHERE excluded.version > review_cases.version`,
      )
      .bind(
        event.reviewId,
        event.cell,
        event.kind,
        event.state,
        event.version,
        event.isDispute ? 1 : 0,
        event.approvals,
        event.retailer,
        event.totalMinor,
        event.askedAt,
        event.dueAt,
        event.claimedBy,
        event.claimedUntil,
        event.decidedAt,
        event.country,
      ),
    ...marks.map(([field, isRight]) =>
      db
        .prepare(
          `INSERT OR IGNORE INTO review_marks (case_id, field, is_right, at)
           VALUES (?, ?, ?, ?)`,
        )
        .bind(event.reviewId, field, isRight ? 1 : 0, event.at),
    ),
  ])
}

type CaseRow = {
  id: string
  cell: string
  kind: ReviewKind
  state: ReviewState
  is_dispute: number
  approvals: number
  retailer: string
  total_minor: number | null
  asked_at: string
  due_at: string
  claimed_by: string | null
  claimed_until: string | null
  country: MarketCode | null
}

type QueueFilter = {
  readonly state: ReviewState
  readonly kind: ReviewKind | null
  readonly reviewerId: string
  readonly nowMs: number
}

/** Oldest due first. */
export async function listReviews(
  db: Database,
  { state, kind, reviewerId, nowMs }: QueueFilter,
  start: PageStart,
): Promise<Page<ReviewSummary>> {
  const [dueAt, id] = start.after ?? ['', '']
  const { results } = await db
    .prepare(
      `SELECT id, cell, kind, state, is_dispute, approvals, retailer, total_minor, asked_at, due_at,
         claimed_by, claimed_until, country
       FROM review_cases
       WHERE state = ?1 AND (due_at, id) > (?2, ?3) AND (?4 IS NULL OR kind = ?4)
       ORDER BY due_at, id LIMIT ?5`,
    )
    .bind(state, dueAt, id, kind, start.limit + 1)
    .all<CaseRow>()
  const now = new Date(nowMs).toISOString()
  return pageOfRows(
    results,
    start.limit,
    (row) => [row.due_at, row.id],
    (row) => summaryOf(row, reviewerId, now),
  )
}

function summaryOf(row: CaseRow, reviewerId: string, now: string): ReviewSummary {
  const isClaimed = row.claimed_until !== null && row.claimed_until > now
  return {
    id: row.id,
    kind: row.kind,
    market: row.country ?? marketOf(row.cell).market,
    state: row.state,
    isDispute: row.is_dispute === 1,
    approvals: row.approvals,
    retailer: row.retailer,
    totalMinor: row.total_minor === null ? null : minor(row.total_minor),
    askedAt: row.asked_at,
    dueAt: row.due_at,
    claimedUntil: isClaimed ? row.claimed_until : null,
    isMine: isClaimed && row.claimed_by === reviewerId,
  }
}

/** Marks of spot checks since a moment, by field, and of how many cases they are. */
export async function countMarks(
  db: Database,
  since: string,
): Promise<{ checks: number; fields: MarkCount[] }> {
  const { results } = await db
    .prepare(
      `SELECT field, sum(is_right) AS right, count(*) AS marked FROM review_marks
       WHERE at >= ? GROUP BY field`,
    )
    .bind(since)
    .all<MarkCount>()
  const cases = await db
    .prepare('SELECT count(DISTINCT case_id) AS checks FROM review_marks WHERE at >= ?')
    .bind(since)
    .first<{ checks: number }>()
  return { checks: cases?.checks ?? 0, fields: results }
}

/** How the cases decided since a moment, and those that wait now, stand to the service level. */
export async function serviceSince(
  db: Database,
  since: string,
  now: string,
): Promise<ReviewPrecision['service']> {
  const row = await db
    .prepare(
      `SELECT coalesce(sum(state <> 'open'), 0) AS decided,
         coalesce(sum(state <> 'open' AND decided_at <= due_at), 0) AS inTime,
         coalesce(sum(state = 'open'), 0) AS waiting,
         coalesce(sum(state = 'open' AND due_at < ?2), 0) AS late
       FROM review_cases WHERE kind <> 'spot_check'
         AND (state = 'open' OR (state IN ('approved', 'declined') AND decided_at >= ?1))`,
    )
    .bind(since, now)
    .first<ReviewPrecision['service']>()
  return row ?? { decided: 0, inTime: 0, waiting: 0, late: 0 }
}

/** Whether the operator has another person who may decide. */
export async function hasOtherReviewers(db: Database, reviewerId: string): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT 1 AS found FROM operator_staff
       WHERE user_id <> ? AND role IN ('admin', 'support') LIMIT 1`,
    )
    .bind(reviewerId)
    .first<{ found: number }>()
  return row !== null
}
