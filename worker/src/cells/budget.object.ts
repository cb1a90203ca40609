import { DurableObject } from 'cloudflare:workers'
import { MARKETS } from '#schema/market'
import type { AccountRow, TransferRow } from '#schema/operator'
import { type Checkpoint, checkpointAt, readCheckpoint } from '../audit/checkpoint.ts'
import {
  inSteps,
  type Mirrors,
  readMirrors,
  readStatement,
  type Statement,
} from '../audit/statement.ts'
import { Budget, type BudgetMoney, type LeaseQuestion } from './budget.ts'
import { accountTotals, listTransfers, type TransferFilter } from './cell-desk.ts'
import type { LeaseAnswer } from './cell-leases.ts'
import { marketOf } from './market-name.ts'
import { BUDGET_MIGRATIONS } from './migrations.object.ts'
import { nameOf } from './object-name.ts'
import { pause } from './pause.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate, type SqlStore } from './sql-store.ts'

/** The budget of the offer whose id is the object's name in its market. */
export class BudgetObject extends DurableObject {
  readonly #sql: SqlStore
  readonly #name: string
  /** With its market: rows of it are read beside those of others. */
  readonly #objectName: string
  readonly #budget: Budget

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    this.#sql = objectSqlStore(ctx.storage)
    this.#objectName = nameOf(ctx)
    const { market, name } = marketOf(this.#objectName)
    this.#name = name
    migrate(this.#sql, BUDGET_MIGRATIONS)
    this.#budget = new Budget(this.#sql, name, MARKETS[market].currency)
  }

  async transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]> {
    return listTransfers({ sql: this.#sql, name: this.#objectName }, filter, limit)
  }

  async accounts(): Promise<AccountRow[]> {
    return accountTotals({ sql: this.#sql, name: this.#objectName })
  }

  async fund(commitId: string, amountMinor: number): Promise<void> {
    this.#budget.fund(commitId, amountMinor, Date.now())
  }

  async lease(question: LeaseQuestion): Promise<LeaseAnswer> {
    return this.#budget.lease(question, Date.now())
  }

  async returned(report: {
    cell: string
    returnId: string
    amountMinor: number
    report: number
  }): Promise<void> {
    const { cell, returnId, amountMinor } = report
    this.#budget.returned(cell, returnId, amountMinor, report.report, Date.now())
  }

  async withdraw(id: string): Promise<number> {
    return this.#budget.withdraw(id, Date.now())
  }

  async money(): Promise<BudgetMoney> {
    return this.#budget.money()
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
}
