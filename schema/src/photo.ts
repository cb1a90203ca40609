import { z } from 'zod'
import { FiscalNumberName } from './fiscal-number.ts'
import { idOf } from './id.ts'
import { MarketCode } from './market.ts'
import { Amount } from './money.ts'
import { Instant, RuScan, WallMinute } from './receipt.ts'
import { ReviewLine } from './review-request.ts'
import { PhotoReview } from './review-verdict.ts'
import { TAX_NUMBER } from './tax-number.ts'

/** One photo with all its shots, bytes. Phones give 2–8 MB at 12 megapixels. */
export const PHOTO_BYTES_MAX = 15 * 1024 * 1024
/** Parts of an upload, all but the last of this size: what a bad connection gets through. */
export const PHOTO_PART_BYTES = 512 * 1024
/** Shots of one long receipt, in the order they were taken. */
export const PHOTO_SHOTS_MAX = 5
export const PHOTO_PARTS_MAX = Math.ceil(PHOTO_BYTES_MAX / PHOTO_PART_BYTES) + PHOTO_SHOTS_MAX - 1
/**
 * How long a verdict may be disputed, and its photo is kept for that: counted from the verdict, or
 * from the day it came when nobody has ever had to decide anything about it.
 */
export const DISPUTE_DAYS = 30

/** What a file is refused for before anything decodes it; each is a problem code with words. */
export const PHOTO_REFUSALS = [
  'photo_empty',
  'photo_too_large',
  'photo_too_many_pixels',
  'photo_too_small',
  'photo_heic',
  'photo_svg',
  'photo_pdf',
  'photo_animated',
  'photo_polyglot',
  'photo_format_unknown',
  'photo_damaged',
] as const
export const PhotoRefusal = z.enum(PHOTO_REFUSALS)
export type PhotoRefusal = z.infer<typeof PhotoRefusal>

/** So many names of retailers are looked for on a paper: each costs a look at every line. */
export const RETAILERS_TOLD_MAX = 200

/**
 * What the scan of a code that was read on a photo would be refused for. The photo itself stays:
 * its shopper may still ask a person.
 */
export const CODE_REFUSALS = ['signature_invalid', 'foreign_receipt', 'foreign_currency'] as const
export const CodeRefusal = z.enum(CODE_REFUSALS)
export type CodeRefusal = z.infer<typeof CodeRefusal>

const ShotDeclaration = z.strictObject({
  /** Size of the file, bytes. */
  bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** As the phone names the file's type; the bytes decide later. */
  mediaType: z.string().max(100),
})

export const PhotoDeclaration = z.strictObject({
  shots: z.array(ShotDeclaration).min(1).max(PHOTO_SHOTS_MAX),
  /** A receipt that waits, whose paper a person shall compare with its code. */
  receiptId: idOf('receipt').optional(),
})
export type PhotoDeclaration = z.infer<typeof PhotoDeclaration>

/** A part of an upload: bytes `from` to `to` of a shot. Shots are counted from 0. */
export type PhotoPart = { readonly shot: number; readonly from: number; readonly to: number }

/** The parts of shots of these sizes, numbered on from shot to shot; part 1 is the first here. */
export function partsOfShots(sizes: readonly number[]): PhotoPart[] {
  return sizes.flatMap((bytes, shot) =>
    Array.from({ length: Math.ceil(bytes / PHOTO_PART_BYTES) }, (_, index) => {
      const from = index * PHOTO_PART_BYTES
      return { shot, from, to: Math.min(bytes, from + PHOTO_PART_BYTES) }
    }),
  )
}

/** Px of an upright shot; four of them, as words of a tilted receipt have no upright box. */
const Corners = z.array(z.object({ x: z.number(), y: z.number() })).max(4)

/** Which shot something stands on, counted from 0. */
const Shot = z
  .number()
  .int()
  .min(0)
  .max(PHOTO_SHOTS_MAX - 1)

const READ_TEXT_MAX = 500
const REASON_MAX = 60
/** Lines of goods that are told of one paper. */
export const PHOTO_ITEMS_MAX = 300

