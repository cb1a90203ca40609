import { describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import { Budget } from '#worker/cells/budget'
import { Cell } from '#worker/cells/cell'
import { readLease } from '#worker/cells/cell-leases'
import { perform } from '#worker/cells/drain'
import type { Network } from '#worker/cells/network'
import { escrow, reserved } from '#worker/ledger/account'
import { Database } from './database.sqlite.ts'
import { Market } from './offers.ts'
import { Random } from './random.ts'

/** A budget is shared by cells in leases: nobody gets too much, and nothing is left lying about. */

const START = Date.parse('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
const ROUND_MS = 2_000
const ROUNDS_MAX = 200

type Claim = { readonly walletId: string; outcome: 'waits' | 'reserved' | 'exhausted' }
type Share = { readonly cell: Cell; readonly database: Database; readonly claims: Claim[] }

/** Cells on one budget, without any faults: only the arithmetic is left. */
class Sharing {
  readonly offer: OfferVersion
  readonly shares: Share[]
  readonly budget: Budget
  readonly #database = Database.open('budget')
  #now = START

  constructor(cells: number, budgetMinor: number) {
    const market = new Market(new Random(1), START, ['prt_zarya000'])
    const [version] = market.offers[0]?.versions ?? []
    if (!version) throw new Error('no offer')
    this.offer = version
    this.budget = new Budget(this.#database.store(), version.offerId, 'RUB')
    this.budget.fund('commit_1', budgetMinor, START)
    this.shares = Array.from({ length: cells }, (_, index) => {
      const database = Database.open('cell')
      const ports = {
        sql: database.store(),
        name: `cell-${index}`,
        rules: MARKETS.ru,
        market: () => market.snapshot(0),
        receiptId: () => '',
        changed: () => {},
      }
      return { cell: new Cell(ports), database, claims: [] }
    })
  }

  /** All wallets activate at once; answers when everybody has been told yes or no. */
  async claim(wallets: number, costMinor: number): Promise<Claim[]> {
    for (let index = 0; index < wallets; index += 1) {
      const share = this.shares[index % this.shares.length]
      share?.claims.push({ walletId: `wal_${index}`, outcome: 'waits' })
    }
    const claims = this.shares.flatMap((share) => share.claims)
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      for (const share of this.shares) this.#ask(share, costMinor)
      if (claims.every(({ outcome }) => outcome !== 'waits')) return claims
      for (const share of this.shares) await this.#drain(share)
      this.#now += ROUND_MS
    }
    throw new Error('somebody was never told')
  }

  /** As the object does: whoever is short waits for the lease, and is refused when that is refused. */
  #ask({ cell, claims }: Share, costMinor: number): void {
    const waiting = claims.filter(({ outcome }) => outcome === 'waits')
    const { offerId } = this.offer
    const lease = readLease(cell.ctx, offerId)
    const lacks = costMinor - cell.ctx.book.balance(escrow(offerId))
    const isRefused = lease?.grantedMinor === 0 && lacks >= lease.leastMinor
    for (const claim of waiting) {
      if (isRefused) {
        claim.outcome = 'exhausted'
        continue
      }
      const { walletId } = claim
      const wantMinor = waiting.length * costMinor
      const order = { walletId, offer: this.offer, costMinor, expiresAt: START + DAY_MS, wantMinor }
      if (cell.activate(order, this.#now).kind === 'active') claim.outcome = 'reserved'
    }
  }

  async #drain({ cell }: Share): Promise<void> {
    const unused = () => Promise.reject(new Error('nobody is asked for that'))
    const network: Network = {
      claimMany: unused,
      releaseClaim: unused,
      verify: unused,
      findSale: unused,
      readPhotos: unused,
      forgetPhotos: unused,
      askProvider: unused,
      bookPayout: unused,
      bookRefund: unused,
      publish: async () => {},
      lease: async (_, question) => this.budget.lease(question, this.#now),
      returnLease: async (_, { cell: name, returnId, amountMinor, report }) =>
        this.budget.returned(name, returnId, amountMinor, report, this.#now),
    }
    const failed = (_: unknown, cause: unknown) => {
      throw cause
    }
    const ports = { network, now: () => this.#now, ownerMasked: async () => '', failed }
    await perform(cell, cell.dueOutside(this.#now, 5_000), ports)
  }

  /** What the cells hold of the budget, spent or not. */
  held(): { reservedMinor: number; escrowMinor: number } {
    const { offerId } = this.offer
    const sum = (read: (cell: Cell) => number) =>
      this.shares.reduce((all, { cell }) => all + read(cell), 0)
    return {
      reservedMinor: sum((cell) => cell.ctx.book.balance(reserved(offerId))),
      escrowMinor: sum((cell) => cell.ctx.book.balance(escrow(offerId))),
    }
  }

  close(): void {
    for (const { database } of this.shares) database.close()
    this.#database.close()
  }
}

async function share(
  options: { cells: number; wallets: number; costMinor: number; budgetMinor: number },
  look: (sharing: Sharing, reservations: number) => void,
): Promise<void> {
  const sharing = new Sharing(options.cells, options.budgetMinor)
  try {
    const claims = await sharing.claim(options.wallets, options.costMinor)
    look(sharing, claims.filter(({ outcome }) => outcome === 'reserved').length)
  } finally {
    sharing.close()
  }
}

describe('parallel claims on a budget', () => {
  it.each([
    { cells: 1, wallets: 1_000, costMinor: 1_150, slots: 100, odd: 0 },
    { cells: 8, wallets: 1_000, costMinor: 1_150, slots: 100, odd: 0 },
    { cells: 8, wallets: 1_000, costMinor: 1_151, slots: 100, odd: 1_150 },
    { cells: 16, wallets: 200, costMinor: 977, slots: 37, odd: 500 },
    { cells: 3, wallets: 5, costMinor: 1_000, slots: 7, odd: 999 },
    { cells: 4, wallets: 40, costMinor: 1_000, slots: 0, odd: 999 },
    // Remainders in several cells that make up the last slot only together.
    { cells: 8, wallets: 53, costMinor: 4_055, slots: 13, odd: 2_689 },
  ])(
    '$wallets on $slots slots over $cells cells give exactly as many as there are',
    async ({ cells, wallets, costMinor, slots, odd }) => {
      const budgetMinor = slots * costMinor + odd
      await share({ cells, wallets, costMinor, budgetMinor }, (sharing, reservations) => {
        expect(reservations).toBe(Math.min(slots, wallets))
        expect(sharing.held().reservedMinor).toBe(reservations * costMinor)
      })
    },
  )

  it('never take out more than was put in, whatever the sizes', async () => {
    const random = new Random(20_261_121)
    for (let round = 0; round < 25; round += 1) {
      const costMinor = random.int(1, 5_000)
      const budgetMinor = random.int(1, 60_000)
      const options = {
        cells: random.int(1, 8),
        wallets: random.int(1, 60),
        costMinor,
        budgetMinor,
      }
      await share(options, (sharing, reservations) => {
        const slots = Math.floor(budgetMinor / costMinor)
        expect(reservations, JSON.stringify(options)).toBe(Math.min(slots, options.wallets))
        const { reservedMinor, escrowMinor } = sharing.held()
        const { leftMinor, allocatedMinor, fundedMinor } = sharing.budget.money()
        expect(allocatedMinor).toBeLessThanOrEqual(fundedMinor)
        expect(leftMinor + allocatedMinor).toBe(fundedMinor)
        expect(reservedMinor + escrowMinor).toBeLessThanOrEqual(allocatedMinor)
      })
    }
  })
})

describe('a budget', () => {
  const question = {
    cell: 'cell-0',
    sequence: 1,
    wantMinor: 500,
    leastMinor: 500,
    patient: true,
    idleMinor: 0,
    report: 0,
  }
  const withBudget = (minorFunded: number, look: (budget: Budget) => void): void => {
    const database = Database.open('budget')
    const budget = new Budget(database.store(), 'off_00000000', 'RUB')
    budget.fund('commit_1', minor(minorFunded), START)
    look(budget)
    database.close()
  }

  it('answers a number once: what is free later changes nothing for a late copy', () => {
    withBudget(100, (budget) => {
      expect(budget.lease(question, START)).toEqual({ kind: 'exhausted' })
      budget.fund('commit_2', 1_000, START)
      expect(budget.lease(question, START)).toEqual({ kind: 'exhausted' })
      const next = { ...question, sequence: 2 }
      expect(budget.lease(next, START)).toEqual({ kind: 'granted', amountMinor: 500 })
      expect(budget.lease(next, START)).toEqual({ kind: 'granted', amountMinor: 500 })
      expect(budget.money().leftMinor).toBe(600)
    })
  })

  it('lets a patient cell wait for what another holds idle, and tells an impatient one', () => {
    withBudget(600, (budget) => {
      const other = { ...question, cell: 'cell-1', wantMinor: 600, leastMinor: 600 }
      expect(budget.lease(other, START)).toEqual({ kind: 'granted', amountMinor: 600 })
      expect(budget.lease(question, START)).toEqual({ kind: 'wait' })
      const impatient = { ...question, patient: false }
      expect(budget.lease(impatient, START)).toEqual({ kind: 'exhausted' })
    })
  })

  it('books a return once, however often and late it comes', () => {
    withBudget(600, (budget) => {
      budget.lease(question, START)
      for (let time = 0; time < 3; time += 1) budget.returned('cell-0', 'return:1', 500, 2, START)
      expect(budget.money()).toEqual({ fundedMinor: 600, allocatedMinor: 0, leftMinor: 600 })
    })
  })

  it('gives a release its amount once, and the next release what came since', () => {
    withBudget(600, (budget) => {
      expect(budget.withdraw('release:1', START)).toBe(600)
      expect(budget.withdraw('release:1', START)).toBe(600)
      budget.fund('commit_2', 50, START)
      expect(budget.withdraw('release:1', START)).toBe(600)
      expect(budget.withdraw('release:2', START)).toBe(50)
    })
  })
})
