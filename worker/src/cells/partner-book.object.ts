import { DurableObject } from 'cloudflare:workers'
import { MARKETS, type MarketCode } from '#schema/market'
import type { AccountRow, TransferRow } from '#schema/operator'
import type { FundsEntry, PartnerFunds } from '#schema/partner'
import { type Checkpoint, checkpointAt, readCheckpoint } from '../audit/checkpoint.ts'
import {
  inSteps,
  type Mirrors,
  readMirrors,
  readStatement,
  type Statement,
} from '../audit/statement.ts'
import type { Env } from '../env.ts'
import { accountTotals, listTransfers, type TransferFilter } from './cell-desk.ts'
import { marketOf } from './market-name.ts'
import { PARTNER_BOOK_MIGRATIONS } from './migrations.object.ts'
import { nameOf } from './object-name.ts'
import { PartnerBook } from './partner-book.ts'
import { pause } from './pause.ts'
import { bookOf, budgetOf } from './route-of.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate, type SqlStore } from './sql-store.ts'
import type { Task } from './tasks.ts'

/**
 * Name of the network's own book: the bank account's side of every partner's and payout's money.
 */
export const NETWORK_BOOK = 'network'

const TASKS_MAX = 50
const RETRY_MS = 5_000

/** The book of the partner whose id is the object's name in its market, or of the network itself. */
export class PartnerBookObject extends DurableObject<Env> {
  readonly #sql: SqlStore
  readonly #market: MarketCode
  readonly #name: string
  /** With its market: rows of it are read beside those of others. */
  readonly #objectName: string
  readonly #book: PartnerBook

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = objectSqlStore(ctx.storage)
    this.#objectName = nameOf(ctx)
    const { market, name } = marketOf(this.#objectName)
    this.#market = market
    this.#name = name
    migrate(this.#sql, PARTNER_BOOK_MIGRATIONS)
    this.#book = new PartnerBook(this.#sql, MARKETS[market].currency)
  }

  async deposit(depositId: string, amountMinor: number): Promise<void> {
    this.#book.deposit(depositId, amountMinor, Date.now())
    await this.#perform()
  }

  /**
   * The money has left `funds` when this answers `ok`; the budget has it then or a moment later.
   */
  async commit(
    commitId: string,
    offerId: string,
    amountMinor: number,
  ): Promise<'ok' | 'funds_short'> {
    const outcome = this.#book.commit(commitId, offerId, amountMinor, Date.now())
    if (outcome === 'ok') await this.#perform()
    return outcome
  }

  async nextReleaseId(offerId: string): Promise<string> {
    return this.#book.nextReleaseId(offerId)
  }

  async uncommit(id: string, offerId: string, amountMinor: number): Promise<void> {
    this.#book.uncommit(id, offerId, amountMinor, Date.now())
  }

  async depositReceived(depositId: string, amountMinor: number): Promise<void> {
    this.#book.depositReceived(depositId, amountMinor, Date.now())
  }

  async payoutPaid(payoutId: string, amountMinor: number): Promise<void> {
    this.#book.payoutPaid(payoutId, amountMinor, Date.now())
  }

  async payoutRefunded(payoutId: string, amountMinor: number): Promise<void> {
    this.#book.payoutRefunded(payoutId, amountMinor, Date.now())
  }

  async money(): Promise<Pick<PartnerFunds, 'fundsMinor' | 'committedMinor'>> {
    return this.#book.money()
  }

  async entries(before: number, limit: number): Promise<{ items: FundsEntry[]; last: number }> {
    return this.#book.entries(before, limit)
  }

  async transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]> {
    return listTransfers({ sql: this.#sql, name: this.#objectName }, filter, limit)
  }

  async accounts(): Promise<AccountRow[]> {
    return accountTotals({ sql: this.#sql, name: this.#objectName })
  }

  /** The proof of this object's own book, with what other books mirror. */
  async statement(): Promise<Statement> {
    return inSteps(readStatement(this.#sql, this.#name), pause)
  }

  /** What other books mirror, without the proof. */
  async mirrors(): Promise<Mirrors> {
    return readMirrors(this.#sql, this.#name)
  }

  async checkpoint(): Promise<Checkpoint | null> {
    return readCheckpoint(this.#sql)
  }

  async checkpointAt(sequence: number): Promise<Checkpoint | null> {
    return checkpointAt(this.#sql, sequence)
  }

  override async alarm(): Promise<void> {
    await this.#perform()
  }

  async #perform(): Promise<void> {
    // The alarm is set first: a crash in the middle leaves somebody who tries again.
    await this.ctx.storage.setAlarm(Date.now() + RETRY_MS)
    for (const task of this.#book.dueOutside(Date.now(), TASKS_MAX)) {
      try {
        await this.#performTask(task)
        this.#book.done([task])
      } catch (cause) {
        console.error(JSON.stringify({ level: 'error', task: task.id, failure: String(cause) }))
      }
    }
    if (this.#book.nextDueAt() === null) await this.ctx.storage.deleteAlarm()
  }

  async #performTask({ body }: Task): Promise<void> {
    if (body.kind === 'fund') {
      await budgetOf(this.env, this.#market, body.offerId).fund(body.commitId, body.amountMinor)
    } else if (body.kind === 'deposit') {
      const network = bookOf(this.env, this.#market, NETWORK_BOOK)
      await network.depositReceived(body.depositId, body.amountMinor)
    } else {
      throw new Error(`a partner's book does not perform ${body.kind}`)
    }
  }
}
