import type { CurrencyCode } from '#schema/currency'
import { minor } from '#schema/money'
import type { FundsEntry, PartnerFunds } from '#schema/partner'
import { committed, funds } from '../ledger/account.ts'
import {
  depositBooked,
  depositReceived,
  offerCommitted,
  offerUncommitted,
  payoutPaid,
  payoutRefunded,
} from '../ledger/posting.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { Book } from './book.ts'
import { first, type SqlStore } from './sql-store.ts'
import { addTask, dueTasks, nextDueAt, removeTask, type Task } from './tasks.ts'

/**
 * A partner's book as a state machine (the network's own book is one too, under its own name):
 * prefunded money, what offers hold of it. Each method is idempotent by its id.
 */
export class PartnerBook {
  readonly book: Book
  readonly #sql: SqlStore

  constructor(sql: SqlStore, currency: CurrencyCode) {
    this.#sql = sql
    this.book = new Book(sql, currency)
  }

  /** An incoming payment, confirmed; the network's book is told through a task. */
  deposit(depositId: string, amountMinor: number, now: number): void {
    this.#once(depositBooked(depositId, amountMinor), now, {
      dueAt: now,
      id: `deposit:${depositId}`,
      body: { kind: 'deposit', depositId, amountMinor },
    })
  }

  /** Puts money behind an offer; `funds_short` posts nothing. The budget is told through a task. */
  commit(
    commitId: string,
    offerId: string,
    amountMinor: number,
    now: number,
  ): 'ok' | 'funds_short' {
    const transfer = offerCommitted(commitId, offerId, amountMinor)
    if (!this.book.has(transfer.id) && this.book.balance(funds) < amountMinor) return 'funds_short'
    this.#once(transfer, now, {
      dueAt: now,
      id: `fund:${commitId}`,
      body: { kind: 'fund', offerId, commitId, amountMinor },
    })
    return 'ok'
  }

  /**
   * The id under which an ended offer's budget gives back its rest, the same until that has
   * arrived here: were every try to bring its own, money that the budget has let go under a former
   * one, with its answer lost, would never be asked for again.
   */
  nextReleaseId(offerId: string): string {
    const row = first<{ count: number }>(
      this.#sql,
      "SELECT count(*) AS count FROM transfers WHERE code = 'uncommit' AND debit = ?",
      committed(offerId).code,
    )
    return `release:${offerId}:${(row?.count ?? 0) + 1}`
  }

  /** What an ended offer's budget has given back. */
  uncommit(id: string, offerId: string, amountMinor: number, now: number): void {
    if (amountMinor > 0) this.#once(offerUncommitted(id, offerId, amountMinor), now)
  }

  /** Network book: money of a partner has arrived on the bank account. */
  depositReceived(depositId: string, amountMinor: number, now: number): void {
    this.#once(depositReceived(depositId, amountMinor), now)
  }

  /** Network book: the provider has paid a shopper. */
  payoutPaid(payoutId: string, amountMinor: number, now: number): void {
    this.#once(payoutPaid(payoutId, amountMinor), now)
  }

  /** Network book: the provider has given back what it had paid to a shopper. */
  payoutRefunded(payoutId: string, amountMinor: number, now: number): void {
    this.#once(payoutRefunded(payoutId, amountMinor), now)
  }

  /** Free and committed money. What was spent is not in this book: reports know it. */
  money(): Pick<PartnerFunds, 'fundsMinor' | 'committedMinor'> {
    const offers = this.#sql.all<{ total: number }>(
      `SELECT coalesce(sum(balance_minor), 0) AS total FROM accounts WHERE code LIKE 'committed:%'`,
    )
    return {
      fundsMinor: minor(this.book.balance(funds)),
      committedMinor: minor(offers[0]?.total ?? 0),
    }
  }

  committedTo(offerId: string): number {
    return this.book.balance(committed(offerId))
  }

  /** Movements of the free money, newest first, before a sequence. */
  entries(before: number, limit: number): { items: FundsEntry[]; last: number } {
    const rows = this.#sql.all<{
      sequence: number
      id: string
      at: number
      code: string
      amountMinor: number
      reference: string
      debit: string
    }>(
      `SELECT sequence, id, at, code, amount_minor AS amountMinor, reference, debit FROM transfers
       WHERE sequence < ? AND (debit = 'funds' OR credit = 'funds')
       ORDER BY sequence DESC LIMIT ?`,
      before,
      limit,
    )
    return {
      items: rows.map((row) => ({
        id: row.id,
        at: new Date(row.at).toISOString(),
        code: row.code,
        amountMinor: minor(row.debit === funds.code ? -row.amountMinor : row.amountMinor),
        reference: row.reference,
      })),
      last: rows.at(-1)?.sequence ?? 0,
    }
  }

  dueOutside(now: number, limit: number): Task[] {
    return dueTasks(this.#sql, now, limit)
  }

  nextDueAt(): number | null {
    return nextDueAt(this.#sql)
  }

  done(tasks: readonly Task[]): void {
    this.#sql.transaction(() => {
      for (const task of tasks) removeTask(this.#sql, task.dueAt, task.id)
    })
  }

  #once(transfer: Transfer, now: number, task?: Task): void {
    this.#sql.transaction(() => {
      if (this.book.has(transfer.id)) return
      this.book.post([transfer], now)
      if (task) addTask({ sql: this.#sql, fresh: [] }, task)
    })
  }
}
