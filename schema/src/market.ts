import { z } from 'zod'
import { CURRENCIES, type CurrencyCode, minorOfEuros } from './currency.ts'

export const Locale = z.enum(['ru', 'en'])
export type Locale = z.infer<typeof Locale>

/** Countries whose fiscal receipts are read; each can be a market (ISO 3166-1, lower case). */
export const MARKET_CODES = [
  'al',
  'ar',
  'at',
  'az',
  'ba',
  'br',
  'cl',
  'de',
  'es',
  'fj',
  'gr',
  'hr',
  'in',
  'ke',
  'kg',
  'kz',
  'md',
  'me',
  'mx',
  'pt',
  'rs',
  'ru',
  'sa',
  'si',
  'sk',
  'tz',
  'ua',
  'uz',
  'ws',
] as const
export const MarketCode = z.enum(MARKET_CODES)
export type MarketCode = z.infer<typeof MarketCode>

/** The market that the network began in: objects of it are named without their market. */
export const HOME_MARKET: MarketCode = 'ru'

/** Categories of the catalogue; what a market blocks of them stands in its rules. */
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

/** Categories whose goods come back: credited money is held for the return window. */
export const RETURNABLE_CATEGORIES: readonly Category[] = ['clothing', 'electronics', 'home']

/** What a code may be believed for; `fiscal/code.ts` says what each class means. */
export const TRUST_CLASSES = [
  'signed',
  'signed_unregistered',
  'checksum',
  'lookup',
  'reference',
] as const
export const TrustClass = z.enum(TRUST_CLASSES)
export type TrustClass = z.infer<typeof TrustClass>

/**
 * What a receipt of a trust class gets without further confirmation. `pays`: it is judged at once.
 * `confirm`: somebody has to vouch first: a service of the state, the retailer's own sales, or a
 * person.
 */
export const TrustRule = z.enum(['pays', 'confirm'])
export type TrustRule = z.infer<typeof TrustRule>
export type TrustPolicy = Readonly<Record<TrustClass, TrustRule>>

/** Only a signature by a registered key pays at once. The operator may say otherwise per market. */
export const SAFE_TRUST: TrustPolicy = {
  signed: 'pays',
  signed_unregistered: 'confirm',
  checksum: 'confirm',
  lookup: 'confirm',
  reference: 'confirm',
}

export const PAYOUT_METHODS = ['sbp', 'bank_card', 'yoo_money', 'iban'] as const
export type PayoutMethod = (typeof PAYOUT_METHODS)[number]

/** What a transfer to an account is carried by, and what it has to name besides the number. */
export const AccountRules = z.object({
  /** An interface in two steps, or the operator's own bank by files (docs/decisions/0018, 0021). */
  carrier: z.enum(['wise', 'bank_file']),
  /** Whose accounts are paid to, as their numbers begin; null: of any country. */
  country: z.string().length(2).nullable(),
  /** The alphabets in which banks carry and compare the holder's name. */
  holder: z.enum(['latin', 'latin_or_cyrillic']),
  /** Whether the order has to name the holder's personal number (`personalNumberHolds`). */
  namesPerson: z.boolean(),
})
export type AccountRules = z.infer<typeof AccountRules>

/** Everything sold, scanned or paid belongs to a market; nothing converts silently. */
export type MarketRules = {
  readonly code: MarketCode
  readonly currency: CurrencyCode
  readonly timeZone: string
  /** Hours ahead of UTC at the western and the eastern end, summer time included. */
  readonly zoneHoursMin: number
  readonly zoneHoursMax: number
  readonly languages: readonly Locale[]
  /** International dialling codes of phones that belong here. */
  readonly dialling: readonly string[]
  /** None: nobody carries this currency out yet, so wallets only gather. */
  readonly payoutMethods: readonly PayoutMethod[]
  /** Of the method `iban`; null where money does not leave for accounts. */
  readonly account: AccountRules | null
  /** Smallest and largest invoice to a partner. */
  readonly invoiceMinorMin: number
  readonly invoiceMinorMax: number
  /** Smallest and largest withdrawal. */
  readonly payoutMinorMin: number
  readonly payoutMinorMax: number
  /** Credited receipts a day per wallet, and per wallet and till. */
  readonly receiptsPerDayMax: number
  readonly receiptsPerTillMax: number
  /**
   * Submissions of a wallet that are not credited (yet), in any hour and in any 24 of them: each
   * may cost a question to an authority.
   */
  readonly uncreditedPerHourMax: number
  readonly uncreditedPerDayMax: number
  /** Photos per wallet: each costs the reader seconds. */
  readonly photosPerHourMax: number
  readonly photosPerDayMax: number
  /** How far the clocks of a shop's own system and of its till may be apart, minutes. */
  readonly saleMinutesApartMax: number
  /** Service level of a review, hours, and how long a reviewer may hold a case. */
  readonly reviewHoursMax: number
  readonly reviewLeaseMinutes: number
  /**
   * What one reviewer alone may let a receipt, and a wallet in 30 days, earn by review; above
   * either a second one has to agree.
   */
  readonly reviewedReceiptMinorMax: number
  readonly reviewedMonthMinorMax: number
  /** Photos in review at once, per wallet. */
  readonly reviewsOpenMax: number
  /** Share of the receipts that a photo made without anybody, to be checked by a person. */
  readonly spotCheckBps: number
  /** Goods that earn nothing, and that no offer may name. */
  readonly blockedCategories: readonly Category[]
  /** Days from a purchase to its submission: what an offer begins with, and the most it may give. */
  readonly submissionDays: number
  readonly submissionDaysMax: number
  /** For so many days after a purchase its return takes the reward back. */
  readonly returnDaysMax: number
  /**
   * For so long a receipt waits for somebody to vouch for it. Russian tills may be offline for
   * thirty days; where the law gives them fewer, a shop's sales or a person may still come later.
   */
  readonly authorityWaitDaysMax: number
  /**
   * From which age money is paid out. Offers on what is sold to adults only need no age of their
   * own: such goods are blocked, in every market.
   */
  readonly adultAge: number
  readonly trust: TrustPolicy
}

