import { z } from 'zod'
import { idOf } from './id.ts'
import { Category, LocalText, MarketCode } from './market.ts'
import { Amount, RateBps, SignedAmount } from './money.ts'
import { pageOf } from './page.ts'
import { Instant, WallMinute } from './receipt.ts'
import { VerdictAction, VerdictRule, VerdictValue } from './verdict.ts'

export const PRODUCTS_PER_OFFER_MAX = 500
export const RETAILERS_PER_OFFER_MAX = 100

/** What is paid. A mechanic is data naming code: `{ code, args }`. */
export const OfferReward = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('percent'), args: z.strictObject({ rateBps: RateBps.min(1) }) }),
  z.strictObject({
    code: z.literal('fixed'),
    /** Paid per unit bought (whole units or packs), or once per receipt. */
    args: z.strictObject({ amountMinor: Amount.min(1), per: z.enum(['unit', 'receipt']) }),
  }),
])
export type OfferReward = z.infer<typeof OfferReward>

/** What it is paid on. */
export const OfferTarget = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('products'),
    args: z.strictObject({
      productIds: z.array(idOf('product')).min(1).max(PRODUCTS_PER_OFFER_MAX),
    }),
  }),
  z.strictObject({
    code: z.literal('brand'),
    args: z.strictObject({ brand: z.string().trim().min(1).max(80) }),
  }),
  z.strictObject({ code: z.literal('category'), args: z.strictObject({ category: Category }) }),
  z.strictObject({ code: z.literal('receipt'), args: z.strictObject({}) }),
])
export type OfferTarget = z.infer<typeof OfferTarget>

export const CapPeriod = z.enum(['day', 'week', 'month'])
export type CapPeriod = z.infer<typeof CapPeriod>

/** Caps on what one shopper can earn; null means no cap. */
export const OfferCaps = z.strictObject({
  perLineMinor: Amount.min(1).nullable(),
  perReceiptMinor: Amount.min(1).nullable(),
  /** Over the offer's whole life. */
  perShopperMinor: Amount.min(1).nullable(),
  /** Credited receipts per shopper over the offer's whole life. */
  perShopperReceipts: z.number().int().min(1).max(1_000).nullable(),
  /** Per calendar period in the offer's time zone; weeks begin on Monday. */
  perPeriod: z
    .strictObject({
      period: CapPeriod,
      amountMinor: Amount.min(1).nullable(),
      receipts: z.number().int().min(1).max(1_000).nullable(),
    })
    .nullable(),
})
export type OfferCaps = z.infer<typeof OfferCaps>

/** The rule an offer is judged by: everything evaluation reads, nothing else. */
export const OfferRule = z.strictObject({
  reward: OfferReward,
  target: OfferTarget,
  /** Partner ids of the retailers, or all of them. */
  retailers: z.union([
    z.literal('all'),
    z.array(idOf('partner')).min(1).max(RETAILERS_PER_OFFER_MAX),
  ]),
  minimum: z.strictObject({
    /** Of the matching lines together (of the whole receipt for a receipt offer). */
    spendMinor: Amount.min(1).nullable(),
    quantity: z.number().int().min(1).max(1_000).nullable(),
  }),
  caps: OfferCaps,
  /**
   * Whether only shoppers who activated it before the purchase earn; others may activate to
   * reserve.
   */
  activation: z.enum(['required', 'optional']),
  /** Purchase window, wall clock of `timeZone`; the end is exclusive. */
  startsAt: WallMinute,
  endsAt: WallMinute,
  timeZone: z.string().min(1).max(64),
  /** Days from the purchase in which the receipt may be submitted; the market bounds them. */
  submissionDays: z.number().int().min(2).max(90),
  /** Days the reward is held, for goods that come back. */
  holdDays: z.number().int().min(0).max(60),
  /**
   * Receipts whose goods nobody names, as signed codes do not: the retailer that pays declares that
   * its receipts hold no blocked goods (docs/decisions/0020). Missing: they earn nothing.
   */
  withoutLines: z.literal('earns').optional(),
})
export type OfferRule = z.infer<typeof OfferRule>

/** What the law wants before an offer is published. */
export const OfferLegal = z.strictObject({
  organiser: z.string().trim().max(200),
  rulesUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  advertiserTaxNumber: z.string().max(15),
  adToken: z.string().trim().max(100),
})
export type OfferLegal = z.infer<typeof OfferLegal>

/** What a marketer writes; a draft may be incomplete in `legal`, never in `rule`. */
export const OfferDraft = z.strictObject({
  title: z.strictObject({
    ru: z.string().trim().min(2).max(80),
    en: z.string().trim().min(2).max(80),
  }),
  rule: OfferRule,
  legal: OfferLegal,
  /** All the money the partner puts behind it, rewards and fees together. */
  budgetMinor: Amount.min(100),
})
export type OfferDraft = z.infer<typeof OfferDraft>

export const OFFER_STATES = ['draft', 'published', 'paused', 'ended'] as const
export const OfferState = z.enum(OFFER_STATES)
export type OfferState = z.infer<typeof OfferState>

