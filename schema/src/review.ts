import { z } from 'zod'
import { idOf } from './id.ts'
import { MarketCode } from './market.ts'
import { Amount } from './money.ts'
import { PaperFields, PhotoReading } from './photo.ts'
import { CodeScan, Instant, ReceiptState, ReceiptStore, UnansweredReason } from './receipt.ts'
import { REVIEW_LINES_MAX, ReviewLine, ReviewRequest } from './review-request.ts'
import { DeclineReason, ReviewState } from './review-verdict.ts'

/**
 * What a person decides: photos without a usable fiscal identity, scans that look like a receipt
 * which was credited by a photo, and spot checks of what was decided without anybody.
 */
export const REVIEW_KINDS = ['photo', 'collision', 'spot_check'] as const
export const ReviewKind = z.enum(REVIEW_KINDS)
export type ReviewKind = z.infer<typeof ReviewKind>

const Note = z.string().trim().max(300)

export const ReviewDispute = z.strictObject({ note: Note.min(3) })

/** The receipt as a reviewer read it. `productId` null: let the matcher decide. */
export const ReviewedDocument = z.strictObject({
  ...ReviewRequest.shape,
  storeId: idOf('store').nullable(),
  retailerId: idOf('partner').nullable(),
  lines: z
    .array(z.strictObject({ ...ReviewLine.shape, productId: idOf('product').nullable() }))
    .max(REVIEW_LINES_MAX),
})
export type ReviewedDocument = z.infer<typeof ReviewedDocument>

/** Fields that a spot check marks right or wrong; `items` stands for the lines together. */
export const CHECKED_FIELDS = ['retailer', 'date', 'time', 'total', 'numbers', 'items'] as const
export const CheckedField = z.enum(CHECKED_FIELDS)
export type CheckedField = z.infer<typeof CheckedField>
export const ReviewMarks = z.partialRecord(CheckedField, z.boolean())
export type ReviewMarks = z.infer<typeof ReviewMarks>

/** What a spot check asks about, as it was read; null was not read. The sum is in minor units. */
export const CheckedReading = z.object({
  retailer: z.string().nullable(),
  date: z.string().nullable(),
  time: z.string().nullable(),
  total: Amount.nullable(),
  numbers: z.array(z.string()).nullable(),
  items: z.array(z.string()).nullable(),
} satisfies Record<CheckedField, z.ZodType>)
export type CheckedReading = z.infer<typeof CheckedReading>

/** `version`: of the case as the reviewer saw it; a decision about an older one is refused. */
export const ReviewDecision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('approve'),
    version: z.number().int(),
    /** Null for a collision: the authority's own document stands. */
    document: ReviewedDocument.nullable(),
    /** Receipts that look the same, seen by the reviewer and told apart. */
    distinctFrom: z.array(idOf('receipt')).max(20),
  }),
  z.strictObject({
    outcome: z.literal('decline'),
    version: z.number().int(),
    reason: DeclineReason,
    note: Note,
  }),
  z.strictObject({
    outcome: z.literal('check'),
    version: z.number().int(),
    marks: ReviewMarks,
  }),
])
export type ReviewDecision = z.infer<typeof ReviewDecision>

/** A case as the queue lists it. */
export const ReviewSummary = z.object({
  id: idOf('review'),
  kind: ReviewKind,
  /** Of the shopper's wallet: its amounts are in that currency. */
  market: MarketCode,
  state: ReviewState,
  /** Asked again by the shopper after it was declined. */
  isDispute: z.boolean(),
  /** One reviewer has approved it; above the limit another has to agree. */
  approvals: z.number().int(),
  retailer: z.string(),
  totalMinor: Amount.nullable(),
  askedAt: Instant,
  /** By when the service level wants a decision. */
  dueAt: Instant,
  /** A reviewer has it until then; null when nobody has. */
  claimedUntil: Instant.nullable(),
  isMine: z.boolean(),
})
export type ReviewSummary = z.infer<typeof ReviewSummary>

/** Another receipt of the same shop, minute and total. */
export const ReviewCollision = z.object({
  receiptId: idOf('receipt'),
  /** A receipt of the same wallet is the same receipt: it cannot be told apart. */
  isSameWallet: z.boolean(),
  isPaper: z.boolean(),
  state: ReceiptState,
  storeName: z.string().nullable(),
})
export type ReviewCollision = z.infer<typeof ReviewCollision>

