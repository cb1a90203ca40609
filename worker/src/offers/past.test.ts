import { describe, expect, it } from 'vitest'
import { AMOUNT_MINOR_MAX } from '#schema/money'
import type { OfferRule } from '#schema/offer'
import { type PastSales, pastCost } from './past.ts'
import { amount, caps, RULE } from './sample.test-data.ts'

/** 40 receipts with milk on them for 99,99 ₽ each, two of them with two packs. */
const SALES: PastSales = { purchases: 40, receiptsAtLeast: 40, units: 42, sumMinor: 419_958 }

const ruleOf = (changes: Partial<OfferRule>): OfferRule => ({ ...RULE, ...changes })
const fixed = (amountMinor: number, per: 'unit' | 'receipt') =>
  ruleOf({ reward: { code: 'fixed', args: { amountMinor: amount(amountMinor), per } } })

describe('what a rule would have cost', () => {
  it('is its share of what was paid, and the fee on top', () => {
    expect(pastCost(RULE, 1_500, SALES)).toEqual({
      days: 28,
      purchases: 40,
      rewardMinor: 41_995,
      feeMinor: 6_299,
    })
  })

  it('is a fixed amount per unit, or per purchase when it is paid once per receipt', () => {
    expect(pastCost(fixed(2_000, 'unit'), 0, SALES)).toMatchObject({ rewardMinor: 84_000 })
    expect(pastCost(fixed(2_000, 'receipt'), 0, SALES)).toMatchObject({ rewardMinor: 80_000 })
  })

  it('is never more than the goods cost, however large the amounts', () => {
    expect(pastCost(fixed(20_000, 'unit'), 0, SALES)).toMatchObject({ rewardMinor: 419_958 })
    const huge = { ...SALES, units: Number.MAX_SAFE_INTEGER }
    expect(pastCost(fixed(AMOUNT_MINOR_MAX, 'unit'), 0, huge)).toMatchObject({
      rewardMinor: 419_958,
    })
  })

  it('is not lowered by caps and minimums, which sums cannot tell', () => {
    const bounded = ruleOf({
      ...caps({ perReceiptMinor: amount(1) }),
      minimum: { spendMinor: amount(1_000_000), quantity: 9 },
    })
    expect(pastCost(bounded, 1_500, SALES)).toEqual(pastCost(RULE, 1_500, SALES))
  })

  it('is kept back below 20 different receipts, however many purchases they hold', () => {
    expect(pastCost(RULE, 1_500, { ...SALES, receiptsAtLeast: 19 })).toBeNull()
    expect(pastCost(RULE, 1_500, { ...SALES, receiptsAtLeast: 20 })).not.toBeNull()
  })

  it('is not made up for a rule that counts units of a whole receipt', () => {
    const wrong = { ...fixed(2_000, 'unit'), target: { code: 'receipt' as const, args: {} } }
    expect(pastCost(wrong, 0, { ...SALES, units: 0 })).toBeNull()
  })
})
