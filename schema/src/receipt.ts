import { z } from 'zod'
import { idOf } from './id.ts'
import { Category, HOME_MARKET, MarketCode, TrustClass } from './market.ts'
import { Amount } from './money.ts'
import { TAX_NUMBER } from './tax-number.ts'
import { Verdict } from './verdict.ts'

/** A wall-clock minute at the place of sale, without a zone: `2026-11-21T18:42`. */
export const WallMinute = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
export const Instant = z.iso.datetime()

/** The longest code that is read: an Indian or a Chilean one may have this many characters. */
export const SCAN_TEXT_MAX = 4_000
export const LINES_MAX = 1_000

/** Russian operation kinds (FFD tag 1054): 1, a sale, earns; 2, its return, takes back. */
export const OperationKind = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
export type OperationKind = z.infer<typeof OperationKind>

/** What a Russian receipt's code says, canonical: the identity is `fn:i:fp` as integers. */
export const RuScan = z.strictObject({
  /** Wall-clock minute; the tax service drops seconds, so do we. */
  time: WallMinute,
  totalMinor: Amount,
  /** Fiscal drive number: 16 digits, leading zeros matter when asking the tax service. */
  fn: z.string().regex(/^\d{16}$/),
  /** Fiscal document number. */
  i: z.number().int().min(1).max(4_294_967_295),
  /** Fiscal sign. */
  fp: z.number().int().min(0).max(4_294_967_295),
  kind: OperationKind,
})
export type RuScan = z.infer<typeof RuScan>

/** What a signature in a code was found to be; `absent` where the format has none. */
export const SignatureState = z.enum(['valid', 'invalid', 'unknown_key', 'absent'])

/** What the code of another country says, with what it proved when it was submitted. */
export const CodeScan = z.strictObject({
  country: MarketCode,
  /** As scanned: whoever verifies reads it anew. */
  text: z.string().max(SCAN_TEXT_MAX),
  /** Wall-clock minute in the market's zone; the minute of submission when it is not told. */
  time: WallMinute,
  /** 0 when the code does not tell it. */
  totalMinor: Amount,
  operation: z.enum(['sale', 'return', 'training', 'copy', 'annulled', 'other']),
  issuer: z.string().max(200).nullable(),
  /** The till by its country's rule, `at:1a2b:KASSE-1`; null when the code does not name one. */
  till: z.string().max(200).nullable(),
  trust: TrustClass,
  signature: SignatureState,
  /** What the code does not say: `total`, `issued_at`, `time_of_day`, … */
  missing: z.array(z.string().max(20)).max(10),
  /** The state's own page about this receipt. */
  officialPage: z.string().max(2_000).nullable(),
  /** What else the print of its paper calls it, where a country numbers a receipt twice. */
  alsoPrinted: z.array(z.string().max(80)).max(1).optional(),
})
export type CodeScan = z.infer<typeof CodeScan>

/** What a paper says whose numbers nobody has read, when its retailer's sale vouches for it. */
export const PaperScan = z.strictObject({
  time: WallMinute,
  totalMinor: Amount,
  /** The seller's. */
  taxNumber: z.string().regex(TAX_NUMBER),
})
export type PaperScan = z.infer<typeof PaperScan>

/**
 * What a reviewer read of a paper whose fiscal numbers cannot be had. Only a person's approval
 * makes one; `seller`: tax number, else the id of the retailer.
 */
export const ReviewedScan = z.strictObject({
  time: WallMinute,
  totalMinor: Amount,
  seller: z.string().min(1).max(60),
  kind: z.literal(1),
})
export type ReviewedScan = z.infer<typeof ReviewedScan>

/**
 * What a receipt is known by. Russian codes are asked about field by field, others by their whole
 * text, a paper by its sale, and what a person has read is asked about no more.
 */
export const ReceiptScan = z.union([RuScan, CodeScan, PaperScan, ReviewedScan])
export type ReceiptScan = z.infer<typeof ReceiptScan>

export function isRuScan(scan: ReceiptScan): scan is RuScan {
  return 'fn' in scan
}

export function isPaperScan(scan: ReceiptScan): scan is PaperScan {
  return 'taxNumber' in scan
}

export function isReviewedScan(scan: ReceiptScan): scan is ReviewedScan {
  return 'seller' in scan
}

