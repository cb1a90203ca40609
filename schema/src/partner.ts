import { z } from 'zod'
import { idOf } from './id.ts'
import { Category, HOME_MARKET, MarketCode } from './market.ts'
import { Amount, RateBps, SignedAmount } from './money.ts'
import { Instant } from './receipt.ts'
import { TAX_NUMBER } from './tax-number.ts'

export const PARTNER_ROLES = ['owner', 'marketer', 'finance', 'cashier', 'viewer'] as const
export const PartnerRole = z.enum(PARTNER_ROLES)
export type PartnerRole = z.infer<typeof PartnerRole>

export const OPERATOR_ROLES = ['admin', 'support', 'finance'] as const
export const OperatorRole = z.enum(OPERATOR_ROLES)
export type OperatorRole = z.infer<typeof OperatorRole>

/** Tax number of an organisation in its country; the check digits are looked at by the server. */
export const TaxNumber = z.string().regex(TAX_NUMBER)

export const PartnerKind = z.enum(['brand', 'retailer', 'both'])
export type PartnerKind = z.infer<typeof PartnerKind>

/** applied → active (contract signed, approved by the operator) → suspended; declined is an end. */
export const PARTNER_STATES = ['applied', 'active', 'suspended', 'declined'] as const
export const PartnerState = z.enum(PARTNER_STATES)
export type PartnerState = z.infer<typeof PartnerState>

export const PartnerApplication = z.strictObject({
  name: z.string().trim().min(2).max(80),
  legalName: z.string().trim().min(2).max(200),
  taxNumber: TaxNumber,
  kind: PartnerKind,
  /** The country of the organisation; it never changes. */
  market: MarketCode.default(HOME_MARKET),
  contactName: z.string().trim().min(2).max(120),
  contactPhone: z.string().trim().max(20),
  website: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)]),
})
export type PartnerApplication = z.infer<typeof PartnerApplication>

export const Partner = z.object({
  id: idOf('partner'),
  ...PartnerApplication.shape,
  state: PartnerState,
  stateReason: z.string().nullable(),
  feeBps: RateBps,
  createdAt: Instant,
  version: z.number().int(),
})
export type Partner = z.infer<typeof Partner>

export const StoreDraft = z.strictObject({
  name: z.string().trim().min(1).max(120),
  city: z.string().trim().min(1).max(80),
  address: z.string().trim().min(1).max(200),
})
export type StoreDraft = z.infer<typeof StoreDraft>

export const TillDraft = z.strictObject({
  /**
   * Russia: the till's registration number with the tax service (FFD tag 1037), 16 digits.
   * Elsewhere as codes name the till (`tillOf` of `fiscal/`): `at:1a2b:KASSE-1`.
   */
  registration: z.string().regex(/^(\d{16}|[a-z]{2}:[\x21-\x7e]{2,117})$/),
  /** Current fiscal drive (FFD tag 1041), 16 digits; drives are replaced every 13–36 months. */
  fiscalDrive: z.union([z.literal(''), z.string().regex(/^\d{16}$/)]),
})
export type TillDraft = z.infer<typeof TillDraft>

export const Till = z.object({ id: idOf('till'), storeId: idOf('store'), ...TillDraft.shape })
export type Till = z.infer<typeof Till>

export const Store = z.object({
  id: idOf('store'),
  partnerId: idOf('partner'),
  ...StoreDraft.shape,
  tills: z.array(Till),
})
export type Store = z.infer<typeof Store>

export const PRODUCT_UNITS = ['g', 'ml', 'piece'] as const

export const ProductDraft = z.strictObject({
  /** GTIN-8/12/13/14 with a valid check digit, or empty. */
  gtin: z.string().regex(/^(\d{8}|\d{12,14})?$/),
  name: z.string().trim().min(2).max(200),
  brand: z.string().trim().max(80),
  category: Category,
  /** Size of one pack in `unit`, thousandths never needed: 0.93 l = 930 ml. */
  size: z.number().int().min(0).max(1_000_000),
  unit: z.enum(PRODUCT_UNITS),
})
export type ProductDraft = z.infer<typeof ProductDraft>

export const Product = z.object({
  id: idOf('product'),
  partnerId: idOf('partner'),
  ...ProductDraft.shape,
  archived: z.boolean(),
})
export type Product = z.infer<typeof Product>

export const IMPORT_ROWS_MAX = 500

/** One batch of a CSV import; the browser cuts a file into batches and shows progress. */
export const ProductImport = z.strictObject({
  /** Checks only and writes nothing: the preview. */
  dryRun: z.boolean(),
  rows: z
    .array(z.record(z.string().max(40), z.string().max(500)))
    .min(1)
    .max(IMPORT_ROWS_MAX),
})

export const ProductImportResult = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  errors: z.array(z.object({ row: z.number().int(), column: z.string(), code: z.string() })),
})
export type ProductImportResult = z.infer<typeof ProductImportResult>

/** A partner's money in the book. */
export const PartnerFunds = z.object({
  /** Free to put behind an offer. */
  fundsMinor: Amount,
  /** Held by published offers and not yet spent. */
  committedMinor: Amount,
  /** Spent so far, rewards and fees. */
  spentMinor: Amount,
})
export type PartnerFunds = z.infer<typeof PartnerFunds>

/** The partner's market bounds the amount. */
export const InvoiceDraft = z.strictObject({ amountMinor: Amount.min(1) })

export const Invoice = z.object({
  id: idOf('invoice'),
  /** Printed on the invoice and quoted in the payment: `К-000123`. */
  number: z.string(),
  partnerId: idOf('partner'),
  partnerName: z.string(),
  /** The partner's: the amount is in its currency. */
  market: MarketCode,
  amountMinor: Amount,
  state: z.enum(['issued', 'paid', 'cancelled']),
  issuedAt: Instant,
  paidAt: Instant.nullable(),
  /** The bank's reference of the incoming payment, set by the operator. */
  bankReference: z.string().nullable(),
})
export type Invoice = z.infer<typeof Invoice>

export const FundsEntry = z.object({
  id: z.string(),
  at: Instant,
  code: z.string(),
  amountMinor: SignedAmount,
  reference: z.string(),
})
export type FundsEntry = z.infer<typeof FundsEntry>
