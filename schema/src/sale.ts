import { z } from 'zod'
import { CURRENCIES } from './currency.ts'
import { idOf } from './id.ts'
import { Amount } from './money.ts'
import { TillDraft } from './partner.ts'
import { Instant, SCAN_TEXT_MAX, WallMinute } from './receipt.ts'

/** What a retailer's tills have sold, as its own systems say it. */

/** Sales of one request. */
export const SALES_BATCH_MAX = 500
export const SALE_LINES_MAX = 300

const SaleLine = z.strictObject({
  name: z.string().trim().min(1).max(200),
  gtin: z
    .string()
    .regex(/^(\d{8}|\d{12,14})?$/)
    .default(''),
  /** Millionths of the unit: 1.5 kg = 1 500 000. */
  quantityMicro: z.number().int().min(1).max(1_000_000_000_000),
  priceMinor: Amount,
  sumMinor: Amount,
})

/** The fiscal numbers that a Russian till has printed on the receipt. */
const SaleFiscal = z.strictObject({
  fn: z.string().regex(/^\d{16}$/),
  fd: z.number().int().min(1).max(4_294_967_295),
  fp: z.number().int().min(0).max(4_294_967_295),
})
export type SaleFiscal = z.infer<typeof SaleFiscal>

/** The code that a till of another country has printed, as a scanner reads it. */
const SaleCode = z.strictObject({ code: z.string().trim().min(1).max(SCAN_TEXT_MAX) })

const TillNumber = TillDraft.shape.registration
/** The partner's own number of a sale, unique within the till. */
const SaleNumber = z.string().trim().min(1).max(64)

export const SaleDraft = z.strictObject({
  till: TillNumber,
  number: SaleNumber,
  /** As printed, by the clock of the shop. */
  time: WallMinute,
  totalMinor: Amount.min(1),
  /** That of the partner's market, and no other; its own when the row says none. */
  currency: z.enum(CURRENCIES).default('RUB'),
  operation: z.enum(['sale', 'return']).default('sale'),
  /** Of a return: the sale whose goods came back, where the till knows it. */
  saleNumber: SaleNumber.nullable().default(null),
  /** The till of that sale, when it was another one. */
  saleTill: TillNumber.nullable().default(null),
  fiscal: z.union([SaleFiscal, SaleCode]).nullable().default(null),
  lines: z.array(SaleLine).min(1).max(SALE_LINES_MAX),
})
export type SaleDraft = z.infer<typeof SaleDraft>

/** Which sale: its key in the feed. */
export const SaleKey = z.object({ partnerId: z.string(), till: z.string(), number: z.string() })
export type SaleKey = z.infer<typeof SaleKey>

export const SalesBatch = z.strictObject({
  /** Checks only and writes nothing: the preview. */
  dryRun: z.boolean().default(false),
  /** Gathers the batches of one file; made by the client. A key's sales are gathered by the day. */
  feed: z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(120) }).optional(),
  /** Each is judged by itself as a `SaleDraft`: a wrong one refuses nobody else. */
  sales: z.array(z.record(z.string(), z.unknown())).min(1).max(SALES_BATCH_MAX),
})

/** Why a row is refused. */
export const SALE_REFUSALS = [
  'invalid', // path says which field
  'till_unknown',
  'drive_of_another',
  'lines_do_not_add_up',
  'from_the_future',
  'too_old',
  'repeated_in_batch',
  'already_matched',
  'sale_named_by_a_sale', // only a return names the sale that it takes back
  'more_than_sold', // of a return: the sale does not hold these goods, or no longer
  'not_after_its_sale', // of a return: printed before the sale, or too long after it
] as const
export const SaleRefusal = z.object({
  /** Counts from 0 within the batch. */
  row: z.number().int(),
  till: z.string(),
  number: z.string(),
  path: z.string(),
  code: z.enum(SALE_REFUSALS),
})
export type SaleRefusal = z.infer<typeof SaleRefusal>

/**
 * What became of a return. `tied`: its sale is known, and what that had earned, if anything, goes
 * back. `waits`: that sale has not been fed yet. `unnamed`: it names no sale, so that it takes back
 * nothing until a shopper brings its paper. Whether anybody was rewarded for the sale is not told.
 */
export const RETURN_OUTCOMES = ['tied', 'waits', 'unnamed'] as const
export const ReturnOutcome = z.object({
  row: z.number().int(),
  till: z.string(),
  number: z.string(),
  outcome: z.enum(RETURN_OUTCOMES),
})
export type ReturnOutcome = z.infer<typeof ReturnOutcome>

export const SalesResult = z.object({
  accepted: z.number().int(),
  corrected: z.number().int(),
  repeated: z.number().int(),
  refused: z.array(SaleRefusal),
  /** One for each return among the rows that were not refused. */
  returns: z.array(ReturnOutcome),
})
export type SalesResult = z.infer<typeof SalesResult>

/** Refused rows that a feed keeps for its download. */
export const FEED_REFUSALS_MAX = 500

export const SalesFeed = z.object({
  id: z.string(),
  name: z.string(),
  source: z.enum(['file', 'key']),
  startedAt: Instant,
  endedAt: Instant,
  accepted: z.number().int(),
  corrected: z.number().int(),
  repeated: z.number().int(),
  refused: z.number().int(),
  refusals: z.array(SaleRefusal.omit({ row: true })),
})
export type SalesFeed = z.infer<typeof SalesFeed>

export const SalesOverview = z.object({
  feeds: z.array(SalesFeed),
  /** What is kept now, and how much of it has vouched for a receipt. */
  kept: z.number().int(),
  matched: z.number().int(),
  /** Returns that are kept: all, those whose sale is known, and those that name none. */
  returns: z.number().int(),
  returnsTied: z.number().int(),
  returnsUnnamed: z.number().int(),
  stores: z.array(
    z.object({
      storeId: idOf('store'),
      name: z.string(),
      kept: z.number().int(),
      lastSaleAt: WallMinute.nullable(),
    }),
  ),
})
export type SalesOverview = z.infer<typeof SalesOverview>

export const PartnerKeyDraft = z.strictObject({ name: z.string().trim().min(1).max(80) })

export const PartnerKey = z.object({
  id: idOf('key'),
  name: z.string(),
  /** Its last characters. */
  ending: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type PartnerKey = z.infer<typeof PartnerKey>

/** The only answer that carries the key itself. */
export const NewPartnerKey = PartnerKey.extend({ secret: z.string() })
export type NewPartnerKey = z.infer<typeof NewPartnerKey>