/** Whose receipt a scan is by its form; null for paper, wherever it was. */
export function marketOfScan(scan: ReceiptScan): MarketCode | null {
  if ('country' in scan) return scan.country
  return isRuScan(scan) ? HOME_MARKET : null
}

/** What somebody besides a reviewer can vouch for. */
export type VouchedScan = Exclude<ReceiptScan, ReviewedScan>

export const ReceiptSubmission = z.strictObject({
  source: z.discriminatedUnion('code', [
    /** The scanned or pasted text of the code, as it is. */
    z.strictObject({
      code: z.literal('qr'),
      text: z.string().min(1).max(SCAN_TEXT_MAX),
      /** The shopper's answer when the sum had no dot: asked, never guessed. */
      sumUnit: z.enum(['roubles', 'kopecks']).optional(),
    }),
    /** Typed by hand from the printed receipt, or corrected beside a photo of it. */
    z.strictObject({
      code: z.literal('fields'),
      fields: RuScan,
      photoId: idOf('photo').optional(),
    }),
  ]),
  /** When the phone read it, for receipts scanned offline; the server's time decides windows. */
  scannedAt: Instant.optional(),
})
export type ReceiptSubmission = z.infer<typeof ReceiptSubmission>

/** A line of the fiscal document, as the tax service gave it. */
export const DocumentLine = z.object({
  name: z.string(),
  priceMinor: Amount,
  /** Millionths of the unit: 1.5 kg = 1 500 000. */
  quantityMicro: z.number().int().min(0),
  sumMinor: Amount,
  gtin: z.string().nullable(),
  /** FFD tag 1212, subject of the settlement: 1 goods, 2 excise goods, 30–33 marked goods, … */
  subject: z.number().int().nullable(),
  /**
   * FFD tag 1214, method of the settlement: 1–3 prepayment and advance, 4 paid in full,
   * 7 payment of a credit, … Null when the receipt does not say; missing in documents read before
   * it was kept.
   */
  payment: z.number().int().nullish(),
  /** FFD tag 2108, what the quantity counts: 0 pieces, 11 kilograms, 41 litres, … Likewise. */
  measure: z.number().int().nullish(),
})
export type DocumentLine = z.infer<typeof DocumentLine>

/** A fiscal document, independent of who told us: what evaluation and screens need. */
export const FiscalDocument = z.object({
  time: WallMinute,
  totalMinor: Amount,
  kind: OperationKind,
  sellerName: z.string().nullable(),
  sellerTaxNumber: z.string().nullable(),
  tillRegistration: z.string().nullable(),
  fiscalDrive: z.string().nullable(),
  address: z.string().nullable(),
  placeName: z.string().nullable(),
  lines: z.array(DocumentLine).max(LINES_MAX),
})
export type FiscalDocument = z.infer<typeof FiscalDocument>

/**
 * received: durable, claim not yet confirmed. verifying: claimed, the tax service is being asked.
 * awaiting_authority: authentic so far, not delivered yet; re-checked by itself up to 30 days.
 * awaiting_budget: judged, a lease of the offer's money has been asked. The rest are ends:
 * credited (something was earned), no_reward (judged, nothing earned), duplicate, rejected,
 * released (rejected, and the claim given back so that the true holder can submit it).
 */
export const RECEIPT_STATES = [
  'received',
  'verifying',
  'awaiting_authority',
  'awaiting_budget',
  'credited',
  'no_reward',
  'duplicate',
  'rejected',
  'released',
] as const
export const ReceiptState = z.enum(RECEIPT_STATES)
export type ReceiptState = z.infer<typeof ReceiptState>

export const FINAL_RECEIPT_STATES: readonly ReceiptState[] = [
  'credited',
  'no_reward',
  'duplicate',
  'rejected',
  'released',
]

/** Why a receipt as a whole is where it is. The words are the screens'; the values are here. */
export const RECEIPT_REASONS = [
  'already_claimed', // at, by (masked)
  'already_claimed_by_you', // receiptId
  'not_a_sale', // seen kind
  'return_applied', // receiptId of the sale, amountMinor taken back
  'return_unmatched', // a return of nothing that this wallet was credited for, so far
  'from_the_future', // seen time
  'too_old', // seen time, needed oldest
  'forged', // the tax service refused the sign; never asked again
  'answer_differs', // nextCheckAt: not what the code says; it is asked again
  'differs_from_authority', // fields
  'not_delivered_yet', // nextCheckAt
  'not_confirmed_yet', // nextCheckAt: nobody has vouched for what the code says
  'never_delivered', // 30 days passed
  'authority_unavailable', // nextCheckAt
  'authority_quota', // nextCheckAt
  'daily_limit', // seen, needed
  'till_limit',
  'nothing_matched',
  'staff_released', // note
  'review_declined', // seen: a person has looked at its paper, and why it is refused
  'being_compared', // at; a person compares it with a receipt that was credited by a photo
] as const
export const ReceiptReasonCode = z.enum(RECEIPT_REASONS)
export type ReceiptReasonCode = z.infer<typeof ReceiptReasonCode>

