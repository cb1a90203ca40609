import { MARKETS } from '#schema/market'
import { Cell, type CellPorts } from '#worker/cells/cell'
import type { JudgingMarket } from '#worker/cells/cell-context'
import type { LeaseAnswer } from '#worker/cells/cell-leases'
import type { AskedRow } from '#worker/cells/cell-payouts'
import type { AuthorityResult } from '#worker/cells/cell-receipts'
import type { Network } from '#worker/cells/network'
import type { SqlStore } from '#worker/cells/sql-store'
import { TaskRunner } from '#worker/cells/task-runner'
import type { Absent, ProviderOutcome } from '#worker/payouts/provider'
import type { ClaimOutcome } from '#worker/receipts/journey'
import { type Life, Party, type Surroundings } from './party.ts'
import { Outage } from './wire.ts'

export type CellOutside = {
  readonly network: Network
  readonly market: (snapshotVersion: number) => JudgingMarket
  readonly receiptId: (fingerprint: string, walletId: string, attempt: number) => string
}

/** Old answers kept to be handed in once more. */
const ANSWERS_KEPT = 30

/** A cell that remembers the answers it was given, so that they can come again, late. */
class RememberingCell extends Cell {
  readonly answers: ((now: number) => void)[] = []

  override claimAnswered(receiptId: string, outcome: ClaimOutcome, now: number): void {
    this.#keep((at) => super.claimAnswered(receiptId, outcome, at))
    super.claimAnswered(receiptId, outcome, now)
  }

  override authorityAnswered(receiptId: string, result: AuthorityResult, now: number): void {
    this.#keep((at) => super.authorityAnswered(receiptId, result, at))
    super.authorityAnswered(receiptId, result, now)
  }

  override claimReleased(receiptId: string, now: number): void {
    this.#keep((at) => super.claimReleased(receiptId, at))
    super.claimReleased(receiptId, now)
  }

  override leaseAnswered(
    offerId: string,
    sequence: number,
    answer: LeaseAnswer,
    now: number,
  ): void {
    this.#keep((at) => super.leaseAnswered(offerId, sequence, answer, at))
    super.leaseAnswered(offerId, sequence, answer, now)
  }

  override payoutAnswered(asked: AskedRow, outcome: ProviderOutcome | Absent, now: number): void {
    // That a payout is absent proves something at its own moment only; it never comes late.
    if (outcome.kind !== 'absent') {
      this.#keep((at) => super.payoutAnswered(asked, outcome, at))
    }
    super.payoutAnswered(asked, outcome, now)
  }

  #keep(again: (now: number) => void): void {
    this.answers.push(again)
    if (this.answers.length > ANSWERS_KEPT) this.answers.shift()
  }
}

/** A cell with the task runner that drives it in production, and an alarm as its object has. */
export class CellParty extends Party {
  readonly #outside: CellOutside
  #cell: RememberingCell | null = null
  #runner: TaskRunner | null = null
  #alarmAt: number | null = null

  constructor(name: string, around: Surroundings, outside: CellOutside) {
    super(name, 'cell', around)
    this.#outside = outside
    this.start()
  }

  protected boot(sql: SqlStore, life: Life): void {
    const ports: CellPorts = {
      sql,
      name: this.name,
      rules: MARKETS.ru,
      market: this.#outside.market,
      receiptId: this.#outside.receiptId,
      changed: () => {},
    }
    const cell = new RememberingCell(ports)
    const runner = new TaskRunner(cell, {
      network: whileAlive(this.#outside.network, life),
      now: () => this.now(),
      ownerMasked: async (walletId) => `•••${walletId.slice(-2)}`,
      failed: (task, cause) => {
        if (!(cause instanceof Outage)) this.around.bug(cause, `${this.name}: ${task.id}`)
      },
      wakeAt: async (at) => {
        if (life.alive) this.#wakeAt(at)
      },
    })
    this.#cell = cell
    this.#runner = runner
    // The first request or alarm after a restart finds the table; here it comes by itself.
    this.#alarmAt = null
    this.#wakeAt(this.now() + this.around.random.int(1, 2_000))
  }

  /** The cell for reading. */
  get cell(): Cell {
    if (!this.#cell) throw new Outage(this.name)
    return this.#cell
  }

  /** One request to the object: the work, then the tasks that it wrote. */
  ask<Answer>(work: (cell: Cell, now: number) => Answer): Answer {
    return this.answer(() => {
      const answer = work(this.cell, this.now())
      this.#runner?.start()
      return answer
    })
  }

  /** Hands in an answer that the cell was given before. */
  repeatAnAnswer(): void {
    const answers = this.#cell?.answers ?? []
    if (answers.length === 0 || this.isDown()) return
    const again = this.around.random.pick(answers)
    this.ask((_, now) => again(now))
  }

  #wakeAt(at: number): void {
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > this.now()) return
    this.#alarmAt = at
    this.around.timeline.at(this.trueTime(at), `${this.name}: alarm`, () => this.#alarm(at))
  }

  #alarm(at: number): void {
    if (this.#alarmAt !== at) return
    if (this.isDown()) {
      this.around.timeline.after(1_000, `${this.name}: alarm`, () => this.#alarm(at))
      return
    }
    this.#alarmAt = null
    const { random, wire, timeline } = this.around
    this.#scan()
    if (wire.faults.crashed > 0 && random.chance(0.02)) {
      timeline.after(random.int(0, 50), `${this.name}: alarm again`, () => this.#scan())
    }
  }

  #scan(): void {
    this.#runner?.scan().catch((cause: unknown) => {
      if (!(cause instanceof Outage)) this.around.bug(cause, `${this.name}: alarm`)
    })
  }
}

/** A dead process calls nobody: its calls never come back. */
function whileAlive(network: Network, life: Life): Network {
  const guard =
    <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    (...args: Args): Promise<Answer> =>
      life.alive ? call(...args) : new Promise(() => {})
  return {
    claimMany: guard(network.claimMany),
    releaseClaim: guard(network.releaseClaim),
    verify: guard(network.verify),
    findSale: guard(network.findSale),
    readPhotos: guard(network.readPhotos),
    forgetPhotos: guard(network.forgetPhotos),
    lease: guard(network.lease),
    returnLease: guard(network.returnLease),
    publish: guard(network.publish),
    askProvider: guard(network.askProvider),
    bookPayout: guard(network.bookPayout),
    bookRefund: guard(network.bookRefund),
  }
}
