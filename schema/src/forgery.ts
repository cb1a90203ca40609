import { z } from 'zod'
import { minorDigits, minorOfEuros } from './currency.ts'
import { MARKETS, MarketCode } from './market.ts'
import { Amount } from './money.ts'
import { Instant, WallMinute } from './receipt.ts'

/** What makes a receipt look invented, told without asking anybody. */
export const FORGERY_SIGNALS = [
  /** A sum that nobody pays at a till; begins above so many units of the currency. */
  'impossible_range',
  /** A number that no till reaches; begins above so many documents. */
  'impossible_number',
  /** A later document of the same till is older, or an earlier one younger, by so many minutes. */
  'number_against_time',
  /** The same total in the same minute at so many other tills. */
  'same_total_and_minute',
  /** The till stood elsewhere less than so many days ago. */
  'till_in_two_places',
  /** So many retailers feed it as a sale of their own, and its code names none of them. */
  'claimed_by_several',
] as const
export const ForgerySignal = z.enum(FORGERY_SIGNALS)
export type ForgerySignal = z.infer<typeof ForgerySignal>

/** Points of a signal, none when it says nothing there, and where it begins. */
export const ForgeryRule = z.object({
  points: z.number().int().min(0).max(100),
  threshold: z.number().int().min(1).max(1_000_000_000),
})
export type ForgeryRule = z.infer<typeof ForgeryRule>
export type ForgeryRules = Readonly<Record<ForgerySignal, ForgeryRule>>

/** A fiscal drive holds 250,000 documents at most; other machines count on for years. */
const DOCUMENTS_MAX: Partial<Record<MarketCode, number>> = { ru: 500_000 }
/** A total of about so many euros is paid at no till. */
const TOTAL_EUROS_MAX = 30_000

/** What holds while the operator of a market has not decided otherwise. */
export function defaultForgeryRules(market: MarketCode): ForgeryRules {
  const { currency } = MARKETS[market]
  const units = minorOfEuros(currency, TOTAL_EUROS_MAX) / 10 ** minorDigits(currency)
  return {
    impossible_range: { points: 80, threshold: units },
    impossible_number: { points: 80, threshold: DOCUMENTS_MAX[market] ?? 50_000_000 },
    // Clocks of tills are put right now and then.
    number_against_time: { points: 60, threshold: 120 },
    same_total_and_minute: { points: 40, threshold: 4 },
    // Tills move house, but not within days.
    till_in_two_places: { points: 50, threshold: 3 },
    // It is nobody's until a person has looked.
    claimed_by_several: { points: 60, threshold: 2 },
  }
}

/** The rules of a market for its operator, with who departed from the defaults and when. */
export const MarketForgeryRules = z.object({
  market: MarketCode,
  rules: z.array(
    ForgeryRule.extend({
      signal: ForgerySignal,
      standard: ForgeryRule,
      changedAt: Instant.nullable(),
      changedBy: z.string().nullable(),
    }),
  ),
})
export type MarketForgeryRules = z.infer<typeof MarketForgeryRules>

/** One signal, one rule, one reason: each decision stands alone in the log. */
export const ForgeryRuleChange = z.strictObject({
  signal: ForgerySignal,
  ...ForgeryRule.shape,
  reason: z.string().trim().min(3).max(300),
})
export type ForgeryRuleChange = z.infer<typeof ForgeryRuleChange>

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
