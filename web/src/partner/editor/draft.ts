import type { z } from 'zod'
import { minorOfEuros } from '#schema/currency'
import { MARKETS } from '#schema/market'
import type { OfferDraft } from '#schema/offer'
import type { Partner } from '#schema/partner'
import { marketWallNow, midnightAfter } from '../offers/market-wall.ts'

/** An offer while it is being written: the draft before its amounts are checked and branded. */
export type DraftInput = z.input<typeof OfferDraft>

/**
 * What a new offer begins with: 10 % on nothing yet, four weeks from the next midnight, one cap
 * that makes its cost known. The organiser and the advertiser are the partner itself until said
 * otherwise.
 */
export function newDraft(partner: Partner, timeZone: string, nowMs: number): DraftInput {
  const { currency, submissionDays } = MARKETS[partner.market]
  const startsAt = midnightAfter(marketWallNow(nowMs, timeZone), 1)
  return {
    title: { ru: '', en: '' },
    rule: {
      reward: { code: 'percent', args: { rateBps: 1_000 } },
      target:
        partner.kind === 'retailer'
          ? { code: 'receipt', args: {} }
          : { code: 'products', args: { productIds: [] } },
      retailers: partner.kind === 'retailer' ? [partner.id] : 'all',
      minimum: { spendMinor: null, quantity: null },
      caps: {
        perLineMinor: null,
        perReceiptMinor: minorOfEuros(currency, 3),
        perShopperMinor: null,
        perShopperReceipts: null,
        perPeriod: null,
      },
      activation: 'optional',
      startsAt,
      endsAt: midnightAfter(startsAt, 28),
      timeZone,
      submissionDays,
      holdDays: 0,
    },
    legal: {
      organiser: partner.legalName,
      rulesUrl: '',
      advertiserTaxNumber: partner.taxNumber,
      adToken: '',
    },
    budgetMinor: minorOfEuros(currency, 1_000),
  }
}
