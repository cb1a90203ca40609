import { describe, expect, test } from 'vitest'
import { checkpointFindings, crossFindings, type NetworkMirrors } from './audit.ts'
import type { Mirrors } from './statement.ts'

const OFFER = 'off_one000001'
const OTHER = 'off_two000001'

const object = (name: string, changes: Partial<Mirrors> = {}): Mirrors => ({
  name,
  mirrors: {},
  underWay: {},
  awaitedLeases: {},
  grantedLeases: {},
  released: null,
  arrivedReleases: [],
  ...changes,
})

/** One offer: the budget has granted 500 kopecks, of which the cell has booked `booked`. */
function network(booked: number, cell: Partial<Mirrors> = {}): NetworkMirrors {
  const mirrors = { [`clearing:${OFFER}`]: 500 }
  const grantedLeases = { 'cell-0': { sequence: 3, amountMinor: 200 } }
  return {
    cells: [object('cell-0', { mirrors: { [`clearing:${OFFER}`]: -booked }, ...cell })],
    budgets: [object(OFFER, { mirrors, grantedLeases })],
    books: [],
    network: object('network'),
  }
}

const found = (mirrors: NetworkMirrors) => crossFindings(mirrors).map(({ what }) => what)

describe('money between a budget and a cell', () => {
  test('is complete when both say the same', () => {
    expect(found(network(500))).toEqual([])
  })

  test('may be a grant whose answer the cell still waits for, and no more than that', () => {
    expect(found(network(300, { awaitedLeases: { [OFFER]: 3 } }))).toEqual([])
    expect(found(network(299, { awaitedLeases: { [OFFER]: 3 } }))).toHaveLength(1)
    // It waits for the next one: the former was answered, and its money is not here.
    expect(found(network(300, { awaitedLeases: { [OFFER]: 4 } }))).toHaveLength(1)
  })

  test('may be a return on its way, of this offer and of this size', () => {
    expect(found(network(400, { underWay: { [`clearing:${OFFER}`]: 100 } }))).toEqual([])
    expect(found(network(399, { underWay: { [`clearing:${OFFER}`]: 100 } }))).toHaveLength(1)
    // Kills "something is under way somewhere": it excused any loss of a busy network.
    const elsewhere = { [`clearing:${OTHER}`]: 100, 'clearing:payouts': 100 }
    expect(found(network(400, { underWay: elsewhere }))).toEqual([
      'leases of the budget and of the cells differ by 100 kopecks, 0 of them under way',
    ])
  })

  test('is never more here than was granted', () => {
    expect(found(network(501, { underWay: { [`clearing:${OFFER}`]: 100 } }))).toHaveLength(1)
  })
})

describe('payouts, deposits and commitments', () => {
  const books = (underWay: {
    payouts: number
    commitment: number
    deposit: number
  }): NetworkMirrors => ({
    cells: [
      object('cell-0', {
        mirrors: { 'clearing:payouts': 70 },
        underWay: { 'clearing:payouts': underWay.payouts },
      }),
    ],
    budgets: [object(OFFER, { mirrors: { [`clearing:funding:${OFFER}`]: -900 } })],
    books: [
      object('prt_one000001', {
        mirrors: { [`committed:${OFFER}`]: 1_000, 'clearing:deposits': -2_000 },
        underWay: {
          [`committed:${OFFER}`]: underWay.commitment,
          'clearing:deposits': underWay.deposit,
        },
      }),
    ],
    network: object('network', {
      mirrors: { 'clearing:payouts': -50, 'clearing:deposits': 1_500 },
    }),
  })

  test('lag behind by what their senders say, each for itself', () => {
    expect(found(books({ payouts: 20, commitment: 100, deposit: 500 }))).toEqual([])
    expect(found(books({ payouts: 19, commitment: 99, deposit: 499 }))).toHaveLength(3)
  })

  test('may lack what an ended offer gives back, until the release has arrived', () => {
    const giving = (arrivedReleases: string[]): NetworkMirrors => ({
      cells: [],
      budgets: [object(OFFER, { released: { id: `release:${OFFER}:1`, amountMinor: 300 } })],
      books: [
        object('prt_one000001', { mirrors: { [`committed:${OFFER}`]: 300 }, arrivedReleases }),
      ],
      network: object('network'),
    })
    expect(found(giving([]))).toEqual([])
    expect(found(giving([`release:${OFFER}:1`]))).toHaveLength(1)
  })
})

describe('a checkpoint kept elsewhere', () => {
  const checkpoint = { sequence: 7, hash: 'ab', totals: { liability: 500, mirror: -500 } }
  const held = (found: typeof checkpoint | null) =>
    checkpointFindings([{ ...checkpoint, object: OFFER, found }])

  test('is confirmed by the same history', () => {
    expect(held(checkpoint)).toEqual([])
  })

  test('names the transfer that is gone or another', () => {
    for (const found of [null, { ...checkpoint, hash: 'ac' }]) {
      expect(held(found)).toMatchObject([{ invariant: 'I10', where: OFFER }])
    }
  })

  test('names the kinds of account that stood elsewhere when it left', () => {
    // Kills "totals are kept and never read": balances were changed, and changed back later.
    const found = { ...checkpoint, totals: { liability: 600, mirror: -600 } }
    expect(held(found).map(({ what }) => what)).toEqual([
      'at transfer 7 liability stood at 500 by the checkpoint, transfers make 600',
      'at transfer 7 mirror stood at -500 by the checkpoint, transfers make -600',
    ])
  })
})
