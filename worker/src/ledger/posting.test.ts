import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf, walletOf } from './account.ts'
import * as rules from './posting.ts'
import {
  chainHash,
  GENESIS_HASH,
  type PostedTransfer,
  TRANSFER_CODES,
  type Transfer,
} from './transfer.ts'

const amount = fc.integer({ min: 1, max: 100_000_000_000 })
const word = fc.stringMatching(/^[a-z0-9]{4,12}$/)

type Case = { offer: string; wallet: string; partner: string; work: string; amount: number }

const some: fc.Arbitrary<Case> = fc.record({
  offer: word.map((text) => `off_${text}`),
  wallet: word.map((text) => `wal_${text}`),
  partner: word.map((text) => `prt_${text}`),
  work: word,
  amount,
})

const reward = (it: Case, feeMinor: number, held: boolean, fromReserved: boolean): Transfer[] =>
  rules.rewardPosted({
    receiptId: `rcp_${it.work}`,
    walletId: it.wallet,
    offerId: it.offer,
    partnerId: it.partner,
    rewardMinor: it.amount,
    feeMinor,
    held,
    fromReserved,
  })

/** Every rule once. */
function everyPosting(it: Case): Transfer[] {
  const payout = { payoutId: it.work, walletId: it.wallet, amountMinor: it.amount }
  return [
    rules.leaseGranted(it.work, it.offer, it.amount),
    rules.leaseReturned(it.work, it.offer, it.amount),
    ...reward(it, it.amount, false, false),
    ...reward(it, it.amount, true, true),
    rules.activationReserved(it.work, it.offer, it.amount),
    rules.activationReleased(it.work, it.offer, it.amount),
    rules.holdReleased(it.wallet, 1, it.amount),
    rules.payoutAsked(payout),
    rules.payoutSucceeded(payout),
    rules.payoutReturned(payout),
    rules.payoutUndone(payout),
    rules.budgetFunded(it.work, it.offer, it.amount),
    rules.budgetWithdrawn(it.work, it.offer, it.amount),
    rules.budgetAllocated(it.work, it.offer, it.amount),
    rules.budgetReturned(it.work, it.offer, it.amount),
    rules.depositBooked(it.work, it.amount),
    rules.offerCommitted(it.work, it.offer, it.amount),
    rules.offerUncommitted(it.work, it.offer, it.amount),
    rules.depositReceived(it.work, it.amount),
    rules.payoutPaid(it.work, it.amount),
    rules.payoutRefunded(it.work, it.amount),
  ]
}

/** What the transfers do to each account together. */
function effect(transfers: readonly Transfer[]): Record<string, number> {
  const change: Record<string, number> = {}
  for (const { debit, credit, amountMinor } of transfers) {
    change[debit.code] = (change[debit.code] ?? 0) - amountMinor
    change[credit.code] = (change[credit.code] ?? 0) + amountMinor
  }
  return change
}

