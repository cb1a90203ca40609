import { z } from 'zod'
import { AMOUNT_MINOR_MAX } from '#schema/money'
import { LINES_MAX, OperationKind, type RuScan, WallMinute } from '#schema/receipt'
import { ChainId } from '../catalogue.ts'

/** A line as a till printed it. */
export type IssuedLine = {
  name: string
  priceMinor: number
  /** Thousandths: tills weigh to the gram. */
  quantityMilli: number
  sumMinor: number
  /** Read from the marking, canonical 14 digits; null when the till does not read it. */
  gtin: string | null
  isWeighed: boolean
  /** Value-added tax: food 10 %, the rest 22 %. */
  vatPercent: 10 | 22
}

/** A receipt issued by a simulated till. Instants are epoch milliseconds. */
export type IssuedReceipt = {
  /** In Russian terms, whatever the country: the sandbox keeps its books by drive and number. */
  scan: RuScan
  /** The text of the printed code. */
  code: string
  chainId: ChainId
  storeName: string
  storeAddress: string
  tillRegistration: string
  shift: number
  numberInShift: number
  lines: IssuedLine[]
  issuedAt: number
  /** When the tax service gets to know it. */
  deliveredAt: number
}

const PRICE_MINOR_MAX = 100_000_000
const QUANTITY_MAX = 1_000
const ISSUE_COUNT_MAX = 500
const DELIVERY_MS_MAX = 60 * 86_400_000

const LineDraft = z
  .strictObject({
    /** A product of the catalogue that the chain sells; it gives name and price. */
    gtin: z.string().optional(),
    name: z.string().min(1).max(128).optional(),
    priceMinor: z.number().int().min(0).max(PRICE_MINOR_MAX).optional(),
    quantity: z.number().min(0.001).max(QUANTITY_MAX).optional(),
  })
  .refine((line) => line.gtin !== undefined || line.name !== undefined, 'gtin or name')
export type LineDraft = z.infer<typeof LineDraft>

/** What `POST /api/receipts` takes; everything may be left to the till. */
export const ReceiptDraft = z.strictObject({
  chain: ChainId.optional(),
  /** Fiscal drive of the till; the chain's first one by default. */
  fiscalDrive: z.string().optional(),
  /** How many lines of the till's own choice, or the lines. */
  lines: z
    .union([z.number().int().min(1).max(LINES_MAX), z.array(LineDraft).min(1).max(LINES_MAX)])
    .optional(),
  /** Printed total, kopecks; the sum of the lines by default. */
  totalMinor: z.number().int().min(0).max(AMOUNT_MINOR_MAX).optional(),
  kind: OperationKind.optional(),
  /** Wall clock of the shop; a few minutes ago by default. */
  time: WallMinute.optional(),
  deliveredAfterMs: z.number().int().min(0).max(DELIVERY_MS_MAX).optional(),
  count: z.number().int().min(1).max(ISSUE_COUNT_MAX).optional(),
})
export type ReceiptDraft = z.infer<typeof ReceiptDraft>
