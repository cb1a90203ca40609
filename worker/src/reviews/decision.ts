import type { ProblemCode } from '#schema/problem'
import type { ReviewDecision, ReviewKind } from '#schema/review'
import type { ReviewState } from '#schema/review-verdict'

/** What a reviewer may do with a case, pure: the case and the reviewer in, a refusal or none out. */

type DecidedCase = {
  readonly kind: ReviewKind
  readonly state: ReviewState
  readonly version: number
  readonly claimedBy: string | null
  readonly claimedUntil: number | null
  readonly disputedAt: number | null
  readonly decidedBy: string | null
  readonly approvals: readonly { readonly by: string; readonly content: string }[]
}

export type Reviewer = {
  readonly id: string
  /** Whether the network has another reviewer: a dispute goes to one if so. */
  readonly hasColleagues: boolean
}

/** Why this reviewer may not take the case now; null when nothing speaks against it. */
export function claimRefusal(
  { state, claimedBy, claimedUntil, disputedAt, decidedBy }: DecidedCase,
  reviewer: Reviewer,
  now: number,
): ProblemCode | null {
  if (state !== 'open') return 'review_stale'
  if (claimedBy !== null && claimedBy !== reviewer.id && (claimedUntil ?? 0) > now) {
    return 'review_claimed'
  }
  const isOwnVerdict = disputedAt !== null && decidedBy === reviewer.id
  return isOwnVerdict && reviewer.hasColleagues ? 'other_reviewer_needed' : null
}

const OUTCOMES: Record<ReviewKind, readonly ReviewDecision['outcome'][]> = {
  photo: ['approve', 'decline'],
  collision: ['approve', 'decline'],
  spot_check: ['check'],
}

/** Why this decision cannot be taken now; null when it can. */
export function decisionRefusal(
  review: DecidedCase,
  decision: Pick<ReviewDecision, 'outcome' | 'version'>,
  reviewer: Reviewer,
  now: number,
): ProblemCode | null {
  const refusal = claimRefusal(review, reviewer, now)
  if (refusal !== null) return refusal
  if (decision.version !== review.version) return 'review_stale'
  return OUTCOMES[review.kind].includes(decision.outcome) ? null : 'not_now'
}

type ReviewLimits = {
  readonly reviewedReceiptMinorMax: number
  readonly reviewedMonthMinorMax: number
}

/** Whether one reviewer is not enough for this reward. */
export function needsSecond(
  { rewardMinor, monthMinor }: { rewardMinor: number; monthMinor: number },
  limits: ReviewLimits,
): boolean {
  return (
    rewardMinor > limits.reviewedReceiptMinorMax ||
    rewardMinor + monthMinor > limits.reviewedMonthMinorMax
  )
}

/**
 * The approvals that count for these contents with this reviewer's. Whoever approves something else
 * begins anew: two reviewers agree only when they have read the same.
 */
export function approvalsWith(
  { approvals }: DecidedCase,
  by: string,
  content: string,
): readonly { by: string; content: string }[] {
  const same = approvals.filter((one) => one.content === content && one.by !== by)
  return [...same, { by, content }]
}
