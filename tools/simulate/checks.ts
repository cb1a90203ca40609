import { BookWatch, type SeenTransfer } from './book-watch.ts'
import type { CellParty } from './cell-party.ts'
import type { Complain } from './complaint.ts'
import { Crossings, checkMove, PayoutModel } from './model.ts'
import type { BookParty, BudgetParty } from './objects.ts'
import type { SimulatedOffer } from './offers.ts'
import type { Party } from './party.ts'
import type { ProviderStandIn } from './payout-provider.ts'
import { ReturnsModel } from './returns-model.ts'
import { RewardsModel, type Truth } from './rewards-model.ts'

/** What the model watches. */
export type Watched = {
  readonly cells: readonly CellParty[]
  readonly budgets: readonly BudgetParty[]
  readonly books: readonly BookParty[]
  readonly offers: readonly SimulatedOffer[]
  readonly provider: ProviderStandIn
  readonly truth: Truth
}

/** Submissions that were acknowledged: receipt by cell. */
export type Acknowledged = { readonly cell: CellParty; readonly receiptId: string }

type Book = { readonly party: Party; readonly watch: BookWatch; take: (row: SeenTransfer) => void }

/**
 * The independent model: follows every book after every step, and compares them with one another.
 */
export class Checks {
  readonly crossings: Crossings
  readonly payouts: PayoutModel
  readonly rewards = new Map<CellParty, RewardsModel>()
  readonly returns = new Map<CellParty, ReturnsModel>()
  readonly acknowledged: Acknowledged[] = []
  readonly #network: Watched
  readonly #complain: Complain
  readonly #books = new Map<Party, Book>()
  readonly #landings: (() => void)[] = []

  constructor(network: Watched, complain: Complain) {
    this.#network = network
    this.#complain = complain
    this.crossings = new Crossings(complain)
    this.payouts = new PayoutModel(network.provider, complain)
    const credits = new Map<string, string>()
    const applied = new Map<string, string>()
    for (const cell of network.cells) {
      const rewards = new RewardsModel(cell, network.truth, credits, complain)
      this.rewards.set(cell, rewards)
      const returns = new ReturnsModel(cell, network.truth, applied, complain)
      this.returns.set(cell, returns)
      this.#follow(cell, (row) => {
        returns.take(row)
        this.#takeOfCell(cell, rewards, row)
      })
    }
    for (const budget of network.budgets) {
      this.#follow(budget, (row) => this.#takeOfBudget(budget, row))
    }
    for (const book of network.books) this.#follow(book, (row) => this.#takeOfBook(book, row))
  }

  /** After a step: looks at every party that committed something. */
  check(): void {
    let changed = false
    for (const { party, watch, take } of this.#books.values()) {
      if (!party.touched) continue
      party.touched = false
      changed = true
      for (const row of watch.look()) {
        checkMove(row, party.name, this.#complain)
        take(row)
      }
    }
    if (!changed) return
    // What left and arrived in one step arrives after all has left, whoever is looked at first.
    for (const land of this.#landings.splice(0)) land()
    for (const rewards of this.rewards.values()) rewards.settle()
    for (const returns of this.returns.values()) returns.settle()
    for (const offer of this.#network.offers) this.#conserve(offer)
    this.payouts.check()
  }

  /** The whole history once more. */
  checkHistory(): void {
    for (const { watch } of this.#books.values()) watch.lookAgain()
  }

  balance(party: Party, code: string): number {
    return this.#books.get(party)?.watch.balance(code) ?? 0
  }

  /** Spent by the cells from an offer: rewards and fees. */
  spent(offerId: string): number {
    let sum = 0
    for (const rewards of this.rewards.values()) sum += rewards.spent.get(offerId) ?? 0
    return sum
  }

  #land(list: Crossings['grants'], row: SeenTransfer, party: Party): void {
    this.#landings.push(() => this.crossings.land(list, row, party.name))
  }

  #follow(party: Party, take: (row: SeenTransfer) => void): void {
    const watch = new BookWatch(party.name, party.database, this.#complain)
    this.#books.set(party, { party, watch, take })
  }

  /** I3: spent + escrow + reserved + in flight = allocated ≤ funded ≤ committed, at every step. */
  #conserve({ offerId, partnerId }: SimulatedOffer): void {
    const budget = this.#network.budgets.find((one) => one.offerId === offerId)
    const book = this.#network.books.find((one) => one.name === partnerId)
    if (!budget || !book) throw new Error(`no budget or book of ${offerId}`)
    let held = this.spent(offerId) + this.crossings.inFlight(offerId)
    for (const [cell, rewards] of this.rewards) {
      const reserved = this.balance(cell, `reserved:${offerId}`)
      if (reserved !== rewards.reserved(offerId)) {
        this.#complain('I3', cell.name, `${offerId} reserves ${reserved} for nobody`)
      }
      held += this.balance(cell, `escrow:${offerId}`) + reserved
    }
    const allocated = this.balance(budget, `clearing:${offerId}`)
    const funded = -this.balance(budget, `clearing:funding:${offerId}`)
    const committed = this.balance(book, `committed:${offerId}`)
    if (held !== allocated) {
      this.#complain('I3', offerId, `spent, held and in flight ${held}, allocated ${allocated}`)
    }
    if (allocated > funded) {
      this.#complain('I3', offerId, `allocated ${allocated}, funded ${funded}`)
    }
    if (funded > committed) {
      this.#complain('I9', offerId, `funded ${funded}, committed ${committed}`)
    }
  }

  #takeOfCell(cell: CellParty, rewards: RewardsModel, row: SeenTransfer): void {
    if (rewards.take(row)) return
    switch (row.code) {
      case 'lease_granted':
        this.#land(this.crossings.grants, row, cell)
        break
      case 'lease_returned':
        this.crossings.leave(this.crossings.returns, row, cell.name)
        break
      case 'payout_succeeded':
        this.crossings.leave(this.crossings.paidOut, row, cell.name)
        this.payouts.posted(row, cell.name)
        break
      case 'payout_asked':
      case 'payout_returned':
        this.payouts.posted(row, cell.name)
        break
      default:
        this.#complain('I1', cell.name, `a cell does not post ${row.code}`)
    }
  }

  #takeOfBudget(budget: BudgetParty, row: SeenTransfer): void {
    const { crossings } = this
    switch (row.code) {
      case 'budget_funded':
        this.#land(crossings.commits, row, budget)
        break
      case 'budget_withdrawn':
        crossings.leave(crossings.withdrawals, row, budget.name)
        break
      case 'lease_granted':
        crossings.leave(crossings.grants, row, budget.name)
        break
      case 'lease_returned':
        this.#land(crossings.returns, row, budget)
        break
      default:
        this.#complain('I1', budget.name, `a budget does not post ${row.code}`)
    }
  }

  #takeOfBook(book: BookParty, row: SeenTransfer): void {
    const { crossings } = this
    switch (row.code) {
      case 'deposit':
        crossings.leave(crossings.deposits, row, book.name)
        break
      case 'deposit_received':
        this.#land(crossings.deposits, row, book)
        break
      case 'commit':
        crossings.leave(crossings.commits, row, book.name)
        break
      case 'uncommit':
        this.#land(crossings.withdrawals, row, book)
        break
      case 'payout_paid':
        this.#land(crossings.paidOut, row, book)
        break
      default:
        this.#complain('I1', book.name, `a partner's book does not post ${row.code}`)
    }
  }
}