function readField<Value extends z.ZodType>(value: Value) {
  return z.object({
    value,
    /** `proved`: a check holds. `plausible`: readings agree. `doubtful`: look at it. */
    certainty: z.enum(['proved', 'plausible', 'doubtful']),
    /** Which validator says so: `items_sum`, `rival_amount`, `read_once`, … */
    reason: z.string().max(REASON_MAX).optional(),
    corners: Corners,
    shot: Shot,
  })
}

const field = <Value extends z.ZodType>(value: Value) => readField(value).nullable()

/** Readings of before it was kept have none. */
const laterField = <Value extends z.ZodType>(value: Value) => readField(value).nullish()

const ReadText = z.string().max(READ_TEXT_MAX)

/** What a reviewer should look at twice; never a reason to refuse by itself. */
export const PHOTO_RISKS = [
  /** Nearly the same picture came from another wallet. */
  'near_duplicate',
  /** A patch of paper is of one grey: painted over. */
  'edited_noise',
  /** Characters are in two places, the same down to their noise. */
  'copied_patch',
  /** A word is unlike the print around it: sharper, softer, blacker, of another noise. */
  'edited_print',
  /** A part was not compressed together with the rest before. */
  'saved_apart',
  /** The file names a program for changing pictures. */
  'edited_file',
  /** The grid of a screen shows in the picture. */
  'screen',
] as const
export type PhotoRiskCode = (typeof PHOTO_RISKS)[number]

/** Every sign of every shot, and the second place of what was copied. */
const RISKS_MAX = (PHOTO_RISKS.length + 1) * PHOTO_SHOTS_MAX

export const PhotoRisk = z.object({
  code: z.enum(PHOTO_RISKS),
  /** 0 to 1: how far beyond what clean pictures show. */
  score: z.number().min(0).max(1),
  corners: Corners,
  shot: Shot,
  /** The other photo of a near duplicate. */
  photoId: idOf('photo').nullable(),
})
export type PhotoRisk = z.infer<typeof PhotoRisk>

/** How a receipt was paid. */
const PaymentMethod = z.enum(['cash', 'card', 'both'])
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** So many numbers has no receipt. */
const NUMBERS_MAX = 20

/** What was read on a photo. Nothing of it pays: it asks the authority, or helps to type. */
export const PhotoReading = z.object({
  /** Sizes of the upright shots, px, in the order they were sent. */
  shots: z
    .array(z.object({ width: z.number().int().positive(), height: z.number().int().positive() }))
    .min(1)
    .max(PHOTO_SHOTS_MAX),
  retailer: field(ReadText),
  taxNumber: field(ReadText),
  date: field(z.iso.date()),
  time: field(z.string().regex(/^\d{2}:\d{2}$/)),
  totalMinor: field(Amount),
  fn: field(ReadText),
  fd: field(ReadText),
  fp: field(ReadText),
  /** The company that sold, and where: the sign over the door is `retailer`. */
  legal: laterField(ReadText),
  address: laterField(ReadText),
  paymentMethod: laterField(PaymentMethod),
  /** What was given, before change. */
  paidMinor: laterField(Amount),
  changeMinor: laterField(Amount),
  /** РН ККТ, the registration of a Russian till. */
  registration: laterField(ReadText),
  /** Of other countries: what ФН, ФД and ФПД are in Russia. */
  numbers: z
    .array(readField(ReadText).extend({ name: FiscalNumberName }))
    .max(NUMBERS_MAX)
    .optional(),
  items: z
    .array(
      z.object({
        name: ReadText,
        /** Null when none stands beside the sum; readings of before it was kept have none. */
        quantityMicro: ReviewLine.shape.quantityMicro.nullish(),
        priceMinor: z.number().int().nullish(),
        discountMinor: z.number().int().nullish(),
        sumMinor: z.number().int().nullable(),
        corners: Corners,
        shot: Shot,
      }),
    )
    .max(PHOTO_ITEMS_MAX),
  /** The identity as a code or as proved numbers said it; null when neither did. */
  scan: RuScan.nullable(),
  /** For a reviewer; its owner is shown none. */
  risk: z.array(PhotoRisk).max(RISKS_MAX),
})
export type PhotoReading = z.infer<typeof PhotoReading>

