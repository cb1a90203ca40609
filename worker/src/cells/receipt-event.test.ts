import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellEvent } from '#schema/event'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferRule } from '#schema/offer'
import type { MatchedLine } from '../offers/basket.ts'
import { evaluate } from '../offers/evaluate.ts'
import { pastCost } from '../offers/past.ts'
import {
  amount,
  documentOf,
  inputOf,
  offerOf,
  type SampleLine,
  UNKNOWN,
  ZARYA,
} from '../offers/sample.test-data.ts'
import { judgedEvent } from './receipt-event.ts'
import type { Judgement, ReceiptRow } from './receipt-row.ts'

const BEER: MatchedLine = {
  product: { id: 'prd_beer0001', brand: 'Заря', category: 'alcohol' },
  certain: true,
}
const PERHAPS: MatchedLine = { ...ZARYA, certain: false }

function rowOf(): ReceiptRow {
  return {
    id: 'rcp_00000001',
    walletId: 'wal_00000001',
    fingerprint: 'ru:9999078900000001:1:1',
    attempt: 0,
    contentKey: '',
    submittedAt: 0,
    scan: {
      fn: '9999078900000001',
      i: 1,
      fp: 1,
      time: '2026-11-21T18:42',
      totalMinor: minor(1),
      kind: 1,
    },
    sale: null,
    purchasedAt: '2026-11-21T18:42',
    totalMinor: minor(1),
    state: 'no_reward',
    claim: 'held',
    version: 1,
    rewardMinor: 0,
    returnedMinor: 0,
    checks: 1,
    taskDueAt: null,
    snapshotVersion: 1,
    till: null,
    storeName: null,
    reason: null,
    timeline: [],
    judged: null,
  }
}

type Judged = Extract<CellEvent, { type: 'receipt_judged' }>

function eventOf(lines: readonly SampleLine[]): Judged {
  const judgement: Judgement = {
    document: documentOf(lines),
    store: null,
    matches: lines.map((line) => ({ ...(line.match ?? ZARYA), name: '', by: '' })),
    snapshotVersion: 1,
    facts: [],
    exhausted: [],
    limit: null,
    verdicts: [],
    partners: {},
    rewards: [],
  }
  const event = judgedEvent({ name: 'cell-0', rules: MARKETS.ru }, rowOf(), judgement, 0)
  if (event.type !== 'receipt_judged') throw new Error(event.type)
  return event
}

describe('what leaves the cell about the goods of a receipt', () => {
  it('is one entry per surely recognised product, with its lines added up', () => {
    const { goods } = eventOf([
      { sumMinor: 9_999, units: 2 },
      { sumMinor: 5_000, units: 1 },
      { sumMinor: 4_000, match: UNKNOWN },
      { sumMinor: 3_000, match: PERHAPS },
    ])
    expect(goods).toEqual([{ productId: ZARYA.product?.id, units: 3, sumMinor: 14_999 }])
  })

  it('says nothing of blocked goods, and leaves them out of the total', () => {
    const event = eventOf([{ sumMinor: 12_000, match: BEER }, { sumMinor: 9_999 }])
    expect(event.goods).toHaveLength(1)
    expect(event.baseMinor).toBe(9_999)
  })
})

const line: fc.Arbitrary<SampleLine> = fc.record({
  sumMinor: fc.integer({ min: 0, max: 60_000 }),
  units: fc.integer({ min: 0, max: 5 }),
  match: fc.constantFrom(ZARYA, BEER, PERHAPS, UNKNOWN),
})
const receipts = fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { maxLength: 30 })
const rule: fc.Arbitrary<Pick<OfferRule, 'reward' | 'target'>> = fc.record({
  reward: fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((rateBps) => ({
      code: 'percent' as const,
      args: { rateBps },
    })),
    fc.record({
      code: fc.constant('fixed' as const),
      args: fc.record({
        amountMinor: fc.integer({ min: 1, max: 50_000 }).map(amount),
        per: fc.constantFrom('unit', 'receipt'),
      }),
    }),
  ),
  target: fc.constantFrom<OfferRule['target'][]>(
    { code: 'brand', args: { brand: 'Заря' } },
    { code: 'receipt', args: {} },
  ),
})

/** What the roll-up keeps of events, for a rule on the brand or on whole receipts. */
function salesOf(events: readonly Judged[], target: OfferRule['target']) {
  const kept =
    target.code === 'receipt'
      ? events.map(({ baseMinor }) => ({ units: 0, sumMinor: baseMinor }))
      : events.flatMap(({ goods }) => goods)
  return {
    purchases: kept.length,
    receiptsAtLeast: 20,
    units: kept.reduce((sum, { units }) => sum + units, 0),
    sumMinor: kept.reduce((sum, { sumMinor }) => sum + sumMinor, 0),
  }
}

it('bounds what the rule really pays on those receipts', () => {
  fc.assert(
    fc.property(receipts, rule, (baskets, changes) => {
      const offer = offerOf('a', changes)
      const past = pastCost(offer.rule, 0, salesOf(baskets.map(eventOf), offer.rule.target))
      const paid = baskets.flatMap((lines) => evaluate(inputOf(lines, [offer])).rewards)
      const paidMinor = paid.reduce((sum, { rewardMinor }) => sum + rewardMinor, 0)
      if (past !== null) expect(paidMinor).toBeLessThanOrEqual(past.rewardMinor)
    }),
    { numRuns: 100 },
  )
})
