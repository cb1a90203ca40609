import { DurableObject } from 'cloudflare:workers'
import { Budget, type BudgetMoney, type LeaseQuestion } from './budget.ts'
import type { LeaseAnswer } from './cell-leases.ts'
import { BUDGET_MIGRATIONS } from './migrations.object.ts'
import { nameOf } from './object-name.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate } from './sql-store.ts'

/** The budget of the offer whose id is the object's name. */
export class BudgetObject extends DurableObject {
  readonly #budget: Budget

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    const sql = objectSqlStore(ctx.storage)
    migrate(sql, BUDGET_MIGRATIONS)
    this.#budget = new Budget(sql, nameOf(ctx))
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
}
