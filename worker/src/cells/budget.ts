import type { CurrencyCode } from '#schema/currency'
import { clearingFunding, clearingOffer, unallocated } from '../ledger/account.ts'
import {
  budgetAllocated,
  budgetFunded,
  budgetReturned,
  budgetWithdrawn,
} from '../ledger/posting.ts'
import { Book } from './book.ts'
import { type LeaseAnswer, leaseId } from './cell-leases.ts'
import { first, type SqlStore } from './sql-store.ts'

/**
 * The budget of one offer as a state machine: what the partner put in, minus what cells hold. Its
 * `unallocated` account cannot go below zero, so that allocated ≤ funded at every commit.
 */
export type LeaseQuestion = {
  readonly cell: string
  readonly sequence: number
  /** What the cell would like, and the least that is of use to it; kopecks. */
  readonly wantMinor: number
  readonly leastMinor: number
  /** Whether it may be told to wait for others' money; otherwise the answer is final. */
  readonly patient: boolean
  /** Unspent escrow of the cell, as of its book's `report` number. */
  readonly idleMinor: number
  readonly report: number
}

export type BudgetMoney = {
  readonly fundedMinor: number
  readonly allocatedMinor: number
  readonly leftMinor: number
}

type CellRow = {
  leaseSequence: number
  grantedMinor: number
  outstandingMinor: number
  idleMinor: number
  reportSequence: number
}

const NO_CELL: CellRow = {
  leaseSequence: 0,
  grantedMinor: 0,
  outstandingMinor: 0,
  idleMinor: 0,
  reportSequence: -1,
}

export class Budget {
  readonly book: Book
  readonly #sql: SqlStore
  readonly #offerId: string

  constructor(sql: SqlStore, offerId: string, currency: CurrencyCode) {
    this.#sql = sql
    this.#offerId = offerId
    this.book = new Book(sql, currency)
  }

  /** The partner's book has handed money over. Repeats change nothing. */
  fund(commitId: string, amountMinor: number, now: number): void {
    this.#once(budgetFunded(commitId, this.#offerId, amountMinor), now)
  }

  /**
   * Step 7. A number that was answered before gets the same answer; otherwise what is left is
   * shared so that no cell takes more than its part of half the remainder, and the last rewards go
   * singly. Only the budget decides that a number gets nothing, and remembers it: were the cell to
   * give up by itself, a late copy of its question would be granted money that nobody books.
   */
  lease(question: LeaseQuestion, now: number): LeaseAnswer {
    return this.#sql.transaction(() => {
      const cell = this.#cell(question.cell)
      if (question.sequence <= cell.leaseSequence) return answerOf(cell.grantedMinor)
      this.#hear(cell, question.report, question.idleMinor)
      const left = this.#left()
      if (left < question.leastMinor) {
        const mayCome = left + this.#idleElsewhere(question.cell) >= question.leastMinor
        if (question.patient && mayCome) {
          this.#write(question.cell, cell)
          return { kind: 'wait' }
        }
        this.#write(question.cell, { ...cell, leaseSequence: question.sequence, grantedMinor: 0 })
        return { kind: 'exhausted' }
      }
      const share = Math.floor(left / 2 / this.#activeCells(question.cell))
      const wish = Math.min(question.wantMinor, Math.max(share, question.leastMinor))
      const grantedMinor = Math.min(left, Math.max(wish, question.leastMinor))
      const id = leaseId(question.cell, this.#offerId, question.sequence)
      this.book.post([budgetAllocated(id, this.#offerId, grantedMinor)], now)
      this.#write(question.cell, {
        ...cell,
        leaseSequence: question.sequence,
        grantedMinor,
        outstandingMinor: cell.outstandingMinor + grantedMinor,
        idleMinor: cell.idleMinor + grantedMinor,
      })
      return { kind: 'granted', amountMinor: grantedMinor }
    })
  }

  /** Step 9. Idle money comes back once; zero is a report that the cell holds nothing idle. */
  returned(
    cellName: string,
    returnId: string,
    amountMinor: number,
    report: number,
    now: number,
  ): void {
    this.#sql.transaction(() => {
      const cell = this.#cell(cellName)
      this.#hear(cell, report, 0)
      const transfer = budgetReturned(returnId, this.#offerId, Math.max(1, amountMinor))
      if (amountMinor > 0 && !this.book.has(transfer.id)) {
        this.book.post([transfer], now)
        cell.outstandingMinor -= amountMinor
        cell.idleMinor = Math.min(cell.idleMinor, cell.outstandingMinor)
      }
      this.#write(cellName, cell)
    })
  }

  /** Takes unallocated money out, for the partner's book. The same id answers the same amount. */
  withdraw(id: string, now: number): number {
    return this.#sql.transaction(() => {
      const former = first<{ amountMinor: number }>(
        this.#sql,
        'SELECT amount_minor AS amountMinor FROM transfers WHERE id = ?',
        `${id}:withdrawn`,
      )
      if (former) return former.amountMinor
      const left = this.#left()
      if (left > 0) this.book.post([budgetWithdrawn(id, this.#offerId, left)], now)
      return left
    })
  }

  money(): BudgetMoney {
    const leftMinor = this.#left()
    const fundedMinor = -this.book.balance(clearingFunding(this.#offerId))
    const allocatedMinor = this.book.balance(clearingOffer(this.#offerId))
    return { fundedMinor, allocatedMinor, leftMinor }
  }

  #left(): number {
    return this.book.balance(unallocated(this.#offerId))
  }

  #once(transfer: ReturnType<typeof budgetFunded>, now: number): void {
    this.#sql.transaction(() => {
      if (!this.book.has(transfer.id)) this.book.post([transfer], now)
    })
  }

  /** A later report replaces an earlier one; a late one is not believed. */
  #hear(cell: CellRow, report: number, idleMinor: number): void {
    if (report <= cell.reportSequence) return
    cell.reportSequence = report
    cell.idleMinor = Math.min(idleMinor, cell.outstandingMinor)
  }

  #cell(name: string): CellRow {
    const row = first<CellRow>(
      this.#sql,
      `SELECT lease_sequence AS leaseSequence, granted_minor AS grantedMinor,
         outstanding_minor AS outstandingMinor, idle_minor AS idleMinor,
         report_sequence AS reportSequence FROM cells WHERE cell = ?`,
      name,
    )
    return row ?? { ...NO_CELL }
  }

  #write(name: string, cell: CellRow): void {
    this.#sql.all(
      `INSERT INTO cells (cell, lease_sequence, granted_minor, outstanding_minor, idle_minor,
         report_sequence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT (cell) DO UPDATE SET lease_sequence = ?2, granted_minor = ?3,
         outstanding_minor = ?4, idle_minor = ?5, report_sequence = ?6`,
      name,
      cell.leaseSequence,
      cell.grantedMinor,
      cell.outstandingMinor,
      cell.idleMinor,
      cell.reportSequence,
    )
  }

  #idleElsewhere(name: string): number {
    const row = first<{ idle: number }>(
      this.#sql,
      'SELECT coalesce(sum(idle_minor), 0) AS idle FROM cells WHERE cell <> ?',
      name,
    )
    return row?.idle ?? 0
  }

  #activeCells(name: string): number {
    const row = first<{ others: number }>(
      this.#sql,
      'SELECT count(*) AS others FROM cells WHERE cell <> ?',
      name,
    )
    return (row?.others ?? 0) + 1
  }
}

function answerOf(grantedMinor: number): LeaseAnswer {
  return grantedMinor > 0 ? { kind: 'granted', amountMinor: grantedMinor } : { kind: 'exhausted' }
}
