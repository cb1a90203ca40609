import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { explain } from '#worker/cells/cell-desk'
import type { ReceiptRow } from '#worker/cells/receipt-row'
import { offerOf } from '#worker/offers/sample.test-data'
import { notableVerdicts } from '#worker/offers/verdict'
import { JudgingCell } from './judging-cell.ts'

/** What a cell makes of receipts, asked without a platform: a state machine on its real schema. */

const offer = offerOf('a')
let judging: JudgingCell

beforeEach(() => {
  judging = new JudgingCell()
  judging.publish(offer)
})

afterEach(() => judging.close())

const said = (row: ReceiptRow) =>
  row.judged?.verdicts.map(({ rule, rewardMinor }) => [rule, rewardMinor])

/** Keeps the stored record equal to what judging again says. */
function expectReplayed(row: ReceiptRow): void {
  const again = explain(judging.cell.ctx, row.id, null)
  expect(again && notableVerdicts(again)).toEqual(row.judged?.verdicts)
}

describe('a verdict shows as paid what was paid, and nothing else', () => {
  it('while the money of the offer is asked for', () => {
    const waiting = judging.judge()
    expect(waiting.state).toBe('awaiting_budget')
    expect(said(waiting)).toEqual([['awaiting_budget', 0]])
    expect(waiting.judged?.verdicts[0]?.seen).toEqual({ kind: 'money', amountMinor: 1_000 })
    expectReplayed(waiting)
    judging.lease(offer.offerId, 100_000)
    expect(said(judging.row(waiting.id))).toEqual([['rewarded', 1_000]])
  })

  it.each(['till_limit', 'daily_limit'] as const)('over the %s', (rule) => {
    const isTill = rule === 'till_limit'
    const most = isTill ? MARKETS.ru.receiptsPerTillMax : MARKETS.ru.receiptsPerDayMax
    judging.judge()
    judging.lease(offer.offerId, 1_000_000)
    const till = (index: number) => (isTill ? 'till_1' : `till_${index}`)
    for (let index = 1; index < most; index += 1) {
      expect(judging.judge({ till: till(index) }).state).toBe('credited')
    }
    const over = judging.judge({ till: till(most) })
    expect(over).toMatchObject({ state: 'no_reward', rewardMinor: 0, reason: { code: rule } })
    expect(over.judged?.verdicts).toMatchObject([
      {
        rule,
        rewardMinor: 0,
        seen: { kind: 'count', count: most + 1 },
        needed: { kind: 'count', count: most },
        action: 'come_back_next_period',
      },
    ])
    expectReplayed(over)
  })
})
