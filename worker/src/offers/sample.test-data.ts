import { MARKETS } from '#schema/market'
import { type AmountMinor, minor } from '#schema/money'
import type { OfferCaps, OfferRule, OfferVersion } from '#schema/offer'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import type { MatchedLine } from './basket.ts'
import type { EvaluationInput } from './evaluate.ts'
import { type EvaluationFacts, NO_FACTS, type OfferFacts } from './facts.ts'

/** Offers, receipts and facts for tests: one valid example of each, changed where a test looks. */

export const NO_CAPS: OfferCaps = {
  perLineMinor: null,
  perReceiptMinor: null,
  perShopperMinor: null,
  perShopperReceipts: null,
  perPeriod: null,
}

export const RULE: OfferRule = {
  reward: { code: 'percent', args: { rateBps: 1_000 } },
  target: { code: 'brand', args: { brand: 'Заря' } },
  retailers: 'all',
  minimum: { spendMinor: null, quantity: null },
  caps: NO_CAPS,
  activation: 'optional',
  startsAt: '2026-11-01T00:00',
  endsAt: '2026-12-01T00:00',
  timeZone: 'Europe/Moscow',
  submissionDays: 14,
  holdDays: 0,
}

/** `key` makes the id: letters and digits. */
export function offerOf(key: string, rule: Partial<OfferRule> = {}): OfferVersion {
  return {
    offerId: `off_${key.padStart(8, '0')}`,
    version: 1,
    partnerId: 'prt_00000001',
    partnerName: 'Заря',
    market: 'ru',
    title: { ru: `Предложение ${key}`, en: `Offer ${key}` },
    rule: { ...RULE, ...rule },
    legal: { organiser: '', rulesUrl: '', advertiserTaxNumber: '', adToken: '' },
    budgetMinor: minor(1_000_000),
    feeBps: 1_500,
    publishedAt: '2026-10-20T09:00:00.000Z',
    stoppedAt: null,
  }
}

export function caps(changes: Partial<OfferCaps>): Pick<OfferRule, 'caps'> {
  return { caps: { ...NO_CAPS, ...changes } }
}

export type SampleLine = {
  sumMinor: number
  units?: number
  quantityMicro?: number
  subject?: number
  payment?: number
  measure?: number
  match?: MatchedLine
}

export const ZARYA: MatchedLine = {
  product: { id: 'prd_00000001', brand: 'Заря', category: 'dairy' },
  certain: true,
}

export const UNKNOWN: MatchedLine = { product: null, certain: false }

function documentLine(line: SampleLine): DocumentLine {
  return {
    name: 'МОЛОКО ЗАРЯ 3.2% 930МЛ',
    priceMinor: minor(line.sumMinor),
    quantityMicro: line.quantityMicro ?? (line.units ?? 1) * 1_000_000,
    sumMinor: minor(line.sumMinor),
    gtin: null,
    subject: line.subject ?? 1,
    payment: line.payment ?? 4,
    measure: line.measure ?? null,
  }
}

export function documentOf(lines: readonly SampleLine[]): FiscalDocument {
  return {
    time: '2026-11-21T18:42',
    totalMinor: minor(lines.reduce((sum, line) => sum + line.sumMinor, 0)),
    kind: 1,
    sellerName: 'ООО «Лавка»',
    sellerTaxNumber: '7707083893',
    tillRegistration: '0000000001000001',
    fiscalDrive: '9999078900000001',
    address: null,
    placeName: null,
    lines: lines.map(documentLine),
  }
}

/** A receipt of 21 November 2026, 18:42, submitted a minute later in Moscow. */
export function inputOf(
  lines: readonly SampleLine[],
  offers: readonly OfferVersion[],
  changes: Partial<EvaluationInput> = {},
): EvaluationInput {
  return {
    document: documentOf(lines),
    store: { storeId: 'sto_1', retailerId: 'prt_retail01', name: 'Лавка', address: null },
    lines: lines.map((line) => line.match ?? ZARYA),
    offers,
    facts: new Map(),
    blockedCategories: MARKETS.ru.blockedCategories,
    submittedAt: '2026-11-21T15:43:00.000Z',
    purchasedAt: '2026-11-21T18:42',
    ...changes,
  }
}

export function factsOf(offer: OfferVersion, facts: Partial<OfferFacts>): EvaluationFacts {
  return new Map([[offer.offerId, { ...NO_FACTS, ...facts }]])
}

export function amount(value: number): AmountMinor {
  return minor(value)
}
