import { PAPER_TRIES_MAX } from '#schema/photo'
import type { ProblemCode } from '#schema/problem'
import type { ReviewedScan } from '#schema/receipt'
import type { ReviewDecision, ReviewedDocument } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { DeclineReason } from '#schema/review-verdict'
import {
  approvalsWith,
  claimRefusal,
  decisionRefusal,
  needsSecond,
  type Reviewer,
} from '../reviews/decision.ts'
import { paperFingerprint, sellerKey } from '../reviews/paper.ts'
import type { CellContext } from './cell-context.ts'
import { rewardOf } from './cell-judge.ts'
import { sellerOf } from './cell-papers.ts'
import {
  closeCompared,
  isLost,
  refuseWaiting,
  resumeCompared,
  resumeWaiting,
} from './cell-person-verdicts.ts'
import { submit } from './cell-receipts.ts'
import {
  caseChanged,
  caseOf,
  dueMs,
  endCase,
  mayAskReview,
  newReview,
  reopen,
} from './cell-review-cases.ts'
import { reviewedMonthMinor } from './cell-review-files.ts'
import { settlePhoto } from './cell-reviewed-receipts.ts'
import type { PhotoRow } from './photo-row.ts'
import {
  disputeUntil,
  type ReviewedEvidence,
  type ReviewRow,
  readReview,
  reviewOfPhoto,
} from './review-row.ts'

/** The life of a case that a person decides (decision 0013); callers hold the transaction. */

const MINUTE_MS = 60_000

export type Refused = { readonly problem: ProblemCode }

export type Decided = { readonly result: 'decided' | 'second_needed'; readonly row: ReviewRow }

/**
 * The shopper asks for a person: once per photo, and again when the numbers came to nothing that
 * had made the first question needless. The same question again changes nothing; corrected while
 * the case is open, it stands beside what was asked before.
 */
export function askReview(
  ctx: CellContext,
  photo: PhotoRow,
  request: ReviewRequest,
  now: number,
): ReviewRow | Refused {
  const known = reviewOfPhoto(ctx.sql, photo.id)
  if (known && known.state !== 'withdrawn') return correctReview(ctx, known, request, now)
  if (photo.state !== 'needs_fields') return { problem: 'not_now' }
  if (!mayAskReview(ctx, photo.walletId, now)) return { problem: 'reviews_exhausted' }
  if (known) return noteRequest(known, request) ?? reopen(ctx, known, now)
  const { id: photoId, walletId } = photo
  const part = { id: caseOf(photoId), kind: 'photo', walletId, photoId, receiptId: null } as const
  return caseChanged(ctx, { ...newReview(ctx, part, now), asked: request }, now)
}

/** Whatever is decided meanwhile about the former request is stale: its version has passed. */
function correctReview(
  ctx: CellContext,
  row: ReviewRow,
  request: ReviewRequest,
  now: number,
): ReviewRow | Refused {
  if (row.state !== 'open' || row.asked === null) return { problem: 'not_now' }
  if (isAsked(row, request)) return row
  return noteRequest(row, request) ?? caseChanged(ctx, row, now)
}

const isAsked = ({ asked }: ReviewRow, request: ReviewRequest) =>
  JSON.stringify(asked) === JSON.stringify(request)

/** Puts the request beside the former ones; the caller writes `row`. */
function noteRequest(row: ReviewRow, request: ReviewRequest): Refused | null {
  if (isAsked(row, request)) return null
  if (row.askedBefore.length >= PAPER_TRIES_MAX) return { problem: 'corrections_exhausted' }
  if (row.asked) row.askedBefore = [...row.askedBefore, row.asked]
  row.asked = request
  return null
}

/** The shopper disputes a verdict: once, as long as its photo is kept for that. */
export function disputeReview(
  ctx: CellContext,
  photo: PhotoRow,
  note: string,
  now: number,
): ReviewRow | Refused {
  const row = reviewOfPhoto(ctx.sql, photo.id)
  if (!row || photo.state !== 'needs_fields') return { problem: 'not_now' }
  if (row.state === 'open' && row.disputedAt !== null) return row
  if ((disputeUntil(row) ?? 0) <= now) return { problem: 'not_now' }
  row.state = 'open'
  row.disputedAt = now
  row.disputeNote = note
  row.dueAt = now + dueMs(ctx)
  row.approvals = []
  return caseChanged(ctx, row, now)
}

/**
 * Lends the case to a reviewer for a few minutes; the same reviewer may extend it. Opened at two
 * screens at once it does not change: what was typed at the first is not stale.
 */
export function claimReview(
  ctx: CellContext,
  id: string,
  reviewer: Reviewer,
  now: number,
): ReviewRow | Refused {
  const row = readReview(ctx.sql, id)
  if (!row) return { problem: 'not_found' }
  const refusal = claimRefusal(row, reviewer, now)
  if (refusal) return { problem: refusal }
  const leaseMs = ctx.rules.reviewLeaseMinutes * MINUTE_MS
  const leftMs = row.claimedBy === reviewer.id ? (row.claimedUntil ?? 0) - now : 0
  if (leftMs > leaseMs / 2) return row
  row.claimedBy = reviewer.id
  row.claimedUntil = now + leaseMs
  return caseChanged(ctx, row, now)
}