describe('every posting', () => {
  it('moves one positive amount between two accounts of the chart, and creates nothing', () => {
    fc.assert(
      fc.property(some, (it) => {
        for (const transfer of everyPosting(it)) {
          const { debit, credit, amountMinor } = transfer
          expect(amountMinor).toBeGreaterThan(0)
          expect(debit.code).not.toBe(credit.code)
          expect([kindOf(debit.code), kindOf(credit.code)]).toEqual([debit.kind, credit.kind])
          const sum = Object.values(effect([transfer])).reduce((all, one) => all + one, 0)
          expect(sum).toBe(0)
        }
      }),
    )
  })

  it('touches one wallet at most, and never two offers', () => {
    fc.assert(
      fc.property(some, (it) => {
        for (const { debit, credit } of everyPosting(it)) {
          const wallets = new Set([walletOf(debit), walletOf(credit)].filter(Boolean))
          expect(wallets.size).toBeLessThanOrEqual(1)
          const offers = new Set(`${debit.code} ${credit.code}`.match(/off_\w+/g))
          expect(offers.size).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('has the same id whenever it is made again', () => {
    fc.assert(
      fc.property(some, (it) => {
        const ids = everyPosting(it).map(({ id }) => id)
        expect(everyPosting(it).map(({ id }) => id)).toEqual(ids)
      }),
    )
  })

  it('has a code that the book page explains, and the page explains no other', () => {
    const file = fileURLToPath(new URL('README.md', import.meta.url).href)
    const lines = readFileSync(file, 'utf8').split('\n')
    const rows = lines.filter((line) => /^\|.* → .*`/.test(line))
    const told = new Set(rows.flatMap((row) => row.split('|')[3]?.match(/\w+/) ?? []))
    expect([...told].sort()).toEqual([...TRANSFER_CODES].sort())
    const example = { offer: 'off_1', wallet: 'wal_1', partner: 'prt_1', work: 'x', amount: 1 }
    const made = new Set(everyPosting(example).map(({ code }) => code))
    expect([...made].sort()).toEqual([...TRANSFER_CODES].sort())
  })
})

describe('a reward', () => {
  it('takes reward and fee, exactly, from one source', () => {
    fc.assert(
      fc.property(some, fc.nat(10_000_000), fc.boolean(), (it, fee, fromReserved) => {
        const source = `${fromReserved ? 'reserved' : 'escrow'}:${it.offer}`
        const change = effect(reward(it, fee, false, fromReserved))
        expect(change[source]).toBe(-(it.amount + fee))
        expect(change[`wallet:${it.wallet}:available`]).toBe(it.amount)
        expect(change[`fees:${it.partner}`] ?? 0).toBe(fee)
      }),
    )
  })

  it('that is held cannot be withdrawn', () => {
    fc.assert(
      fc.property(some, (it) => {
        const change = effect(reward(it, 0, true, false))
        expect(change[`wallet:${it.wallet}:held`]).toBe(it.amount)
        expect(change[`wallet:${it.wallet}:available`]).toBeUndefined()
      }),
    )
  })
})

describe('what two books exchange', () => {
  const pairs: [string, (it: Case) => Transfer[]][] = [
    [
      'a lease',
      (it) => [
        rules.budgetAllocated(it.work, it.offer, it.amount),
        rules.leaseGranted(it.work, it.offer, it.amount),
      ],
    ],
    [
      'a return',
      (it) => [
        rules.leaseReturned(it.work, it.offer, it.amount),
        rules.budgetReturned(it.work, it.offer, it.amount),
      ],
    ],
    [
      'a deposit',
      (it) => [rules.depositBooked(it.work, it.amount), rules.depositReceived(it.work, it.amount)],
    ],
    [
      'a payout',
      (it) => [
        rules.payoutSucceeded({ payoutId: it.work, walletId: it.wallet, amountMinor: it.amount }),
        rules.payoutPaid(it.work, it.amount),
      ],
    ],
    [
      'a payout that the bank sent back',
      (it) => [
        rules.payoutUndone({ payoutId: it.work, walletId: it.wallet, amountMinor: it.amount }),
        rules.payoutRefunded(it.work, it.amount),
      ],
    ],
  ]
  it.each(pairs)('%s cancels out on its clearing account', (_, both) => {
    fc.assert(
      fc.property(some, (it) => {
        const change = effect(both(it))
        const clearing = Object.entries(change).filter(([code]) => code.startsWith('clearing:'))
        expect(clearing.map(([, sum]) => sum)).toEqual([0])
        expect(new Set(both(it).map(({ reference }) => reference)).size).toBe(1)
      }),
    )
  })

  it('a payout either succeeds or comes back: both ends have one id', () => {
    const payout = { payoutId: 'x', walletId: 'wal_1', amountMinor: 5 }
    expect(rules.payoutSucceeded(payout).id).toBe(rules.payoutReturned(payout).id)
    expect(rules.payoutAsked(payout).id).not.toBe(rules.payoutSucceeded(payout).id)
  })
})

describe('the chain', () => {
  const row: PostedTransfer = {
    sequence: 7,
    id: 'a:b:reward',
    currency: 'RUB',
    debit: 'escrow:b',
    credit: 'wallet:c:available',
    amountMinor: 100,
    code: 'reward',
    reference: 'a',
    walletId: null,
    at: 1_795_000_000_000,
  }
  const other: PostedTransfer = {
    sequence: 8,
    id: 'a:b:fee',
    currency: 'RUB',
    debit: 'escrow:x',
    credit: 'wallet:d:available',
    amountMinor: 101,
    code: 'fee',
    reference: 'z',
    walletId: 'wal_1',
    at: 1_795_000_000_001,
  }

  it('covers every field', () => {
    const hash = chainHash(GENESIS_HASH, row)
    for (const field of Object.keys(row) as (keyof PostedTransfer)[]) {
      if (field === 'currency') continue
      const changed = { ...row, [field]: other[field] }
      expect(chainHash(GENESIS_HASH, changed), field).not.toEqual(hash)
    }
  })

  it('covers everything before', () => {
    const first = chainHash(GENESIS_HASH, row)
    expect(chainHash(first, other)).not.toEqual(chainHash(GENESIS_HASH, other))
    expect(first).toHaveLength(32)
  })

  it('does not let one field run into the next', () => {
    const left = chainHash(GENESIS_HASH, { ...row, debit: 'a', credit: 'bc' })
    const right = chainHash(GENESIS_HASH, { ...row, debit: 'ab', credit: 'c' })
    expect(left).not.toEqual(right)
  })
})
