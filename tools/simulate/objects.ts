import { Budget, type LeaseQuestion } from '#worker/cells/budget'
import type { LeaseAnswer } from '#worker/cells/cell-leases'
import { type Claim, Directory } from '#worker/cells/directory'
import { PartnerBook } from '#worker/cells/partner-book'
import type { SqlStore } from '#worker/cells/sql-store'
import type { Task } from '#worker/cells/tasks'
import type { ClaimOutcome } from '#worker/receipts/journey'
import { type Life, Party, type Surroundings } from './party.ts'
import { Outage } from './wire.ts'

/** The parties around the cells: the same machines as the objects drive, with crashes. */

export class DirectoryParty extends Party {
  #directory: Directory | null = null

  constructor(name: string, around: Surroundings) {
    super(name, 'directory', around)
    this.start()
  }

  protected boot(sql: SqlStore): void {
    this.#directory = new Directory(sql)
  }

  claimMany(claims: readonly Claim[]): ClaimOutcome[] {
    return this.answer(() => this.#machine().claimMany(claims, this.now()))
  }

  release(claim: Omit<Claim, 'ownerMasked'>, forged: boolean): void {
    this.answer(() => this.#machine().release(claim, forged, this.now()))
  }

  #machine(): Directory {
    if (!this.#directory) throw new Outage(this.name)
    return this.#directory
  }
}

export class BudgetParty extends Party {
  readonly offerId: string
  #budget: Budget | null = null

  constructor(offerId: string, around: Surroundings) {
    super(`budget ${offerId}`, 'budget', around)
    this.offerId = offerId
    this.start()
  }

  protected boot(sql: SqlStore): void {
    this.#budget = new Budget(sql, this.offerId, 'RUB')
  }

  fund(commitId: string, amountMinor: number): void {
    this.answer(() => this.#machine().fund(commitId, amountMinor, this.now()))
  }

  lease(question: LeaseQuestion): LeaseAnswer {
    return this.answer(() => this.#machine().lease(question, this.now()))
  }

  returned(report: { cell: string; returnId: string; amountMinor: number; report: number }): void {
    const { cell, returnId, amountMinor } = report
    this.answer(() =>
      this.#machine().returned(cell, returnId, amountMinor, report.report, this.now()),
    )
  }

  withdraw(id: string): number {
    return this.answer(() => this.#machine().withdraw(id, this.now()))
  }

  #machine(): Budget {
    if (!this.#budget) throw new Outage(this.name)
    return this.#budget
  }
}

const RETRY_MS = 5_000
const TASKS_MAX = 50

/** How a partner's book performs its tasks: one call each. */
export type BookOutlet = (task: Task) => Promise<void>

export class BookParty extends Party {
  readonly #outlet: BookOutlet
  #book: PartnerBook | null = null
  #life: Life | null = null
  #alarmIsSet = false

  constructor(name: string, around: Surroundings, outlet: BookOutlet) {
    super(name, 'book', around)
    this.#outlet = outlet
    this.start()
  }

  protected boot(sql: SqlStore, life: Life): void {
    this.#book = new PartnerBook(sql, 'RUB')
    this.#life = life
    this.#alarmIsSet = false
    this.#wake(0)
  }

  deposit(depositId: string, amountMinor: number): void {
    this.answer(() => this.#machine().deposit(depositId, amountMinor, this.now()))
    this.#wake(0)
  }

  commit(commitId: string, offerId: string, amountMinor: number): 'ok' | 'funds_short' {
    const outcome = this.answer(() =>
      this.#machine().commit(commitId, offerId, amountMinor, this.now()),
    )
    this.#wake(0)
    return outcome
  }

  nextReleaseId(offerId: string): string {
    return this.answer(() => this.#machine().nextReleaseId(offerId))
  }

  uncommit(id: string, offerId: string, amountMinor: number): void {
    this.answer(() => this.#machine().uncommit(id, offerId, amountMinor, this.now()))
  }

  depositReceived(depositId: string, amountMinor: number): void {
    this.answer(() => this.#machine().depositReceived(depositId, amountMinor, this.now()))
  }

  payoutPaid(payoutId: string, amountMinor: number): void {
    this.answer(() => this.#machine().payoutPaid(payoutId, amountMinor, this.now()))
  }

  #wake(delayMs: number): void {
    if (this.#alarmIsSet) return
    this.#alarmIsSet = true
    const life = this.#life
    this.around.timeline.after(delayMs, `${this.name}: tasks`, () => void this.#perform(life))
  }

  async #perform(life: Life | null): Promise<void> {
    if (!life?.alive || life !== this.#life) return
    this.#alarmIsSet = false
    const book = this.#machine()
    for (const task of book.dueOutside(this.now(), TASKS_MAX)) {
      try {
        await this.#outlet(task)
        book.done([task])
      } catch (cause) {
        if (!(cause instanceof Outage)) this.around.bug(cause, `${this.name}: ${task.id}`)
      }
    }
    const next = life.alive ? book.nextDueAt() : null
    if (next !== null) this.#wake(Math.max(RETRY_MS, next - this.now()))
  }

  #machine(): PartnerBook {
    if (!this.#book) throw new Outage(this.name)
    return this.#book
  }
}
