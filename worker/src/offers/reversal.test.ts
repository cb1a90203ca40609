import fc from 'fast-check'
import { expect, it } from 'vitest'
import { goodsOf, type ReturnedGoods, remainingOf } from '../receipts/returned.ts'
import { evaluate } from './evaluate.ts'
import { keptOf, type Reversal, reversalsOf } from './reversal.ts'
import { amount, caps, documentOf, inputOf, offerOf } from './sample.test-data.ts'

const target = { code: 'receipt', args: {} } as const
const OFFERS = [
  offerOf('a'),
  offerOf('b', {
    ...caps({ perReceiptMinor: amount(700) }),
    minimum: { spendMinor: amount(900), quantity: 2 },
  }),
  offerOf('c', { target, minimum: { spendMinor: amount(1_500), quantity: null } }),
  offerOf('d', {
    target,
    reward: { code: 'fixed', args: { amountMinor: amount(250), per: 'receipt' } },
  }),
]

/** A line of so many units at a price each; prices tell the lines apart. */
const basket = fc.uniqueArray(
  fc.record({ price: fc.integer({ min: 1, max: 2_000 }), units: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 5, selector: ({ price }) => price },
)
/** How many units of each line come back in each of the returns. */
const visits = fc.array(fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }), { maxLength: 4 })

type Goods = { price: number; units: number }

function documentWith(goods: readonly Goods[]) {
  const lines = goods.map(({ price, units }) => ({ sumMinor: price * units, units }))
  const document = documentOf(lines)
  const priced = document.lines.map((line, at) => ({
    ...line,
    priceMinor: amount(goods[at]?.price ?? 0),
  }))
  return { ...document, lines: priced }
}

const total = (rows: readonly { rewardMinor: number; feeMinor: number }[]) =>
  rows.reduce((sum, { rewardMinor, feeMinor }) => sum + rewardMinor + feeMinor, 0)

it('returns take back never more than was credited, and all of it at last', () => {
  fc.assert(
    fc.property(basket, visits, (bought, visits) => {
      const document = documentWith(bought)
      const input = {
        ...inputOf(
          bought.map(({ price }) => ({ sumMinor: price })),
          OFFERS,
        ),
        document,
      }
      const { rewards } = evaluate(input)
      const gone: ReturnedGoods[] = []
      const taken: Reversal[] = []
      const everything = bought.map(({ units }) => units)
      for (const wanted of [...visits, everything]) {
        const left = remainingOf(document, gone)
        const units = bought.map((_, at) =>
          Math.min(wanted[at] ?? 0, (left.lines[at]?.quantityMicro ?? 0) / 1_000_000),
        )
        const given = bought.map(({ price }, at) => ({ price, units: units[at] ?? 0 }))
        const goods = goodsOf(left, documentWith(given.filter((line) => line.units > 0)))
        if (goods === null) continue
        gone.push(goods)
        const due = evaluate({ ...input, document: remainingOf(document, gone) }).rewards
        taken.push(...reversalsOf(keptOf(rewards, taken), due))
        const kept = keptOf(rewards, taken)
        for (const { offerId, rewardMinor, feeMinor, lines } of kept) {
          const most = due.find((one) => one.offerId === offerId)
          expect(rewardMinor).toBeLessThanOrEqual(most?.rewardMinor ?? 0)
          expect(feeMinor).toBeGreaterThanOrEqual(0)
          expect(lines.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(rewardMinor)
          for (const part of lines) expect(part.amountMinor).toBeGreaterThanOrEqual(0)
        }
        expect(total(kept) + total(taken)).toBe(total(rewards))
      }
      expect(remainingOf(document, gone).totalMinor).toBe(0)
      expect(total(taken)).toBe(total(rewards))
    }),
  )
})