/** Shorter names stand in too many other words. */
export const NAME_LETTERS_MIN = 4

/** Whether a picture names anything that could be told from other goods. */
export function namesGoods(items: readonly { readonly name: string }[]): boolean {
  return items.some(({ name }) => (name.match(/[\p{L}\p{N}]/gu) ?? []).length >= NAME_LETTERS_MIN)
}

/** How often a shopper may try to find a purchase by what was typed: nobody goes on guessing. */
export const PAPER_TRIES_MAX = 3

/** What the shopper corrects of a paper without fiscal numbers. */
export const PaperFields = z.strictObject({
  /** The seller's, in the form of the photo's market; empty when it cannot be read. */
  taxNumber: z.union([z.literal(''), z.string().regex(TAX_NUMBER)]),
  time: WallMinute,
  totalMinor: Amount.min(1),
})
export type PaperFields = z.infer<typeof PaperFields>

/**
 * uploading: parts are coming. reading: all came, the reader has it, or a retailer's sales are
 * looked through for what it read. The rest are ends: submitted
 * (it is a receipt now), needs_fields (the shopper corrects what was read), refused (not a photo
 * that can be read; nothing of it is kept). A corrected photo without fiscal numbers is in_review,
 * until a person makes it a receipt (submitted) or says why not (declined).
 */
export const PHOTO_STATES = [
  'uploading',
  'reading',
  'submitted',
  'needs_fields',
  'in_review',
  'declined',
  'refused',
] as const
export const PhotoState = z.enum(PHOTO_STATES)
export type PhotoState = z.infer<typeof PhotoState>

/** Why a photo ended where it did, besides what the reader says of single fields. */
export const PhotoProblem = z.enum([
  ...PHOTO_REFUSALS,
  ...CODE_REFUSALS,
  /** The reader failed on it again and again. */
  'reader_failed',
  /** Read, but the wallet has brought too many receipts that were not credited. */
  'submissions_exhausted',
])
export type PhotoProblem = z.infer<typeof PhotoProblem>

export const Photo = z.object({
  id: idOf('photo'),
  state: PhotoState,
  /** Grows with every change: pass it as `after` to wait for the next one. */
  version: z.number().int(),
  /** Whose money, tax numbers and clock its receipt is of. */
  market: MarketCode,
  createdAt: Instant,
  /** When it is deleted; null while somebody still has to decide about it. */
  deletedAt: Instant.nullable(),
  /** Sizes of its shots, bytes. */
  shots: z.array(z.number().int()),
  partBytes: z.number().int(),
  /** Numbers of the parts that have arrived, from 1 on through all shots. */
  parts: z.array(z.number().int()),
  reading: PhotoReading.nullable(),
  /** What its owner has typed to find the purchase, the newest last; what was read stays as it is. */
  typed: z.array(PaperFields),
  /** The reader's reasons, as codes: `no_code`, `fn_not_agreed`, `date_in_future`, … */
  reasons: z.array(z.string()),
  problem: PhotoProblem.nullable(),
  /**
   * Whose code was read on it, when not of the market that it was sent in: `receiptId` is in that
   * one's wallet. Null: of the photo's own market, or no code was read.
   */
  country: MarketCode.nullable(),
  receiptId: idOf('receipt').nullable(),
  /** What a person has said of it; null when nobody was asked. */
  review: PhotoReview.nullable(),
})
export type Photo = z.infer<typeof Photo>

/** A photo as its owner's list shows it, with what names it: as typed, else as read. */
export const PhotoSummary = Photo.pick({
  id: true,
  state: true,
  market: true,
  createdAt: true,
  problem: true,
  country: true,
  receiptId: true,
  review: true,
}).extend({ retailer: z.string().nullable(), totalMinor: Amount.nullable() })
export type PhotoSummary = z.infer<typeof PhotoSummary>
