import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATEGORIES, MARKETS } from '#schema/market'
import { OfferRule } from '#schema/offer'
import { amount, caps, RULE } from '../sample.test-data.ts'
import { describeOffer } from './describe.ts'

const names = {
  products: new Map([
    ['prd_00000001', 'Молоко «Заря» 3,2 %, 930 мл'],
    ['prd_00000002', 'Кефир Заря 1 %, 900 г'],
  ]),
  retailers: new Map([
    ['prt_retail01', 'Лавка'],
    ['prt_retail02', 'Рынок'],
    ['prt_retail03', 'Угол'],
  ]),
}
const percent = (rateBps: number): Partial<OfferRule> => ({
  reward: { code: 'percent', args: { rateBps } },
})
const fixed = (amountMinor: number, per: 'unit' | 'receipt'): Partial<OfferRule> => ({
  reward: { code: 'fixed', args: { amountMinor: amount(amountMinor), per } },
})
const products = (...productIds: string[]): Partial<OfferRule> => ({
  target: { code: 'products', args: { productIds } },
})
const wholeReceipt: Partial<OfferRule> = { target: { code: 'receipt', args: {} } }
const minimum = (spendMinor: number | null, quantity: number | null): Partial<OfferRule> => ({
  minimum: { spendMinor: spendMinor === null ? null : amount(spendMinor), quantity },
})
const perPeriod = (
  period: 'day' | 'week' | 'month',
  amountMinor: number | null,
  receipts: number | null,
) =>
  caps({
    perPeriod: {
      period,
      amountMinor: amountMinor === null ? null : amount(amountMinor),
      receipts,
    },
  })

/** About thirty rules, one change each: a change of words shows up as a change of the snapshot. */
const CASES: Record<string, Partial<OfferRule>> = {
  'a whole percentage': percent(1_500),
  'a broken percentage': percent(1_250),
  'a hundredth of a percent': percent(1),
  'a fixed sum per piece': fixed(2_000, 'unit'),
  'a fixed sum with kopecks per receipt': fixed(128_450, 'receipt'),
  'one product': products('prd_00000001'),
  'two products': products('prd_00000001', 'prd_00000002'),
  'five products': products(...['1', '2', '3', '4', '5'].map((one) => `prd_0000000${one}`)),
  'a category': { target: { code: 'category', args: { category: 'fish' } } },
  'receipts without goods': { ...wholeReceipt, withoutLines: 'earns' },
  'the whole receipt, percent': { ...wholeReceipt, ...percent(300) },
  'the whole receipt, fixed, with minimum': {
    ...wholeReceipt,
    ...fixed(5_000, 'receipt'),
    ...minimum(100_000, 4),
  },
  'one retailer': { retailers: ['prt_retail01'] },
  'two retailers': { retailers: ['prt_retail01', 'prt_retail02'] },
  'three retailers': { retailers: ['prt_retail01', 'prt_retail02', 'prt_retail03'] },
  'minimum spend': minimum(50_000, null),
  'one piece at least': minimum(null, 1),
  'three pieces at least': minimum(null, 3),
  'twenty-one pieces at least': minimum(null, 21),
  'cap per line': caps({ perLineMinor: amount(10_000) }),
  'cap per receipt': caps({ perReceiptMinor: amount(30_050) }),
  'cap per wallet': caps({ perShopperMinor: amount(100_000_000) }),
  'one receipt': caps({ perShopperReceipts: 1 }),
  'eleven receipts': caps({ perShopperReceipts: 11 }),
  'sum a day': perPeriod('day', 20_000, null),
  'receipts a week': perPeriod('week', null, 2),
  'sum and receipts a month': perPeriod('month', 20_000, 21),
  'activation needed': { activation: 'required' },
  'hours in the window': { startsAt: '2026-11-01T10:00', endsAt: '2026-11-30T18:30' },
  'a day that does not exist': { endsAt: '2026-13-45T99:99' },
  'end at the start of a year': { endsAt: '2027-01-01T00:00' },
  'another zone': { timeZone: 'Asia/Yekaterinburg' },
  'a foreign zone': { timeZone: 'Asia/Almaty', submissionDays: 2 },
  'twenty-one days to submit, held one day': { submissionDays: 21, holdDays: 1 },
  'held fourteen days': { holdDays: 14 },
}

describe('the shopper reads what the rule says', () => {
  it.each(Object.entries(CASES))('%s', (_, changes) => {
    const { rewardText, summary, terms } = describeOffer({ ...RULE, ...changes }, names, MARKETS.ru)
    const shown = [rewardText.ru, summary.ru, ...terms.ru, '', rewardText.en, summary.en]
    // A blank that does not break is shown as ~, so that a review can see it.
    const text = [...shown, ...terms.en].join('\n').replaceAll('\u00a0', '~')
    expect(text).toMatchSnapshot()
  })
})