export type DecisionOrder = {
  readonly id: string
  readonly decision: ReviewDecision
  /** Of an approved document; null for everything else. */
  readonly evidence: ReviewedEvidence | null
  readonly reviewer: Reviewer
}

/** A reviewer's decision, applied once; the same one again answers as it did. */
export function decideReview(
  ctx: CellContext,
  { id, decision, evidence, reviewer }: DecisionOrder,
  now: number,
): Decided | Refused {
  const row = readReview(ctx.sql, id)
  if (!row) return { problem: 'not_found' }
  const repeated = repeatOf(row, decision, reviewer.id)
  if (repeated) return { result: repeated, row }
  const refusal = decisionRefusal(row, decision, reviewer, now)
  if (refusal) return { problem: refusal }
  switch (decision.outcome) {
    case 'approve':
      if (row.kind === 'collision') return approveCompared(ctx, row, reviewer, now)
      if (!evidence || !decision.document) return { problem: 'invalid_request' }
      return approve(ctx, row, { evidence, document: decision.document, by: reviewer.id }, now)
    case 'decline':
      if (row.kind === 'collision' && row.receiptId) closeCompared(ctx, row.receiptId, now)
      return decline(ctx, row, { ...decision, by: reviewer.id }, now)
    case 'check':
      row.marks = decision.marks
      return {
        result: 'decided',
        row: endCase(ctx, row, { state: 'checked', by: reviewer.id }, now),
      }
  }
}

/** Contents of an approval that two reviewers have to agree on. */
const contentOf = (document: ReviewedDocument | null) => JSON.stringify(document)

const ENDS = { approve: 'approved', decline: 'declined', check: 'checked' } as const

function repeatOf(row: ReviewRow, decision: ReviewDecision, by: string): Decided['result'] | null {
  if (row.state === ENDS[decision.outcome]) return row.decidedBy === by ? 'decided' : null
  if (row.state !== 'open' || decision.outcome !== 'approve') return null
  const content = contentOf(decision.document)
  const isOwn = row.approvals.some((one) => one.by === by && one.content === content)
  return isOwn ? 'second_needed' : null
}

type Approval = {
  evidence: ReviewedEvidence
  document: ReviewedDocument
  by: string
}

function approve(ctx: CellContext, row: ReviewRow, approval: Approval, now: number) {
  const { evidence, document, by } = approval
  const scan = paperScanOf(evidence)
  const { walletId, askedAt, photoId } = row
  const monthMinor = reviewedMonthMinor(ctx, walletId, now)
  const { till } = evidence
  const asIf = { walletId, scan, purchasedAt: scan.time, submittedAt: askedAt, till }
  const rewardMinor = rewardOf(ctx, asIf, evidence)
  row.approvals = approvalsWith(row, by, contentOf(document))
  row.document = document
  const isEnough = row.approvals.length > 1
  if (!isEnough && needsSecond({ rewardMinor, monthMinor }, ctx.rules)) {
    row.claimedBy = null
    row.claimedUntil = null
    return { result: 'second_needed' as const, row: caseChanged(ctx, row, now) }
  }
  // Its code waits for this very decision; else the paper is a receipt of its own.
  const isClosed = row.receiptId !== null && isLost(ctx, row.receiptId)
  const waiting = isClosed ? null : row.receiptId
  let receiptId = waiting
  if (waiting === null) {
    const fingerprint = paperFingerprint(scan)
    const submission = { walletId, fingerprint, contentKey: fingerprint, scan, askedAt }
    const submitted = submit(ctx, photoId === null ? submission : { ...submission, photoId }, now)
    if (submitted.kind === 'limited') return { problem: 'submissions_exhausted' } as const
    receiptId = submitted.row.id
  } else if (!resumeWaiting(ctx, waiting, evidence.document, now))
    return { problem: 'review_stale' } as const
  row.receiptId = receiptId
  row.evidence = evidence
  row.rewardMinor = rewardMinor
  const decided = endCase(ctx, row, { state: 'approved', by }, now)
  settlePhoto(ctx, row, receiptId)
  return { result: 'decided' as const, row: decided }
}

function paperScanOf(evidence: Approval['evidence']): ReviewedScan {
  const { time, totalMinor } = evidence.document
  return { time, totalMinor, seller: sellerKey(sellerOf(evidence)), kind: 1 }
}

/** The scan is another purchase than the paper it looks like: it is judged after all. */
function approveCompared(ctx: CellContext, row: ReviewRow, reviewer: Reviewer, now: number) {
  if (row.receiptId) resumeCompared(ctx, row.receiptId, now)
  const decided = endCase(ctx, row, { state: 'approved', by: reviewer.id }, now)
  return { result: 'decided' as const, row: decided }
}

function decline(
  ctx: CellContext,
  row: ReviewRow,
  { reason, note, by }: { reason: DeclineReason; note: string; by: string },
  now: number,
) {
  row.reason = reason
  row.note = note
  row.approvals = []
  const waiting = row.kind === 'photo' ? row.receiptId : null
  if (waiting !== null) settlePhoto(ctx, row, null)
  if (waiting !== null) row.receiptId = null
  const declined = endCase(ctx, row, { state: 'declined', by }, now)
  // A picture that shows too little says nothing against the code: it waits on.
  const isOfPicture = reason === 'unreadable' || reason === 'incomplete'
  if (waiting !== null && !isOfPicture) refuseWaiting(ctx, waiting, reason, now)
  return { result: 'decided' as const, row: declined }
}
