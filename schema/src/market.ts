import { z } from 'zod'

/** Everything sold, scanned or paid belongs to a market; nothing converts silently. */
export const MARKETS = {
  ru: {
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    /** Hours ahead of UTC at the western and the eastern end: Kaliningrad and Kamchatka. */
    zoneHoursMin: 2,
    zoneHoursMax: 12,
    languages: ['ru', 'en'],
    /** Minimum withdrawal: one rouble. */
    payoutMinorMin: 100,
    /** One payout to SBP or a wallet; above it the provider refuses. */
    payoutMinorMax: 25_000_000,
    /** Credited receipts a day per wallet, and per wallet and till. */
    receiptsPerDayMax: 20,
    receiptsPerTillMax: 5,
    /**
     * Submissions of a wallet that are not credited (yet), in any hour and in any 24 of them: each
     * may cost a question to the tax service.
     */
    uncreditedPerHourMax: 60,
    uncreditedPerDayMax: 150,
    /** Photos per wallet: each costs the reader seconds. */
    photosPerHourMax: 30,
    photosPerDayMax: 100,
    /** Service level of a review, hours, and how long a reviewer may hold a case. */
    reviewHoursMax: 4,
    reviewLeaseMinutes: 10,
    /**
     * What one reviewer alone may let a receipt, and a wallet in 30 days, earn by review; above
     * either a second one has to agree.
     */
    reviewedReceiptMinorMax: 50_000,
    reviewedMonthMinorMax: 200_000,
    /** Photos in review at once, per wallet. */
    reviewsOpenMax: 5,
    /** Share of the receipts that a photo made without anybody, to be checked by a person. */
    spotCheckBps: 200,
    /** Age of a receipt at submission, days: the longest submission window an offer may have. */
    receiptAgeDaysMax: 30,
    /** A till may be offline for up to 30 days before the tax service knows the receipt. */
    authorityWaitDaysMax: 30,
  },
} as const

export type MarketCode = keyof typeof MARKETS
export const MarketCode = z.enum(['ru'])

export const Locale = z.enum(['ru', 'en'])
export type Locale = z.infer<typeof Locale>

/** A text in every language of the market. */
export const LocalText = z.strictObject({ ru: z.string(), en: z.string() })
export type LocalText = z.infer<typeof LocalText>

/** Categories of the catalogue; the blocked ones earn nothing and no offer may name them. */
export const CATEGORIES = [
  'dairy',
  'bakery',
  'meat',
  'fish',
  'fruit_vegetables',
  'grocery',
  'sweets',
  'snacks',
  'drinks',
  'coffee_tea',
  'frozen',
  'baby',
  'pets',
  'beauty',
  'household',
  'clothing',
  'electronics',
  'home',
  'other',
  'alcohol',
  'tobacco',
  'infant_formula',
  'medicines',
] as const
export const Category = z.enum(CATEGORIES)
export type Category = z.infer<typeof Category>

export const BLOCKED_CATEGORIES: readonly Category[] = [
  'alcohol',
  'tobacco',
  'infant_formula',
  'medicines',
]

/** Categories whose goods come back: credited money is held for the return window. */
export const RETURNABLE_CATEGORIES: readonly Category[] = ['clothing', 'electronics', 'home']
