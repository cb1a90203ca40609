import { z } from 'zod'
import type { MarketCode } from '#schema/market'
import {
  PHOTO_ITEMS_MAX,
  PHOTO_SHOTS_MAX,
  PhotoReading,
  PhotoRefusal,
  PhotoRisk,
} from '#schema/photo'
import { PictureHash } from '#schema/picture-hash'
import { SCAN_TEXT_MAX } from '#schema/receipt'

/** What is known of a photo before it is read: where it was sent, and who sells there. */
type PhotoContext = {
  readonly market: MarketCode
  readonly retailers: readonly string[]
  /** The print is read as well where a code says all: a person will compare the two. */
  readonly forPerson: boolean
}

/**
 * Reads the shots of one receipt, which the guards have let through, in the order they were taken.
 * Throws when the reader broke.
 */
export type PhotoReader = (
  shots: readonly Uint8Array<ArrayBuffer>[],
  context: PhotoContext,
) => Promise<ReaderAnswer>

const { shape } = PhotoReading
const { shape: ofRisk } = PhotoRisk
const { element: ReadItem } = shape.items
const REASONS_MAX = 40
const CODES_MAX = 40
/** Six signs a shot, one of them in two places; near duplicates come beside them. */
const RISKS_MAX = 7 * PHOTO_SHOTS_MAX

const Item = ReadItem.extend({ quantityMicro: ReadItem.shape.quantityMicro.catch(null) })

/** What stands on paper may be anything: a field that is none of ours counts as not read. */
const ReadFields = z.object({
  retailer: shape.retailer.catch(null),
  taxNumber: shape.taxNumber.catch(null),
  date: shape.date.catch(null),
  time: shape.time.catch(null),
  totalMinor: shape.totalMinor.catch(null),
  fn: shape.fn.catch(null),
  fd: shape.fd.catch(null),
  fp: shape.fp.catch(null),
  legal: shape.legal.catch(null),
  address: shape.address.catch(null),
  paymentMethod: shape.paymentMethod.catch(null),
  paidMinor: shape.paidMinor.catch(null),
  changeMinor: shape.changeMinor.catch(null),
  registration: shape.registration.catch(null),
  numbers: shape.numbers.catch([]),
  items: z.array(Item).max(PHOTO_ITEMS_MAX).catch([]),
})

/** The answer of the `ocr` Worker, as far as the network uses it. */
export const ReaderAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(false), code: PhotoRefusal }),
  z.object({
    ok: z.literal(true),
    shots: shape.shots,
    risk: z.array(z.object({ ...ofRisk, photoId: z.null().default(null) })).max(RISKS_MAX),
    hashes: z.array(PictureHash).max(PHOTO_SHOTS_MAX),
    /** Null when a code said all and the print was not read. */
    fields: ReadFields.nullable(),
    /** Every code of every shot as its text; what it is worth the registry says, not the reader. */
    codes: z.array(z.object({ text: z.string().max(SCAN_TEXT_MAX) })).max(CODES_MAX),
    /** Rebuilt of the printed numbers; null too when they are no identity. */
    printed: z
      .object({
        /** As the till's code would say it, of whichever country. */
        text: z.string().max(SCAN_TEXT_MAX),
        isProved: z.boolean(),
      })
      .nullable()
      .catch(null),
    /** The authority may be asked without a person. */
    trusted: z.boolean(),
    reasons: z.array(z.string().max(100)).max(REASONS_MAX),
  }),
])
export type ReaderAnswer = z.infer<typeof ReaderAnswer>
