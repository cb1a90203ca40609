import { z } from 'zod'
import { MarketCode } from './market.ts'
import { Amount, SignedAmount } from './money.ts'
import { Instant, WallMinute } from './receipt.ts'
import { ReviewKind, ReviewMarks } from './review.ts'
import { ReviewState } from './review-verdict.ts'
import { VerdictAction, VerdictRule, VerdictValue } from './verdict.ts'

/**
 * What a cell tells the rest of the network through its outbox: at least once, in no order.
 * Consumers drop repeats by `id`. Reports built from them are never the source of truth.
 */

/**
 * One line (or the whole receipt) as one offer judged it; refusals on other products are left out.
 */
export const JudgedLine = z.object({
  offerId: z.string(),
  partnerId: z.string(),
  line: z.number().int().nullable(),
  lineName: z.string(),
  sumMinor: Amount,
  rewardMinor: Amount,
  rule: VerdictRule,
  limitedBy: VerdictRule.nullable(),
  /** Absent from events of before partners saw them; of several names the first. */
  seen: VerdictValue.nullable().optional(),
  needed: VerdictValue.nullable().optional(),
  action: VerdictAction.optional(),
  holdDays: z.number().int().optional(),
})

/** What one offer paid on one receipt. */
export const OfferSpend = z.object({
  offerId: z.string(),
  partnerId: z.string(),
  rewardMinor: Amount,
  feeMinor: Amount,
  /** Taken from the shopper's reservation instead of the open budget; reward and fee together. */
  fromReservedMinor: Amount,
})

/** What one offer takes back after a return. */
export const OfferReversal = z.object({
  offerId: z.string(),
  partnerId: z.string(),
  rewardMinor: Amount,
  feeMinor: Amount,
  /** Nothing is left of the reward: the receipt is no redemption any more. */
  isWhole: z.boolean(),
  lines: z.array(
    z.object({
      line: z.number().int().nullable(),
      lineName: z.string(),
      /** Of the goods that came back. */
      sumMinor: Amount,
      rewardMinor: Amount,
    }),
  ),
})

/** What a receipt holds of one product that was recognised surely; blocked goods are left out. */
export const SoldGoods = z.object({
  productId: z.string(),
  /** Whole units; a weighed line is one. */
  units: z.number().int().min(0),
  sumMinor: Amount,
})

export const CellEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('receipt_judged'),
    id: z.string(),
    at: Instant,
    cell: z.string(),
    receiptId: z.string(),
    walletId: z.string(),
    storeName: z.string().nullable(),
    retailerId: z.string().nullable(),
    purchasedAt: WallMinute,
    totalMinor: Amount,
    rewardMinor: Amount,
    /** The total without blocked goods: what offers on the whole receipt look at. */
    baseMinor: Amount,
    goods: z.array(SoldGoods),
    lines: z.array(JudgedLine),
    spends: z.array(OfferSpend),
  }),
  z.object({
    type: z.literal('reservation_changed'),
    id: z.string(),
    at: Instant,
    /** Missing in events of before there were several markets. */
    cell: z.string().optional(),
    offerId: z.string(),
    partnerId: z.string(),
    /** Positive when an activation reserved money, negative when it lapsed or was used. */
    changeMinor: SignedAmount,
  }),
  /** Goods of a judged receipt went back to the shop. */
  z.object({
    type: z.literal('receipt_returned'),
    id: z.string(),
    at: Instant,
    cell: z.string(),
    receiptId: z.string(),
    saleId: z.string(),
    /** When the sale was credited: its day cost so much less in the end. */
    creditedAt: Instant,
    walletId: z.string(),
    storeName: z.string().nullable(),
    reversals: z.array(OfferReversal),
  }),
  z.object({
    type: z.literal('receipt_closed'),
    id: z.string(),
    at: Instant,
    cell: z.string(),
    receiptId: z.string(),
    walletId: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
  }),
  z.object({
    type: z.literal('payout_changed'),
    id: z.string(),
    at: Instant,
    cell: z.string(),
    payoutId: z.string(),
    walletId: z.string(),
    amountMinor: Amount,
    state: z.string(),
  }),
  /** A case for a person was opened, lent, decided: the whole of it, as the queue shows it. */
  z.object({
    type: z.literal('review_changed'),
    id: z.string(),
    at: Instant,
    cell: z.string(),
    reviewId: z.string(),
    kind: ReviewKind,
    state: ReviewState,
    version: z.number().int(),
    isDispute: z.boolean(),
    approvals: z.number().int(),
    retailer: z.string(),
    totalMinor: Amount.nullable(),
    askedAt: Instant,
    dueAt: Instant,
    claimedBy: z.string().nullable(),
    claimedUntil: Instant.nullable(),
    decidedAt: Instant.nullable(),
    /** Of a spot check that was answered just now. */
    marks: ReviewMarks.nullable(),
    /** Whose receipt it is about, when not of the cell's market; events of before have none. */
    country: MarketCode.nullable().default(null),
  }),
])
export type CellEvent = z.infer<typeof CellEvent>
