import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferRule, OfferVersion } from '#schema/offer'
import { maxCostPerReceipt } from './cost.ts'
import { evaluate } from './evaluate.ts'
import { type EvaluationFacts, NO_FACTS } from './facts.ts'
import { affordableReward, costOf } from './fee.ts'
import { amount, inputOf, NO_CAPS, offerOf, type SampleLine } from './sample.test-data.ts'

const money = fc.integer({ min: 1, max: 50_000 }).map(amount)
const cap = fc.option(money, { nil: null })
const reward: fc.Arbitrary<OfferRule['reward']> = fc.oneof(
  fc.record({
    code: fc.constant('percent' as const),
    args: fc.record({ rateBps: fc.integer({ min: 1, max: 10_000 }) }),
  }),
  fc.record({
    code: fc.constant('fixed' as const),
    args: fc.record({ amountMinor: money, per: fc.constantFrom('unit', 'receipt') }),
  }),
)
const target: fc.Arbitrary<OfferRule['target']> = fc.constantFrom(
  { code: 'brand', args: { brand: 'заря' } },
  { code: 'category', args: { category: 'dairy' } },
  { code: 'products', args: { productIds: ['prd_00000001', 'prd_00000002'] } },
  { code: 'receipt', args: {} },
)
const rule: fc.Arbitrary<Partial<OfferRule>> = fc.record({
  reward,
  target,
  minimum: fc.record({
    spendMinor: cap,
    quantity: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  }),
  caps: fc.record({
    perLineMinor: cap,
    perReceiptMinor: cap,
    perShopperMinor: cap,
    perShopperReceipts: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    perPeriod: fc.option(
      fc.record({
        period: fc.constantFrom('day', 'week', 'month'),
        amountMinor: cap,
        receipts: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      }),
      { nil: null },
    ),
  }),
})
const offers = fc
  .array(rule, { minLength: 1, maxLength: 5 })
  .map((rules) => rules.map((one, at) => offerOf(`o${at}`, one)))
const line: fc.Arbitrary<SampleLine> = fc.record({
  sumMinor: fc.integer({ min: 0, max: 60_000 }),
  quantityMicro: fc.oneof(
    fc.integer({ min: 0, max: 6 }).map((units) => units * 1_000_000),
    fc.integer({ min: 1, max: 4_000_000 }),
  ),
  subject: fc.constantFrom(1, 2, 33),
  match: fc.record({
    product: fc.option(
      fc.constantFrom(
        { id: 'prd_00000001', brand: 'Заря', category: 'dairy' as const },
        { id: 'prd_00000002', brand: 'Колос', category: 'bakery' as const },
        { id: 'prd_00000003', brand: 'Заря', category: 'alcohol' as const },
      ),
      { nil: null },
    ),
    certain: fc.boolean(),
  }),
})
const lines = fc.array(line, { maxLength: 8 })
const fact = fc.record({
  earnedMinor: fc.integer({ min: 0, max: 60_000 }),
  creditedReceipts: fc.integer({ min: 0, max: 3 }),
  periodEarnedMinor: fc.integer({ min: 0, max: 60_000 }),
  periodReceipts: fc.integer({ min: 0, max: 3 }),
  activatedAt: fc.constantFrom(null, '2026-11-20T10:00:00.000Z'),
  reservedMinor: fc.integer({ min: 0, max: 5_000 }),
  budgetExhausted: fc.boolean(),
})
const facts: fc.Arbitrary<EvaluationFacts> = fc
  .array(fact, { minLength: 5, maxLength: 5 })
  .map((all) => new Map(all.map((one, at) => [`off_000000o${at}`, one])))

function total(input: Parameters<typeof evaluate>[0]): number {
  return evaluate(input).rewards.reduce((sum, one) => sum + one.rewardMinor, 0)
}

