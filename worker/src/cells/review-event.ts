import type { CellEvent } from '#schema/event'
import type { ReviewRow } from './review-row.ts'

/** What the queue of all cells is told of a case. */

const NAME_MAX = 128

export const instant = (at: number) => new Date(at).toISOString()
export const instantOrNull = (at: number | null) => (at === null ? null : instant(at))

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
    country: row.country,
  }
}

/** What the queue names a case by; nothing of an erased one. */
export function purchaseOf({ evidence, asked, erasedAt }: ReviewRow) {
  if (erasedAt !== null) return { retailer: '', totalMinor: null }
  return {
    retailer: (evidence?.store?.name ?? asked?.retailer ?? '').slice(0, NAME_MAX),
    totalMinor: asked?.totalMinor ?? evidence?.document.totalMinor ?? null,
  }
}
