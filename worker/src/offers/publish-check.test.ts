import { describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import type { OfferDraft, OfferRule } from '#schema/offer'
import { type DraftFacts, publishProblems } from './publish-check.ts'
import { amount, caps, RULE } from './sample.test-data.ts'

const draft: OfferDraft = {
  title: { ru: 'Молоко', en: 'Milk' },
  rule: RULE,
  legal: {
    organiser: 'ООО «Заря»',
    rulesUrl: 'https://zarya.example/rules',
    advertiserTaxNumber: '7707083893',
    adToken: 'erid-1',
  },
  budgetMinor: amount(1_000_000),
}
const facts: DraftFacts = {
  rules: MARKETS.ru,
  partnerId: 'prt_brand001',
  products: new Map([
    ['prd_00000001', { category: 'dairy' }],
    ['prd_beer0001', { category: 'alcohol' }],
  ]),
  brandCategories: ['dairy', 'alcohol'],
  retailers: new Set(['prt_retail01']),
  committedMinor: 0,
  feeBps: 1_500,
  now: '2026-11-21T15:00:00.000Z',
}
const products = (...productIds: string[]): Partial<OfferRule> => ({
  target: { code: 'products', args: { productIds } },
})
const receipt: Partial<OfferRule> = { target: { code: 'receipt', args: {} } }
const ofRule = (rule: Partial<OfferRule>, known: Partial<DraftFacts> = {}) =>
  publishProblems({ ...draft, rule: { ...RULE, ...rule } }, { ...facts, ...known })

it('lets a complete draft through', () => {
  expect(publishProblems(draft, facts)).toEqual([])
})

it('names every legal field that is missing', () => {
  const legal = { organiser: '', rulesUrl: '' as const, advertiserTaxNumber: '', adToken: '' }
  expect(publishProblems({ ...draft, legal }, facts).map((problem) => problem.code)).toEqual([
    'organiser_missing',
    'rules_url_missing',
    'advertiser_tax_number_missing',
    'ad_token_missing',
  ])
  const wrong = { ...draft.legal, advertiserTaxNumber: '7707083894' }
  expect(publishProblems({ ...draft, legal: wrong }, facts)).toEqual([
    { path: 'legal.advertiserTaxNumber', code: 'advertiser_tax_number_invalid' },
  ])
})

describe('the rule', () => {
  const perPeriod = { period: 'day' as const, amountMinor: null, receipts: null }
  it.each([
    ['an unknown product', products('prd_99999999'), 'product_unknown'],
    ['a product of a blocked category', products('prd_beer0001'), 'product_blocked'],
    [
      'a blocked category',
      { target: { code: 'category' as const, args: { category: 'tobacco' as const } } },
      'category_blocked',
    ],
    ['an unknown retailer', { retailers: ['prt_retail99'] }, 'retailer_unknown'],
    ['a day that does not exist', { endsAt: '2026-13-45T10:00' }, 'invalid'],
    ['an end before the start', { endsAt: '2026-10-01T00:00' }, 'ends_before_start'],
    ['an end that has passed', { endsAt: '2026-11-21T18:00' }, 'already_over'],
    ['a window of two years', { endsAt: '2028-11-01T00:00' }, 'window_too_long'],
    ['an unknown zone', { timeZone: 'Europe/Moskau' }, 'time_zone_unknown'],
    ['a period without a limit', caps({ perPeriod }), 'invalid'],
    [
      'a cap per line of a receipt offer',
      { ...receipt, ...caps({ perLineMinor: amount(1) }) },
      'invalid',
    ],
    [
      'a sum per unit of a receipt offer',
      {
        ...receipt,
        reward: {
          code: 'fixed' as const,
          args: { amountMinor: amount(1), per: 'unit' as const },
        },
      },
      'invalid',
    ],
    [
      'activation without a cap per receipt',
      { activation: 'required' as const },
      'activation_cap_needed',
    ],
    [
      'a receipt dearer than the budget',
      caps({ perReceiptMinor: amount(900_000) }),
      'budget_below_one_receipt',
    ],
    ['more days to submit than the market gives', { submissionDays: 31 }, 'submission_too_long'],
    [
      'receipts without goods, of one brand',
      { withoutLines: 'earns' as const, retailers: ['prt_retail01'] },
      'without_lines_elsewhere',
    ],
    [
      'receipts without goods, in any shop',
      { ...receipt, withoutLines: 'earns' as const, retailers: 'all' as const },
      'without_lines_elsewhere',
    ],
    [
      'receipts without goods, in pieces',
      {
        ...receipt,
        withoutLines: 'earns' as const,
        minimum: { spendMinor: null, quantity: 2 },
      },
      'pieces_unknown',
    ],
  ])('with %s is refused', (_, rule, code) => {
    expect(ofRule(rule).map((problem) => problem.code)).toEqual([code])
  })

  it('may end in a minute from now, by the clock of its zone', () => {
    expect(ofRule({ endsAt: '2026-11-21T18:01' })).toEqual([])
    expect(ofRule({ endsAt: '2026-11-21T18:01', timeZone: 'Asia/Omsk' })).toHaveLength(1)
  })

  it('may name a brand with some blocked goods, not one with nothing else', () => {
    expect(ofRule({}, { brandCategories: ['alcohol'] })).toEqual([
      { path: 'rule.target.args.brand', code: 'product_blocked' },
    ])
    expect(ofRule({}, { brandCategories: [] })).toEqual([
      { path: 'rule.target.args.brand', code: 'brand_unknown' },
    ])
  })

  it('obeys the rules of the payer’s market', () => {
    const rules = { code: 'ru', blockedCategories: ['dairy'], submissionDaysMax: 7 } as const
    const dairy = { target: { code: 'category' as const, args: { category: 'dairy' as const } } }
    expect(ofRule({ ...dairy, submissionDays: 8 }, { rules })).toEqual([
      { path: 'rule.target.args.category', code: 'category_blocked' },
      { path: 'rule.submissionDays', code: 'submission_too_long' },
    ])
    expect(ofRule({ ...dairy, submissionDays: 8 })).toEqual([])
  })

  it('lets a retailer count receipts without goods in its own shops, and nobody else', () => {
    const whole = { ...receipt, withoutLines: 'earns' as const, retailers: ['prt_retail01'] }
    expect(ofRule(whole, { partnerId: 'prt_retail01' })).toEqual([])
    expect(ofRule(whole, { partnerId: 'prt_brand001' })).toEqual([
      { path: 'rule.withoutLines', code: 'without_lines_elsewhere' },
    ])
  })

  it('keeps the budget that is committed already', () => {
    expect(ofRule({}, { committedMinor: 1_000_001 })).toEqual([
      { path: 'budgetMinor', code: 'budget_too_small' },
    ])
  })
})