/**
 * Law or fair dealing forbids to reward them; nobody's age is known when a receipt is judged. In
 * the Union no device may promote infant formula at retail (Delegated Regulation 2016/127, article
 * 10); elsewhere the network keeps to the same by its own decision. No market allows more.
 */
const BLOCKED: readonly Category[] = ['alcohol', 'tobacco', 'infant_formula', 'medicines']

const DEFAULTS = {
  languages: ['en', 'ru'],
  receiptsPerDayMax: 20,
  receiptsPerTillMax: 5,
  uncreditedPerHourMax: 60,
  uncreditedPerDayMax: 150,
  photosPerHourMax: 30,
  photosPerDayMax: 100,
  saleMinutesApartMax: 5,
  reviewHoursMax: 4,
  reviewLeaseMinutes: 10,
  reviewsOpenMax: 5,
  spotCheckBps: 200,
  blockedCategories: BLOCKED,
  submissionDays: 14,
  submissionDaysMax: 30,
  returnDaysMax: 60,
  authorityWaitDaysMax: 30,
  adultAge: 18,
  trust: SAFE_TRUST,
} as const satisfies Partial<MarketRules>

/** Amounts of a market that has no own ones, in euros: `minorOfEuros` puts them into its currency. */
const EUROS = {
  invoiceMinorMin: 1,
  invoiceMinorMax: 1_000_000,
  payoutMinorMin: 1,
  payoutMinorMax: 2_500,
  reviewedReceiptMinorMax: 5,
  reviewedMonthMinorMax: 20,
} as const satisfies Partial<Record<keyof MarketRules, number>>

/** Currency, zone, hours ahead of UTC from and to, dialling codes. */
type Place = readonly [CurrencyCode, string, number, number, ...string[]]

const PLACES: Readonly<Record<MarketCode, Place>> = {
  al: ['ALL', 'Europe/Tirane', 1, 2, '355'],
  ar: ['ARS', 'America/Argentina/Buenos_Aires', -3, -3, '54'],
  at: ['EUR', 'Europe/Vienna', 1, 2, '43'],
  az: ['AZN', 'Asia/Baku', 4, 4, '994'],
  ba: ['BAM', 'Europe/Sarajevo', 1, 2, '387'],
  br: ['BRL', 'America/Sao_Paulo', -5, -2, '55'],
  cl: ['CLP', 'America/Santiago', -6, -3, '56'],
  de: ['EUR', 'Europe/Berlin', 1, 2, '49'],
  es: ['EUR', 'Europe/Madrid', 0, 2, '34'],
  fj: ['FJD', 'Pacific/Fiji', 12, 13, '679'],
  gr: ['EUR', 'Europe/Athens', 2, 3, '30'],
  hr: ['EUR', 'Europe/Zagreb', 1, 2, '385'],
  in: ['INR', 'Asia/Kolkata', 5.5, 5.5, '91'],
  ke: ['KES', 'Africa/Nairobi', 3, 3, '254'],
  kg: ['KGS', 'Asia/Bishkek', 6, 6, '996'],
  kz: ['KZT', 'Asia/Almaty', 5, 6, '77', '76'],
  md: ['MDL', 'Europe/Chisinau', 2, 3, '373'],
  me: ['EUR', 'Europe/Podgorica', 1, 2, '382'],
  mx: ['MXN', 'America/Mexico_City', -8, -5, '52'],
  pt: ['EUR', 'Europe/Lisbon', -1, 1, '351'],
  rs: ['RSD', 'Europe/Belgrade', 1, 2, '381'],
  ru: ['RUB', 'Europe/Moscow', 2, 12, '7'],
  sa: ['SAR', 'Asia/Riyadh', 3, 3, '966'],
  si: ['EUR', 'Europe/Ljubljana', 1, 2, '386'],
  sk: ['EUR', 'Europe/Bratislava', 1, 2, '421'],
  tz: ['TZS', 'Africa/Dar_es_Salaam', 3, 3, '255'],
  ua: ['UAH', 'Europe/Kyiv', 2, 3, '380'],
  uz: ['UZS', 'Asia/Tashkent', 5, 5, '998'],
  ws: ['WST', 'Pacific/Apia', 13, 14, '685'],
}