/** A published version: never changes; a receipt keeps the version it was judged by. */
export const OfferVersion = z.object({
  offerId: idOf('offer'),
  version: z.number().int().min(1),
  partnerId: idOf('partner'),
  partnerName: z.string(),
  market: MarketCode,
  title: LocalText,
  rule: OfferRule,
  legal: OfferLegal,
  budgetMinor: Amount,
  /** The network's fee, on top of the reward, from the same budget. */
  feeBps: RateBps,
  publishedAt: Instant,
  /** Purchases from this wall minute on do not earn: paused or ended early. */
  stoppedAt: WallMinute.nullable(),
  /** Pauses that are over; the end is exclusive. Missing in snapshots from before they were kept. */
  stops: z.array(z.object({ from: WallMinute, to: WallMinute })).optional(),
})
export type OfferVersion = z.infer<typeof OfferVersion>

/** Money of an offer, as the partner sees it. */
export const OfferMoney = z.object({
  budgetMinor: Amount,
  spentMinor: Amount,
  feeMinor: Amount,
  reservedMinor: Amount,
  /** Budget that no shopper holds yet. */
  leftMinor: Amount,
})
export type OfferMoney = z.infer<typeof OfferMoney>

/** The partner's view of its own offer. */
export const Offer = z.object({
  id: idOf('offer'),
  partnerId: idOf('partner'),
  state: OfferState,
  version: z.number().int().min(0),
  /** Draft content is newer than the published version. */
  draft: OfferDraft,
  /** Generated from the rule. */
  text: LocalText,
  feeBps: RateBps,
  money: OfferMoney,
  redemptions: z.number().int(),
  publishedAt: Instant.nullable(),
  createdAt: Instant,
})
export type Offer = z.infer<typeof Offer>

/** The shopper's card. */
export const OfferCard = z.object({
  id: idOf('offer'),
  version: z.number().int(),
  partnerId: idOf('partner'),
  partnerName: z.string(),
  title: LocalText,
  /** `15 %`, `20 ₽`. */
  rewardText: LocalText,
  /** One line: on what, where. */
  summary: LocalText,
  /** The whole rule in sentences. */
  terms: z.object({ ru: z.array(z.string()), en: z.array(z.string()) }),
  retailers: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  rule: OfferRule,
  legal: OfferLegal,
  /** Share of the budget that is left, whole percents. */
  leftPercent: z.number().int().min(0).max(100),
  endsAt: WallMinute,
  activation: z.enum(['required', 'optional']),
  activated: z
    .object({ reservedMinor: Amount, until: Instant })
    .nullable()
    .meta({ description: 'Null when not activated or not signed in' }),
})
export type OfferCard = z.infer<typeof OfferCard>

/** The product that a barcode names. */
export const ScannedProduct = z.object({
  gtin: z.string(),
  name: z.string(),
  brand: z.string(),
  category: Category,
})
export type ScannedProduct = z.infer<typeof ScannedProduct>

/** A page of the live offers that pay for a product; offers on whole receipts are not among them. */
export const ProductOffers = pageOf(OfferCard).extend({
  /** Null when no partner of the market lists it. */
  product: ScannedProduct.nullable(),
})
export type ProductOffers = z.infer<typeof ProductOffers>

export const Activation = z.object({
  offerId: idOf('offer'),
  reservedMinor: Amount,
  until: Instant,
})
export type Activation = z.infer<typeof Activation>

/** Fewer receipts than this are not shown to partners as an aggregate. */
export const PAST_RECEIPTS_MIN = 20

/** A cost estimate beside the editor; `basis` says where the figures come from. */
export const OfferEstimate = z.object({
  /** Most one receipt can cost, reward and fee; null when nothing caps it. */
  receiptMinorMax: Amount.nullable(),
  /** Receipts the budget pays for at the most a receipt can cost. */
  receiptsAtLeast: z.number().int().nullable(),
  /**
   * The most the rule would have cost on what the network's shoppers bought in the last days. Only
   * sums per product, retailer and day are kept, so caps and minimums are not applied: the true
   * cost is this or less, roundings of single receipts aside. Null when there were no such
   * purchases, or not surely on `PAST_RECEIPTS_MIN` different receipts.
   */
  past: z
    .object({
      days: z.number().int(),
      /** Products on receipts, one per product and receipt; receipts when the offer is on those. */
      purchases: z.number().int(),
      rewardMinor: Amount,
      feeMinor: Amount,
    })
    .nullable(),
  problems: z.array(z.object({ path: z.string(), code: z.string() })),
})
export type OfferEstimate = z.infer<typeof OfferEstimate>

export const OfferPreview = z.object({
  rewardText: LocalText,
  summary: LocalText,
  terms: z.object({ ru: z.array(z.string()), en: z.array(z.string()) }),
  estimate: OfferEstimate,
})
export type OfferPreview = z.infer<typeof OfferPreview>

/** One row of the live redemptions: the same verdict that the shopper sees, without the shopper. */
export const Redemption = z.object({
  id: z.string(),
  at: Instant,
  offerId: z.string(),
  storeName: z.string().nullable(),
  lineName: z.string(),
  sumMinor: Amount,
  /** Negative when goods came back and the reward was taken back. */
  rewardMinor: SignedAmount,
  feeMinor: SignedAmount,
  rule: VerdictRule,
  limitedBy: VerdictRule.nullable(),
  seen: VerdictValue.nullable(),
  needed: VerdictValue.nullable(),
  action: VerdictAction,
  holdDays: z.number().int(),
})
export type Redemption = z.infer<typeof Redemption>

export const OfferDay = z.object({
  /** Calendar day in the market's zone: `2026-11-21`. */
  day: z.string(),
  redemptions: z.number().int(),
  rewardMinor: Amount,
  feeMinor: Amount,
  refusals: z.number().int(),
  reservedMinor: Amount,
})
export type OfferDay = z.infer<typeof OfferDay>