/** A claim of the same code, or of the same moment under its country's other number. */
export const ReviewClaim = z.object({
  receiptId: idOf('receipt'),
  /** The one that the case decides. */
  isOwn: z.boolean(),
  shopperMasked: z.string(),
  state: ReceiptState,
  submittedAt: Instant,
  /** Which of its country's two numbers its code has; null where there is one. */
  numbering: z.enum(['zki', 'jir']).nullable(),
  /** The state's own page about it. */
  officialPage: z.string().nullable(),
})
export type ReviewClaim = z.infer<typeof ReviewClaim>

/** What the wallet has brought before. */
export const ReviewHistory = z.object({
  receipts: z.number().int(),
  credited: z.number().int(),
  reviews: z.number().int(),
  approved: z.number().int(),
  declined: z.number().int(),
  /** Earned by reviewed receipts in the last 30 days. */
  monthMinor: Amount,
})
export type ReviewHistory = z.infer<typeof ReviewHistory>

/** A line with the product that the matcher, or a reviewer, sees in it. */
export const ReviewCaseLine = z.object({
  ...ReviewLine.shape,
  product: z
    .object({ id: z.string(), name: z.string(), by: z.string(), certain: z.boolean() })
    .nullable(),
})
export type ReviewCaseLine = z.infer<typeof ReviewCaseLine>

/** Everything that a decision needs, on one screen. */
export const ReviewCase = ReviewSummary.extend({
  version: z.number().int(),
  walletId: z.string(),
  shopperMasked: z.string(),
  photoId: idOf('photo').nullable(),
  receiptId: idOf('receipt').nullable(),
  /** What the code says that waits for this decision; null when there is none. */
  scan: CodeScan.nullable(),
  /** Why that code waits, and how often its service has said that it knows no such receipt. */
  waiting: z.object({ reason: UnansweredReason, undelivered: z.number().int() }).nullable(),
  /** What the machine read; nothing that was typed is ever in it. */
  reading: PhotoReading.nullable(),
  /** What the shopper typed to find the purchase among the shop's sales, each time. */
  typed: z.array(PaperFields),
  /** What the shopper typed for the reviewer: each request, the newest last. */
  requests: z.array(ReviewRequest),
  /** The reader's reasons and risks, as codes. */
  reasons: z.array(z.string()),
  /**
   * What the shopper says, or the authority for a collision, or a waiting code with what was read
   * on its paper; null for a spot check.
   */
  asked: ReviewRequest.nullable(),
  /** The shopper's words of the dispute. */
  disputeNote: z.string(),
  store: ReceiptStore.nullable(),
  lines: z.array(ReviewCaseLine),
  history: ReviewHistory,
  collisions: z.array(ReviewCollision),
  /** Who else has brought what may be this receipt, and this one among them; else none. */
  claims: z.array(ReviewClaim),
  declined: z.object({ reason: DeclineReason, note: z.string(), at: Instant }).nullable(),
  /** What was approved, when it was. */
  document: ReviewedDocument.nullable(),
  /** Of a spot check: what the machine decided by, to be called right or wrong field by field. */
  checked: CheckedReading.nullable(),
  /** Of a spot check that was answered. */
  marks: ReviewMarks.nullable(),
  /** Whether the picture is still kept. */
  hasPicture: z.boolean(),
  /** Shots that are still kept. */
  shots: z.number().int(),
})
export type ReviewCase = z.infer<typeof ReviewCase>

/** `second_needed`: recorded; above the operator's limit another reviewer has to agree. */
export const ReviewOutcome = z.object({
  result: z.enum(['decided', 'second_needed']),
  case: ReviewSummary,
})
export type ReviewOutcome = z.infer<typeof ReviewOutcome>

/** Where the picture can be read for a few minutes. */
export const ReviewPhotoLink = z.object({ url: z.string(), expiresAt: Instant })
export type ReviewPhotoLink = z.infer<typeof ReviewPhotoLink>

/** Of so many marked fields so many were right; the bounds are Wilson's, 95 %. */
export const Precision = z.object({
  field: z.union([CheckedField, z.literal('all')]),
  right: z.number().int(),
  marked: z.number().int(),
  from: z.number(),
  to: z.number(),
})
export type Precision = z.infer<typeof Precision>
export const ReviewPrecision = z.object({
  days: z.number().int(),
  checks: z.number().int(),
  fields: z.array(Precision),
  /** Cases of those days against the service level; spot checks promise nobody anything. */
  service: z.object({
    decided: z.number().int(),
    inTime: z.number().int(),
    waiting: z.number().int(),
    late: z.number().int(),
  }),
})
export type ReviewPrecision = z.infer<typeof ReviewPrecision>
