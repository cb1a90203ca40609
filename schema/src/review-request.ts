import { z } from 'zod'
import { Amount } from './money.ts'
import { WallMinute } from './receipt.ts'
import { TAX_NUMBER } from './tax-number.ts'

/** What a shopper says of a receipt that only a person can read. */

export const REVIEW_LINES_MAX = 100
const NAME_MAX = 128
/** The form that its market wants is looked at where the market is known. */
const TaxNumber = z.string().regex(TAX_NUMBER)

export const ReviewLine = z.strictObject({
  name: z.string().trim().min(2).max(NAME_MAX),
  /** Millionths of the unit: 1.5 kg = 1 500 000. */
  quantityMicro: z.number().int().min(1).max(1_000_000_000_000),
  sumMinor: Amount,
})
export type ReviewLine = z.infer<typeof ReviewLine>

/** What the shopper says stands on the receipt whose fiscal numbers cannot be had. */
export const ReviewRequest = z.strictObject({
  retailer: z.string().trim().min(2).max(NAME_MAX),
  taxNumber: TaxNumber.nullable(),
  time: WallMinute,
  totalMinor: Amount,
  lines: z.array(ReviewLine).max(REVIEW_LINES_MAX),
})
export type ReviewRequest = z.infer<typeof ReviewRequest>
