import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import type { CapPeriod, OfferRule, OfferVersion } from '#schema/offer'
import { explain } from '#worker/cells/cell-desk'
import type { Submission } from '#worker/cells/cell-receipts'
import type { ReceiptRow } from '#worker/cells/receipt-row'
import { reserved } from '#worker/ledger/account'
import { amount, caps, offerOf, UNKNOWN } from '#worker/offers/sample.test-data'
import { notableVerdicts } from '#worker/offers/verdict'
import { JudgingCell } from './judging-cell.ts'

/** What a cell makes of receipts, asked without a platform: a state machine on its real schema. */

const HOUR_MS = 3_600_000
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

describe('caps remember what was earned before a version had them', () => {
  const period = (period: CapPeriod, receipts: number) =>
    caps({ perPeriod: { period, amountMinor: null, receipts } })
  const next = (rule: Partial<OfferRule>): OfferVersion => ({
    ...offerOf('a', rule),
    version: 2,
    publishedAt: '2026-11-18T09:00:00.000Z',
  })

  // One receipt of Sunday the 15th, judged by the first version, and two of the week after it.
  it.each([
    ['over its life', caps({ perShopperReceipts: 3 }), 'cap_redemptions'],
    ['in roubles', caps({ perShopperMinor: amount(3_000) }), 'cap_shopper'],
    ['in the month', period('month', 3), 'cap_period'],
    ['in the week', period('week', 2), 'cap_period'],
    ['in the week, and is not full', period('week', 3), 'rewarded'],
    ['on the day', period('day', 1), 'cap_period'],
  ] as const)('%s', (_, rule, said) => {
    judging.judge({ time: '2026-11-15T12:00' })
    judging.lease(offer.offerId, 1_000_000)
    judging.judge({ time: '2026-11-16T00:00' })
    judging.judge({ time: '2026-11-20T12:00' })
    judging.publish(offer, next(rule))
    const last = judging.judge({ time: '2026-11-20T18:00' })
    expect(last.judged?.verdicts).toMatchObject([{ rule: said, offerVersion: 2 }])
  })
})

describe('an activation reserves only what can be paid', () => {
  it.each([
    ['receipts', caps({ perShopperReceipts: 1 })],
    ['roubles', caps({ perShopperMinor: amount(1_000) })],
  ])('and nothing once the cap on %s is full for life', (_, rule) => {
    const capped = offerOf('b', rule)
    judging.publish(capped)
    expect(judging.activate(capped).kind).toBe('short')
    judging.lease(capped.offerId, 100_000)
    expect(judging.activate(capped).kind).toBe('active')
    expect(judging.judge().state).toBe('credited')
    expect(judging.activate(capped).kind).toBe('used_up')
    expect(judging.cell.ctx.book.balance(reserved(capped.offerId))).toBe(0)
    const today = caps({ perPeriod: { period: 'day', amountMinor: null, receipts: 1 } })
    // Tomorrow is another day.
    expect(judging.activate({ ...capped, rule: { ...capped.rule, ...today } }).kind).toBe('active')
  })
})

describe('receipts that are not credited', () => {
  const { uncreditedPerHourMax: hourly, uncreditedPerDayMax: daily } = MARKETS.ru
  const submit = (submission: Submission) => judging.cell.submitMany([submission], judging.now)[0]
  const submitNew = () => submit(judging.submission())

  it('are so many an hour and a day; each limit says when it ends, and then has ended', () => {
    const [first, second] = [judging.now, judging.now + 1_000]
    for (let sent = 0; sent < hourly; sent += 1) {
      expect(submitNew()).toMatchObject({ created: true })
      judging.now = second
    }
    expect(submitNew()).toEqual({ from: first + HOUR_MS })
    judging.now = first + HOUR_MS - 1
    expect(submitNew()).toEqual({ from: first + HOUR_MS })
    judging.now = first + HOUR_MS
    expect(submitNew()).toMatchObject({ created: true })
    expect(submitNew()).toEqual({ from: second + HOUR_MS })
    let sent = hourly + 1
    for (judging.now += HOUR_MS; sent < daily; judging.now += HOUR_MS / hourly) {
      expect(submitNew()).toMatchObject({ created: true })
      sent += 1
    }
    judging.now += HOUR_MS
    expect(submitNew()).toEqual({ from: first + 24 * HOUR_MS })
  })

  it('leave room for repeats, for credited ones and for other wallets', () => {
    const known = judging.submission()
    expect(submit(known)).toMatchObject({ created: true })
    for (let sent = 1; sent < hourly; sent += 1) submitNew()
    expect(submitNew()).toHaveProperty('from')
    expect(submit(known)).toMatchObject({ created: false })
    expect(submit(judging.submission({ walletId: 'wal_2' }))).toMatchObject({ created: true })
    judging.credit(known)
    expect(submitNew()).toMatchObject({ created: true })
  })
})

describe('judging again gives the stored record, whatever happened to the offer since', () => {
  const rival = offerOf('b', caps({ perShopperReceipts: 1 }))
  const bread = {
    sumMinor: 4_000,
    match: {
      product: { id: 'prd_bread001', brand: 'Колос', category: 'bakery' as const },
      certain: true,
    },
  }
  const lines = [{ sumMinor: 6_000 }, bread, { sumMinor: 2_000, match: UNKNOWN }]

  /** Another version on worse terms, a pause, what the wallet earned and activated meanwhile. */
  function liveOn(): void {
    const worse = offerOf('a', { reward: { code: 'percent', args: { rateBps: 100 } } })
    const publishedAt = '2026-11-20T09:00:00.000Z'
    const next = { ...worse, version: 2, publishedAt, stoppedAt: '2026-11-21T18:00' }
    judging.publish({ ...offer, stoppedAt: '2026-11-21T18:00' }, next)
    judging.judge()
    judging.publish(offer, rival)
    judging.activate(rival)
    judging.lease(rival.offerId, 100_000)
    judging.judge({ time: '2026-11-21T18:43' })
  }

  function expectSameAfter(row: ReceiptRow): void {
    expectReplayed(row)
    liveOn()
    expect(judging.row(row.id)).toEqual(row)
    expectReplayed(row)
  }

  beforeEach(() => judging.publish(offer, rival))

  it('of a credited receipt', () => {
    judging.judge()
    judging.lease(offer.offerId, 1_000_000)
    const row = judging.judge({ lines })
    expect(row.state).toBe('credited')
    expect(said(row)).toContainEqual(['better_offer', 0])
    expectSameAfter(row)
  })

  it('of one that a cap has cut', () => {
    judging.publish(offerOf('a', caps({ perShopperMinor: amount(1_300) })))
    judging.judge()
    judging.lease(offer.offerId, 1_000_000)
    const row = judging.judge({ lines })
    expect(said(row)).toContainEqual(['rewarded', 300])
    expectSameAfter(row)
  })

  it('of one whose budget had nothing left', () => {
    const { id } = judging.judge({ lines })
    judging.lease(offer.offerId, 0)
    judging.lease(rival.offerId, 0)
    const row = judging.row(id)
    expect(row.state).toBe('no_reward')
    expect(said(row)).toContainEqual(['budget_exhausted', 0])
    expectSameAfter(row)
  })

  it('of one over a limit', () => {
    judging.judge()
    judging.lease(offer.offerId, 1_000_000)
    const most = MARKETS.ru.receiptsPerTillMax
    for (let credited = 1; credited < most; credited += 1) judging.judge()
    const row = judging.judge({ lines })
    expect(said(row)).toContainEqual(['till_limit', 0])
    expectSameAfter(row)
  })
})