/** Nothing was said about such a receipt: it waits, and a person may be asked about its paper. */
export const UnansweredReason = ReceiptReasonCode.extract([
  'not_confirmed_yet',
  'not_delivered_yet',
  'authority_unavailable',
  'authority_quota',
])

export const ReceiptReason = z.object({
  code: ReceiptReasonCode,
  /** When the other copy was claimed. */
  at: Instant.optional(),
  /** By whom, masked: `+7 9•• •••-••-67` or `another shopper`. */
  by: z.string().optional(),
  /** Nobody has vouched for that copy: a photo of the paper lets a person decide between the two. */
  unproved: z.boolean().optional(),
  receiptId: z.string().optional(),
  seen: z.string().optional(),
  needed: z.string().optional(),
  amountMinor: Amount.optional(),
  /** Which fields the authority's answer differs in. */
  fields: z.array(z.string()).optional(),
})
export type ReceiptReason = z.infer<typeof ReceiptReason>

export const TimelineEntry = z.object({
  at: Instant,
  step: z.enum([
    'submitted',
    'claimed',
    'duplicate',
    'asked_authority',
    'authority_answered',
    'sale_matched',
    'code_sufficed',
    'reviewed',
    'awaiting_authority',
    'judged',
    'awaiting_budget',
    'budget_granted',
    'credited',
    'no_reward',
    'rejected',
    'released',
    'retried',
    'returned',
  ]),
  detail: z.string().optional(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const ReceiptStore = z.object({
  storeId: z.string().nullable(),
  retailerId: z.string().nullable(),
  name: z.string(),
  address: z.string().nullable(),
})
export type ReceiptStore = z.infer<typeof ReceiptStore>

export const ReceiptLine = DocumentLine.extend({
  index: z.number().int(),
  product: z
    .object({ id: z.string(), name: z.string(), category: Category, by: z.string() })
    .nullable(),
  /** Best first; the shopper's card shows the first, the rest open on demand. */
  verdicts: z.array(Verdict),
  rewardMinor: Amount,
  /** What of the line went back to the shop, in millionths of its unit. */
  returnedMicro: z.number().int().min(0),
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

export const ReceiptSummary = z.object({
  id: idOf('receipt'),
  market: MarketCode,
  state: ReceiptState,
  submittedAt: Instant,
  purchasedAt: WallMinute,
  totalMinor: Amount,
  /** What was credited, and what of it was taken back after a return. */
  rewardMinor: Amount,
  returnedMinor: Amount,
  storeName: z.string().nullable(),
  reason: ReceiptReason.nullable(),
  nextCheckAt: Instant.nullable(),
})
export type ReceiptSummary = z.infer<typeof ReceiptSummary>

export const Receipt = ReceiptSummary.extend({
  /** Grows with every change: pass it as `after` to wait for the next one. */
  version: z.number().int(),
  scan: ReceiptScan,
  store: ReceiptStore.nullable(),
  lines: z.array(ReceiptLine),
  /** Whether a photo of it may be shown to a person, or was; null where nobody need look. */
  personAsked: z.enum(['later', 'possible', 'asked']).nullable(),
  /** From when it may, while that is `later`. */
  personFrom: Instant.nullable(),
  /** Verdicts of offers on the whole receipt. */
  verdicts: z.array(Verdict),
  /** The receipt of the goods' return, not of their sale. */
  isReturn: z.boolean(),
  /** When the held part becomes withdrawable; null when nothing is held. */
  availableAt: Instant.nullable(),
  heldMinor: Amount,
  timeline: z.array(TimelineEntry),
})
export type Receipt = z.infer<typeof Receipt>

export const ReceiptQuery = z.strictObject({
  /** Answer at once when the version is newer, else wait up to 25 s for a change. */
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
})
