import { z } from 'zod'
import { Instant } from './receipt.ts'
import { ReviewRequest } from './review-request.ts'

/** How a review by a person ends, in the words that both sides share. */

/** `checked`: a spot check was answered. `withdrawn`: its photo was deleted before a decision. */
export const REVIEW_STATES = ['open', 'approved', 'declined', 'checked', 'withdrawn'] as const
export const ReviewState = z.enum(REVIEW_STATES)
export type ReviewState = z.infer<typeof ReviewState>

/** Why a reviewer declines; the shopper reads the words of it, and the note. */
export const DECLINE_REASONS = [
  'not_a_receipt',
  'unreadable',
  'incomplete',
  'not_a_sale',
  'altered',
  'picture_of_a_screen',
  'already_used',
  'fields_do_not_match',
  'other',
] as const
export const DeclineReason = z.enum(DECLINE_REASONS)
export type DeclineReason = z.infer<typeof DeclineReason>

/** What the shopper reads of the review of a photo. */
export const PhotoReview = z.object({
  state: ReviewState,
  /** What its owner has asked last; null once that is erased. */
  asked: ReviewRequest.nullable(),
  dueAt: Instant,
  reason: DeclineReason.nullable(),
  note: z.string(),
  mayDispute: z.boolean(),
  /** Until when it may be disputed; null when it cannot be. */
  disputeUntil: Instant.nullable(),
})
export type PhotoReview = z.infer<typeof PhotoReview>
