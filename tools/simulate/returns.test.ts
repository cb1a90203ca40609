import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minor } from '#schema/money'
import { proveCell } from '#worker/audit/cell-proof'
import { listPostings, readWallet } from '#worker/cells/cell-wallet'
import type { ReceiptRow } from '#worker/cells/receipt-row'
import { escrow, fees } from '#worker/ledger/account'
import { amount, caps, documentOf, offerOf } from '#worker/offers/sample.test-data'
import type { ProviderOutcome } from '#worker/payouts/provider'
import { JudgingCell } from './judging-cell.ts'

/** What a cell makes of goods that come back. A receipt is 100 roubles, the offer pays a tenth. */

const DAY_MS = 86_400_000
const offer = offerOf('a')
const lines = [{ sumMinor: 6_000 }, { sumMinor: 4_000 }]
const [first, second] = [[{ sumMinor: 6_000 }], [{ sumMinor: 4_000 }]] as const
let judging: JudgingCell

beforeEach(() => {
  judging = new JudgingCell()
})

afterEach(() => {
  const findings = proveCell(judging.cell.ctx.sql, judging.now)
  // Nobody performs the tasks here.
  expect(findings.filter(({ what }) => !what.endsWith('is late'))).toEqual([])
  judging.close()
})

const wallet = (walletId = 'wal_1') => readWallet(judging.cell.ctx, walletId)
const balance = (account: ReturnType<typeof escrow>) => judging.cell.ctx.book.balance(account)
const history = () =>
  listPostings(judging.cell.ctx, 'wal_1', Number.MAX_SAFE_INTEGER, 50).postings.map(
    ({ kind, amountMinor }) => [kind, amountMinor],
  )

/** A credited receipt of both goods. */
function sell(paper: Parameters<JudgingCell['judge']>[0] = {}): ReceiptRow {
  const row = judging.judge({ lines, ...paper })
  if (row.state !== 'awaiting_budget') return row
  judging.lease(offer.offerId, 100_000)
  return judging.row(row.id)
}

const giveBack = (goods: readonly { sumMinor: number }[], walletId = 'wal_1') =>
  judging.judge({ isReturn: true, lines: goods, walletId, time: '2026-11-21T18:50' })

function answered(payout: string, outcome: ProviderOutcome): void {
  const question = judging.cell.beginPayoutQuestion(payout, judging.now)
  if (!question) throw new Error('nothing is asked')
  judging.cell.payoutAnswered(question.row, outcome, judging.now)
}

function withdraw(amountMinor: number): string {
  const id = `00000000-0000-4000-8000-${String(judging.now % 1e12).padStart(12, '0')}`
  const answer = judging.cell.requestPayout(
    {
      walletId: 'wal_1',
      request: {
        id,
        amountMinor: minor(amountMinor),
        destination: { code: 'sbp', phone: '+79990000000', bankId: '100000000111' },
      },
      person: {
        adultConfirmedAt: judging.now,
        reauthenticatedAt: judging.now,
        phoneChangedAt: null,
        bankKnown: true,
        contentTag: 'x',
      },
      destinationSealed: 'x',
      destinationMasked: 'x',
      bankName: null,
    },
    judging.now,
  )
  if (!answer.ok) throw new Error(answer.code)
  return id
}

describe('a return takes the reward back', () => {
  it('of the returned lines only, reward and fee to the offer, and then of the rest', () => {
    judging.publish(offer)
    const sale = sell()
    const before = balance(escrow(offer.offerId))
    expect(wallet().availableMinor).toBe(1_000)
    const part = giveBack(second)
    expect(part).toMatchObject({
      state: 'no_reward',
      reason: { code: 'return_applied', receiptId: sale.id, amountMinor: 400 },
    })
    expect(judging.row(sale.id)).toMatchObject({ state: 'credited', returnedMinor: 400 })
    expect(wallet()).toMatchObject({ availableMinor: 600, owedMinor: 0, earnedMinor: 600 })
    expect(balance(escrow(offer.offerId))).toBe(before + 400 + 60)
    giveBack(first)
    expect(wallet()).toMatchObject({ availableMinor: 0, earnedMinor: 0 })
    expect(balance(escrow(offer.offerId))).toBe(before + 1_150)
    expect(balance(fees(offer.partnerId))).toBe(0)
    expect(history()).toEqual([
      ['clawback', -600],
      ['clawback', -400],
      ['accrual', 1_000],
    ])
  })

  it('once, however often it is told, and never of what is gone already', () => {
    judging.publish(offer)
    const sale = sell()
    const back = judging.submission({ isReturn: true, time: '2026-11-21T18:50' })
    judging.cell.submitMany([back], judging.now)
    judging.vouch(back, { isReturn: true, lines: second })
    judging.vouch(back, { isReturn: true, lines: second })
    const report = {
      fingerprint: back.fingerprint,
      saleId: sale.id,
      document: { ...documentOf(second), kind: 2 as const },
    }
    expect(judging.cell.returnReported(report, judging.now)).toBe('known')
    expect(wallet().availableMinor).toBe(600)
    // The same goods by another paper are not there any more.
    expect(giveBack(second).reason?.code).toBe('return_unmatched')
    expect(wallet().availableMinor).toBe(600)
  })

  it('of a whole receipt that falls below the minimum', () => {
    const target = { code: 'receipt', args: {} } as const
    const minimum = { spendMinor: amount(5_000), quantity: null }
    const whole = offerOf('a', { target, minimum })
    judging.publish(whole)
    sell()
    giveBack(second)
    expect(wallet().availableMinor).toBe(600)
    giveBack([{ sumMinor: 6_000 }])
    expect(wallet()).toMatchObject({ availableMinor: 0, owedMinor: 0 })
  })

  it('and frees the cap that it had used', () => {
    judging.publish(offerOf('a', caps({ perShopperReceipts: 1 })))
    sell()
    expect(sell({ time: '2026-11-21T18:45' }).state).toBe('no_reward')
    // Both hold the same goods: the later is the one that came back, and had earned nothing.
    giveBack(lines)
    expect(wallet().availableMinor).toBe(1_000)
    giveBack(lines)
    expect(wallet().availableMinor).toBe(0)
    expect(sell().state).toBe('credited')
  })

  it('not of another wallet, nor of a sale that was not judged', () => {
    judging.publish(offer)
    sell()
    expect(giveBack(lines, 'wal_2').reason?.code).toBe('return_unmatched')
    expect(wallet().availableMinor).toBe(1_000)
  })
})

