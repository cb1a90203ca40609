import { z } from 'zod'
import { AMOUNT_MINOR_MAX, minor } from '#schema/money'
import { LINES_MAX } from '#schema/receipt'

/**
 * A fiscal document in JSON, as the tax service and its relatives write it (FFD 1.0–1.2). Hostile
 * input: whatever decides about money must be present, whole and in range, or the document is
 * unreadable; what is only shown is cut or dropped.
 */

const NAME_CHARS_MAX = 200
const PLACE_CHARS_MAX = 300
const DIGITS_CHARS_MAX = 24
const QUANTITY_MICRO_MAX = 1_000_000_000_000_000

/** Mongo writes long numbers and dates as objects in the old shape of a ticket. */
const Long = z.object({ $numberLong: z.string().max(DIGITS_CHARS_MAX) })
const Numeric = z.union([z.number(), z.string().max(DIGITS_CHARS_MAX), Long])

function numericText(value: z.output<typeof Numeric>): string {
  return typeof value === 'object' ? value.$numberLong : String(value).trim()
}

/** Digits whatever way they are written; the answer keeps leading zeros. */
const Digits = Numeric.transform(numericText).pipe(z.string().regex(/^\d{1,20}$/))
const Whole = Digits.transform(Number).pipe(z.int())
const Kopecks = Whole.pipe(z.int().min(0).max(AMOUNT_MINOR_MAX)).transform(minor)

export const Quantity = z
  .union([z.number(), z.string().max(DIGITS_CHARS_MAX)])
  .transform((value) => Math.round(Number(value) * 1_000_000))
  .pipe(z.int().min(0).max(QUANTITY_MICRO_MAX))

/** A text to be shown: controls and invisible marks become blanks, then it is trimmed and cut. */
export function shown(charsMax: number) {
  return z
    .union([z.string(), z.number()])
    .transform((value) => {
      const visible = String(value)
        .slice(0, charsMax * 2)
        .replace(/\p{C}/gu, ' ')
      return visible.trim().slice(0, charsMax).trim() || null
    })
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)
}

const Code = z
  .object({ gtin: z.string().max(DIGITS_CHARS_MAX).nullish().catch(null) })
  .nullish()
  .catch(null)

/** A small number out of the format's tables; null when it is missing or not one. */
const Tag = Digits.transform(Number).pipe(z.int().max(255)).nullish().catch(null)

const Item = z.object({
  name: shown(NAME_CHARS_MAX),
  price: Kopecks,
  quantity: Quantity,
  sum: Kopecks,
  productType: Tag,
  paymentType: Tag,
  itemsQuantityMeasure: Tag,
  /** Tag 1163: one key by kind of code (`gs1m`, `ean13`, `itf14`, …). */
  productCodeNew: z.record(z.string().max(40), Code).nullish().catch(null),
  /** How a sibling service names the same, once per item. */
  gtin: z.string().max(DIGITS_CHARS_MAX).nullish().catch(null),
})
export type FfdItem = z.output<typeof Item>

const DateTime = z.union([
  Numeric,
  z.object({ $date: z.union([Numeric, z.string().max(40)]) }),
  z.string().max(40),
])
export type FfdDateTime = z.output<typeof DateTime>

export const FfdContent = z.object({
  fiscalDriveNumber: Digits,
  fiscalDocumentNumber: Whole,
  fiscalSign: Whole,
  operationType: Whole,
  totalSum: Kopecks,
  dateTime: DateTime,
  user: shown(NAME_CHARS_MAX),
  userInn: shown(DIGITS_CHARS_MAX),
  kktRegId: shown(DIGITS_CHARS_MAX),
  retailPlace: shown(NAME_CHARS_MAX),
  retailPlaceAddress: shown(PLACE_CHARS_MAX),
  retailAddress: shown(PLACE_CHARS_MAX),
  address: shown(PLACE_CHARS_MAX),
  items: z.array(Item).max(LINES_MAX).default([]),
})
export type FfdContent = z.output<typeof FfdContent>
