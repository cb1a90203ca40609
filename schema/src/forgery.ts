import { z } from 'zod'
import { MarketCode } from './market.ts'
import { Amount } from './money.ts'
import { Instant, WallMinute } from './receipt.ts'

/** What makes a receipt look invented, told without asking anybody. */
export const FORGERY_SIGNALS = [
  /** A number that no till reaches, or a sum that nobody pays at one. */
  'impossible_range',
  /** A later document of the same till is older, or an earlier one is younger. */
  'number_against_time',
  /** The same total in the same minute at so many other tills. */
  'same_total_and_minute',
  /** The till stood elsewhere a short while ago. */
  'till_in_two_places',
] as const
export const ForgerySignal = z.enum(FORGERY_SIGNALS)
export type ForgerySignal = z.infer<typeof ForgerySignal>

/** Points of a signal, and where it begins; data, to be changed as frauds and shops do. */
export const FORGERY_RULES = {
  impossible_range: {
    points: 80,
    /** A fiscal drive holds 250,000 documents at most; other machines count on. */
    ruDocumentMax: 500_000,
    /** Largest total, about so many euros in the currency of the receipt. */
    totalEurosMax: 30_000,
  },
  /** Clocks of tills are put right now and then. */
  number_against_time: { points: 60, minutes: 120 },
  same_total_and_minute: { points: 40, tills: 4 },
  /** Tills move house, but not within days. */
  till_in_two_places: { points: 50, days: 3 },
} as const

/** From so many points a receipt is worth a look. */
export const FORGERY_SCORE_SHOWN = 40

export const ForgeryReason = z.object({
  signal: ForgerySignal,
  points: z.number().int(),
  /** What was seen: a number, the other document, how many tills, the other place. */
  seen: z.string(),
})
export type ForgeryReason = z.infer<typeof ForgeryReason>

export const Suspicion = z.object({
  receiptId: z.string(),
  market: MarketCode,
  till: z.string(),
  number: z.number().int().nullable(),
  purchasedAt: WallMinute,
  totalMinor: Amount,
  seenAt: Instant,
  score: z.number().int(),
  reasons: z.array(ForgeryReason),
})
export type Suspicion = z.infer<typeof Suspicion>