/** What differs from the defaults. */
const OWN: Partial<Record<MarketCode, Partial<MarketRules>>> = {
  ru: {
    languages: ['ru', 'en'],
    payoutMethods: ['sbp', 'bank_card', 'yoo_money'],
    // Money leaves from one rouble up.
    payoutMinorMin: 100,
    // One payout to SBP or a wallet; above it the provider refuses.
    payoutMinorMax: 25_000_000,
  },
  kz: { languages: ['ru', 'en'] },
}

/** Euros leave for every account of the euro's area through an interface. */
const EURO_ACCOUNTS: AccountRules = {
  carrier: 'wise',
  country: null,
  holder: 'latin',
  namesPerson: false,
}

/**
 * Currencies that no interface carries leave by the operator's bank, where it is known what a bank
 * there asks of an order: a row here and an account in `BANK_ACCOUNTS` open the way. Albania,
 * Azerbaijan, Bosnia, Moldova, Saudi Arabia, Serbia and Ukraine number accounts alike; what their
 * orders have to name besides has to be read first.
 */
const BANK_FILE_ACCOUNTS: Partial<Record<MarketCode, AccountRules>> = {
  kz: { carrier: 'bank_file', country: 'KZ', holder: 'latin_or_cyrillic', namesPerson: true },
}

const accountRulesOf = (code: MarketCode, currency: CurrencyCode): AccountRules | null =>
  currency === 'EUR' ? EURO_ACCOUNTS : (BANK_FILE_ACCOUNTS[code] ?? null)

function rulesOf(code: MarketCode): MarketRules {
  const [currency, timeZone, zoneHoursMin, zoneHoursMax, ...dialling] = PLACES[code]
  const place = { code, currency, timeZone, zoneHoursMin, zoneHoursMax, dialling }
  const amounts = {
    invoiceMinorMin: minorOfEuros(currency, EUROS.invoiceMinorMin),
    invoiceMinorMax: minorOfEuros(currency, EUROS.invoiceMinorMax),
    payoutMinorMin: minorOfEuros(currency, EUROS.payoutMinorMin),
    payoutMinorMax: minorOfEuros(currency, EUROS.payoutMinorMax),
    reviewedReceiptMinorMax: minorOfEuros(currency, EUROS.reviewedReceiptMinorMax),
    reviewedMonthMinorMax: minorOfEuros(currency, EUROS.reviewedMonthMinorMax),
  }
  const account = accountRulesOf(code, currency)
  const payoutMethods: readonly PayoutMethod[] = account === null ? [] : ['iban']
  return { ...DEFAULTS, ...place, ...amounts, account, payoutMethods, ...OWN[code] }
}

export const MARKETS = Object.fromEntries(
  MARKET_CODES.map((code) => [code, rulesOf(code)]),
) as Readonly<Record<MarketCode, MarketRules>>

/** An open market, as anybody may see it. */
export const MarketView = z.object({
  code: MarketCode,
  isHome: z.boolean(),
  currency: z.enum(CURRENCIES),
  languages: z.array(Locale),
  timeZone: z.string(),
  payoutMethods: z.array(z.enum(PAYOUT_METHODS)),
  account: AccountRules.nullable(),
  payoutMinorMin: z.number().int(),
  payoutMinorMax: z.number().int(),
  adultAge: z.number().int(),
})
export type MarketView = z.infer<typeof MarketView>

export function marketView(code: MarketCode): MarketView {
  const { languages, payoutMethods, ...rules } = MARKETS[code]
  return MarketView.parse({
    ...rules,
    isHome: code === HOME_MARKET,
    languages: [...languages],
    payoutMethods: [...payoutMethods],
  })
}

/** The market of a phone (E.164) by its longest matching dialling code; null for none of ours. */
export function marketOfPhone(phone: string): MarketCode | null {
  let best: { code: MarketCode; length: number } | null = null
  for (const code of MARKET_CODES) {
    for (const dialling of MARKETS[code].dialling) {
      if (!phone.startsWith(`+${dialling}`) || dialling.length <= (best?.length ?? 0)) continue
      best = { code, length: dialling.length }
    }
  }
  return best?.code ?? null
}

/** A text in every language of the market. */
export const LocalText = z.strictObject({ ru: z.string(), en: z.string() })
export type LocalText = z.infer<typeof LocalText>