describe('the money comes', () => {
  const holding = offerOf('a', { holdDays: 14 })

  it('from what is held first, and what is left of it becomes available in its time', () => {
    judging.publish(holding)
    sell()
    giveBack(second)
    expect(wallet()).toMatchObject({ heldMinor: 600, availableMinor: 0 })
    judging.now += 15 * DAY_MS
    judging.cell.dueOutside(judging.now, 100)
    expect(wallet()).toMatchObject({ heldMinor: 0, availableMinor: 600, held: [] })
    expect(history()).toEqual([
      ['hold_released', 600],
      ['clawback', -400],
      ['accrual', 1_000],
    ])
  })

  it('all of it, and nothing becomes available', () => {
    judging.publish(holding)
    sell()
    giveBack(lines)
    judging.now += 15 * DAY_MS
    judging.cell.dueOutside(judging.now, 100)
    expect(wallet()).toMatchObject({ heldMinor: 0, availableMinor: 0, held: [] })
  })

  it('after a payout from later rewards, and the payout is left alone', () => {
    judging.publish(offer)
    sell()
    const payout = withdraw(900)
    giveBack(lines)
    expect(wallet()).toMatchObject({ availableMinor: 0, payingMinor: 900, owedMinor: 900 })
    sell({ time: '2026-11-21T19:00' })
    expect(wallet()).toMatchObject({ availableMinor: 100, owedMinor: 0 })
    expect(history().slice(0, 4)).toEqual([
      ['claim_recovered', -900],
      ['accrual', 1_000],
      ['claim_opened', -900],
      ['clawback', -100],
    ])
    const paid = { kind: 'succeeded', providerId: 'p' } as const
    answered(payout, paid)
    expect(wallet()).toMatchObject({ availableMinor: 100, payingMinor: 0 })
  })

  it('or from the payout when it comes back', () => {
    judging.publish(offer)
    sell()
    const payout = withdraw(900)
    giveBack(lines)
    const refused = { kind: 'canceled', providerId: 'p', reason: 'rejected_by_payee' } as const
    answered(payout, refused)
    expect(wallet()).toMatchObject({ availableMinor: 0, payingMinor: 0, owedMinor: 0 })
  })
})

describe('news of a payout that comes while a question is out', () => {
  const pending = { kind: 'pending', providerId: 'p' } as const
  const refused = { kind: 'canceled', providerId: 'p', reason: 'rejected_by_payee' } as const

  it.each([
    ['before its end', pending],
    ['with its end', refused],
  ])('%s is asked about all the same', (_, outcome) => {
    judging.publish(offer)
    sell()
    const payout = withdraw(900)
    const question = judging.cell.beginPayoutQuestion(payout, judging.now)
    if (!question) throw new Error('nothing is asked')
    // In the very millisecond in which the question was due.
    judging.cell.nudgePayout(payout, judging.now)
    judging.cell.payoutAnswered(question.row, outcome, judging.now)
    const again = judging.cell.beginPayoutQuestion(payout, judging.now)
    expect(again?.row.taskDueAt).toBe(judging.now + 1)
    judging.cell.payoutAnswered(again?.row ?? question.row, refused, judging.now)
    expect(judging.cell.beginPayoutQuestion(payout, judging.now)).toBeNull()
  })
})

describe('a sale that is judged after its return', () => {
  it('earns for what is left', () => {
    judging.publish(offer)
    const back = giveBack(second)
    expect(back.reason?.code).toBe('return_unmatched')
    const sale = sell()
    expect(sale).toMatchObject({ rewardMinor: 600, returnedMinor: 0 })
    expect(wallet().availableMinor).toBe(600)
    expect(judging.row(back.id).reason).toMatchObject({
      code: 'return_applied',
      receiptId: sale.id,
      amountMinor: 0,
    })
    giveBack(first)
    expect(wallet().availableMinor).toBe(0)
  })

  it('or nothing, when it waits for its budget and all of it came back', () => {
    judging.publish(offer)
    const { id } = judging.judge({ lines })
    expect(judging.row(id).state).toBe('awaiting_budget')
    giveBack(lines)
    expect(judging.row(id)).toMatchObject({ state: 'no_reward', rewardMinor: 0 })
    judging.lease(offer.offerId, 100_000)
    expect(wallet().availableMinor).toBe(0)
  })
})

it('a return that a shop reports names its sale, whoever holds it', () => {
  judging.publish(offer)
  const sale = sell({ walletId: 'wal_9' })
  const document = { ...documentOf(second), kind: 2 as const }
  const report = { fingerprint: 'ru:1:2:3', saleId: sale.id, document }
  const tell = (said = report) => judging.cell.returnReported(said, judging.now)
  expect(tell({ ...report, saleId: 'ru:9:9:9/wal_9/0' })).toBe('unknown_sale')
  expect(tell()).toBe('applied')
  expect(tell()).toBe('known')
  expect(wallet('wal_9').availableMinor).toBe(600)
})