describe('evaluation', () => {
  it('pays each offer the sum of its lines, and says so in the verdicts', () => {
    fc.assert(
      fc.property(lines, offers, facts, (basket, all, known) => {
        const { rewards, verdicts } = evaluate(inputOf(basket, all, { facts: known }))
        for (const one of rewards) {
          expect(one.rewardMinor).toBeGreaterThan(0)
          expect(one.lines.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(one.rewardMinor)
          const said = verdicts
            .filter((verdict) => verdict.offerId === one.offerId)
            .reduce((sum, verdict) => sum + verdict.rewardMinor, 0)
          expect(said).toBe(one.rewardMinor)
        }
        for (const verdict of verdicts) {
          expect(verdict.rewardMinor > 0).toBe(verdict.rule === 'rewarded')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives a verdict to every line by every offer, and pays a line once', () => {
    fc.assert(
      fc.property(lines, offers, facts, (basket, all, known) => {
        const { verdicts } = evaluate(inputOf(basket, all, { facts: known }))
        const onReceipt = all.filter((one) => one.rule.target.code === 'receipt').length
        const byOffers = verdicts.filter((verdict) => verdict.offerId !== null)
        expect(byOffers).toHaveLength(basket.length * (all.length - onReceipt) + onReceipt)
        const paid = verdicts.filter((one) => one.line !== null && one.rule === 'rewarded')
        expect(new Set(paid.map((verdict) => verdict.line)).size).toBe(paid.length)
      }),
    )
  })

  it('never pays above a cap, above what was bought, or above what a reservation promises', () => {
    fc.assert(
      fc.property(lines, offers, facts, (basket, all, known) => {
        const input = inputOf(basket, all, { facts: known })
        for (const one of evaluate(input).rewards) {
          const offer = all.find((candidate) => candidate.offerId === one.offerId) as OfferVersion
          const { caps } = offer.rule
          const fact = known.get(one.offerId) ?? NO_FACTS
          const cost = costOf(one.rewardMinor, offer.feeBps)
          const most = (limit: number | null | undefined) => limit ?? Number.POSITIVE_INFINITY
          expect(one.rewardMinor).toBeLessThanOrEqual(input.document.totalMinor)
          expect(one.rewardMinor).toBeLessThanOrEqual(most(caps.perReceiptMinor))
          expect(one.rewardMinor + fact.earnedMinor).toBeLessThanOrEqual(most(caps.perShopperMinor))
          expect(one.rewardMinor + fact.periodEarnedMinor).toBeLessThanOrEqual(
            most(caps.perPeriod?.amountMinor),
          )
          expect(cost).toBe(one.rewardMinor + one.feeMinor)
          expect(cost).toBeLessThanOrEqual(most(maxCostPerReceipt(offer.rule, offer.feeBps)))
          if (fact.budgetExhausted) expect(cost).toBeLessThanOrEqual(fact.reservedMinor)
          for (const part of one.lines) {
            if (part.line === null) continue
            expect(part.amountMinor).toBeLessThanOrEqual(most(caps.perLineMinor))
            expect(part.amountMinor).toBeLessThanOrEqual(basket[part.line]?.sumMinor ?? 0)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('gives the same for the same input, whatever the order of the offers', () => {
    fc.assert(
      fc.property(lines, offers, facts, fc.integer(), (basket, all, known, salt) => {
        const shuffled = [...all].sort((a, b) =>
          `${a.offerId}${salt}`.length % 2 ? -1 : b.offerId.localeCompare(a.offerId),
        )
        const first = evaluate(inputOf(basket, all, { facts: known }))
        expect(evaluate(inputOf(basket, shuffled, { facts: known }))).toEqual(first)
        expect(evaluate(structuredClone(inputOf(basket, all, { facts: known })))).toEqual(first)
      }),
    )
  })

  it('pays nothing on blocked, uncertain and unknown lines', () => {
    fc.assert(
      fc.property(lines, offers, (basket, all) => {
        for (const one of evaluate(inputOf(basket, all)).rewards) {
          for (const part of one.lines) {
            const match = part.line === null ? null : basket[part.line]?.match
            if (!match) continue
            expect(match.certain && match.product?.category !== 'alcohol').toBe(true)
          }
        }
      }),
    )
  })
})

/**
 * A bigger basket never earns less. It holds for any single offer, and for any set of offers whose
 * only cap is per line. It cannot hold for a line-by-line choice between offers with shared caps: a
 * new dear line may use up the cap on which a cheaper one lived, and choosing the best split over
 * all caps at once is a knapsack that nobody could explain.
 */
describe('a bigger basket never earns less', () => {
  it('for one offer with any rule and any facts', () => {
    fc.assert(
      fc.property(lines, line, rule, facts, (basket, more, one, known) => {
        const offer = offerOf('o0', one)
        const bigger = total(inputOf([...basket, more], [offer], { facts: known }))
        expect(bigger).toBeGreaterThanOrEqual(total(inputOf(basket, [offer], { facts: known })))
      }),
      { numRuns: 1_000 },
    )
  })

  it('for one offer when a line grows by whole units', () => {
    fc.assert(
      fc.property(lines, fc.nat(), money, rule, (basket, pick, extra, one) => {
        fc.pre(basket.length > 0)
        const at = pick % basket.length
        const grown = basket.map((old, index) => ({
          ...old,
          sumMinor: old.sumMinor + (index === at ? extra : 0),
          quantityMicro: (old.quantityMicro ?? 0) + (index === at ? 1_000_000 : 0),
        }))
        const offer = offerOf('o0', one)
        expect(total(inputOf(grown, [offer]))).toBeGreaterThanOrEqual(
          total(inputOf(basket, [offer])),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('for any offers that are capped per line only', () => {
    const perLine = fc.array(fc.tuple(rule, cap), { minLength: 1, maxLength: 5 }).map((rules) =>
      rules.map(([one, perLineMinor], at) => {
        const fixed = one.reward?.code === 'fixed' && one.reward.args.per === 'receipt'
        const changes = fixed ? { reward: offerOf('x').rule.reward } : {}
        const caps = { ...NO_CAPS, perLineMinor }
        return offerOf(`o${at}`, { ...one, ...changes, caps })
      }),
    )
    fc.assert(
      fc.property(lines, line, perLine, (basket, more, all) => {
        expect(total(inputOf([...basket, more], all))).toBeGreaterThanOrEqual(
          total(inputOf(basket, all)),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('affordable reward', () => {
  it('is the largest whose cost fits', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(10_000), (moneyMinor, feeBps) => {
        const most = affordableReward(moneyMinor, feeBps)
        expect(costOf(most, feeBps)).toBeLessThanOrEqual(moneyMinor)
        expect(costOf(most + 1, feeBps)).toBeGreaterThan(moneyMinor)
      }),
    )
  })
})