const sum = fc.option(fc.integer({ min: 1, max: 300_000 }).map(amount), { nil: null })
const many = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null })
const two = (value: number) => value.toString().padStart(2, '0')
const minute = fc
  .record({
    year: fc.integer({ min: 2026, max: 2028 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.constantFrom(0, 0, 9, 23),
    minute: fc.constantFrom(0, 0, 30),
  })
  .map((at) => `${at.year}-${two(at.month)}-${two(at.day)}T${two(at.hour)}:${two(at.minute)}`)
const ids = (kind: string) =>
  fc.uniqueArray(
    fc.integer({ min: 0, max: 9 }).map((one) => `${kind}_0000000${one}`),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
const always: fc.Arbitrary<OfferRule> = fc.record({
  reward: fc.oneof(
    fc.record({
      code: fc.constant('percent' as const),
      args: fc.record({ rateBps: fc.integer({ min: 1, max: 10_000 }) }),
    }),
    fc.record({
      code: fc.constant('fixed' as const),
      args: fc.record({
        amountMinor: fc.integer({ min: 1, max: 300_000 }).map(amount),
        per: fc.constantFrom('unit', 'receipt'),
      }),
    }),
  ),
  target: fc.oneof(
    fc.record({
      code: fc.constant('products' as const),
      args: fc.record({ productIds: ids('prd') }),
    }),
    fc.record({
      code: fc.constant('brand' as const),
      args: fc.record({ brand: fc.constantFrom('Заря', 'заря', 'Колос') }),
    }),
    fc.record({
      code: fc.constant('category' as const),
      args: fc.record({ category: fc.constantFrom(...CATEGORIES) }),
    }),
    fc.record({ code: fc.constant('receipt' as const), args: fc.constant({}) }),
  ),
  retailers: fc.oneof(fc.constant('all' as const), ids('prt')),
  minimum: fc.record({ spendMinor: sum, quantity: many }),
  caps: fc.record({
    perLineMinor: sum,
    perReceiptMinor: sum,
    perShopperMinor: sum,
    perShopperReceipts: many,
    // A period without a limit says nothing; publishing refuses it.
    perPeriod: fc.option(
      fc
        .record({
          period: fc.constantFrom('day', 'week', 'month'),
          amountMinor: sum,
          receipts: many,
        })
        .filter((cap) => cap.amountMinor !== null || cap.receipts !== null),
      { nil: null },
    ),
  }),
  activation: fc.constantFrom('required', 'optional'),
  startsAt: minute,
  endsAt: minute,
  timeZone: fc.constantFrom('Europe/Moscow', 'Europe/Samara', 'Asia/Almaty'),
  submissionDays: fc.integer({ min: 2, max: 90 }),
  holdDays: fc.integer({ min: 0, max: 60 }),
})
const rules = fc
  .tuple(always, fc.boolean())
  .map(([rule, earns]): OfferRule => (earns ? { ...rule, withoutLines: 'earns' } : rule))

const termsOf = (rule: OfferRule) => describeOffer(rule, names, MARKETS.ru).terms

describe('two rules that differ never read the same', () => {
  /** Takes one field of the second rule over into the first, so that they differ in it alone. */
  function differOnlyIn(path: readonly string[], a: OfferRule, b: OfferRule): OfferRule {
    const [key, inner] = path
    if (key === undefined) return b
    const from = b[key as keyof OfferRule]
    if (inner === undefined) return { ...a, [key]: from }
    const part = { ...(a[key as keyof OfferRule] as object) }
    const changed = { ...part, [inner]: (from as Record<string, unknown>)[inner] }
    return { ...a, [key]: changed }
  }

  const fields = Object.keys(OfferRule.shape).flatMap((key) =>
    key === 'caps' || key === 'minimum'
      ? Object.keys(OfferRule.shape[key].shape).map((inner) => [key, inner])
      : [[key]],
  )

  it.each(fields)('in %s %s', (...path) => {
    const keys = path.filter((key) => key !== undefined)
    fc.assert(
      fc.property(rules, rules, (a, b) => {
        const changed = differOnlyIn(keys, a, b)
        fc.pre(JSON.stringify(a) !== JSON.stringify(changed))
        expect(termsOf(a).ru).not.toEqual(termsOf(changed).ru)
        expect(termsOf(a).en).not.toEqual(termsOf(changed).en)
      }),
      { numRuns: 300 },
    )
  })

  it('anywhere', () => {
    fc.assert(
      fc.property(rules, rules, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b))
        expect(termsOf(a).ru).not.toEqual(termsOf(b).ru)
        expect(termsOf(a).en).not.toEqual(termsOf(b).en)
      }),
      { numRuns: 500 },
    )
  })
})
