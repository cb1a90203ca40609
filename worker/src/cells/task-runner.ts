import type { Cell } from './cell.ts'
import { type DrainPorts, perform } from './drain.ts'
import type { Task } from './tasks.ts'

/**
 * Performs a cell's tasks as they appear, and again when they failed. What is being tried, and when
 * to try again, lives in memory: after a restart everything due is simply tried once more.
 */
export type RunnerPorts = DrainPorts & {
  /** Wakes the object at this time; the earliest wish wins. */
  readonly wakeAt: (at: number) => Promise<void>
}

const SCAN_MAX = 500
/** Whatever is under way is looked at again after this long. */
const SAFETY_MS = 5_000
/** The authority may take two minutes; then the job is taken for lost. */
const SENT_RETRY_MS: Partial<Record<Task['body']['kind'], number>> = {
  verify: 180_000,
  // Photos wait for one another: only a message that is surely lost is sent again.
  read_photo: 600_000,
  lease: 2_000,
}
const RETRY_MS = [500, 1_000, 2_000, 5_000, 15_000, 60_000]

type Attempt = { count: number; notBefore: number }

export class TaskRunner {
  readonly #cell: Cell
  readonly #ports: RunnerPorts
  readonly #attempts = new Map<string, Attempt>()
  readonly #running = new Set<Promise<void>>()
  /** Payouts about which a question is on its way: two at once could be answered differently. */
  readonly #asking = new Set<string>()

  constructor(cell: Cell, ports: RunnerPorts) {
    this.#cell = cell
    this.#ports = ports
  }

  /** Performs what the latest transactions wrote. Called after each of them; returns at once. */
  start(): void {
    const tasks = this.#cell.takeFresh(this.#ports.now())
    if (tasks.length > 0) this.#run(tasks)
  }

  /**
   * Scans the table: on the first start and at every alarm. Resolves when what is due is under
   * way and the next look is set. It waits for no answer: no other alarm rings while this one
   * lasts, and one silent service would hold up everybody else's retries.
   */
  async scan(): Promise<void> {
    const now = this.#ports.now()
    const due = this.#cell.dueOutside(now, SCAN_MAX + this.#attempts.size)
    const alive = new Set(due.map(keyOf))
    for (const key of this.#attempts.keys()) if (!alive.has(key)) this.#attempts.delete(key)
    this.#run(due.filter((task) => (this.#attempts.get(keyOf(task))?.notBefore ?? 0) <= now))
    this.start()
    await this.#wakeLater()
  }

  /** Resolves when everything that is being performed now has been answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#running)
  }

  #run(due: readonly Task[]): void {
    const tasks = due.filter((task) => this.#mayAsk(task))
    const isPayout = ({ body }: Task) => body.kind === 'payout'
    // The provider may take half a minute: what the others lead to does not wait for it.
    for (const task of tasks.filter(isPayout)) this.#runTogether([task])
    this.#runTogether(tasks.filter((task) => !isPayout(task)))
  }

  #runTogether(tasks: readonly Task[]): void {
    if (tasks.length === 0) return
    for (const task of tasks) this.#note(task, 0)
    const run = this.#performAll(tasks).finally(() => this.#running.delete(run))
    this.#running.add(run)
  }

  async #performAll(tasks: readonly Task[]): Promise<void> {
    await this.#wakeLater()
    const { sent, failed } = await perform(this.#cell, tasks, this.#ports)
    for (const { body } of tasks) if (body.kind === 'payout') this.#asking.delete(body.payoutId)
    const open = new Set([...sent, ...failed].map(keyOf))
    for (const task of tasks) if (!open.has(keyOf(task))) this.#attempts.delete(keyOf(task))
    for (const task of sent) this.#note(task, SENT_RETRY_MS[task.body.kind] ?? SAFETY_MS)
    for (const task of failed) this.#note(task, this.#backOff(task))
    this.start()
    // The answers may have set a nearer date than the safety alarm.
    await this.#wakeLater()
  }

  /** Whoever is refused here stays in the table and is met by a later scan. */
  #mayAsk({ body }: Task): boolean {
    if (body.kind !== 'payout') return true
    if (this.#asking.has(body.payoutId)) return false
    this.#asking.add(body.payoutId)
    return true
  }

  #backOff(task: Task): number {
    const count = this.#attempts.get(keyOf(task))?.count ?? 1
    return RETRY_MS[count - 1] ?? 60_000
  }

  #note(task: Task, delayMs: number): void {
    const key = keyOf(task)
    const former = this.#attempts.get(key)
    const notBefore = this.#ports.now() + (delayMs || SAFETY_MS * 12)
    this.#attempts.set(key, { count: (former?.count ?? 0) + (delayMs ? 0 : 1), notBefore })
  }

  /** The alarm is set before anything is tried, so that a crash leaves somebody who looks again. */
  async #wakeLater(): Promise<void> {
    const now = this.#ports.now()
    const nextDueAt = this.#cell.nextDueAt()
    if (nextDueAt === null) return
    if (nextDueAt > now) return this.#ports.wakeAt(nextDueAt)
    let soonest = now + SAFETY_MS
    for (const { notBefore } of this.#attempts.values()) {
      if (notBefore > now) soonest = Math.min(soonest, notBefore)
    }
    await this.#ports.wakeAt(soonest)
  }
}

/** A task whose body changed is another task. */
const keyOf = (task: Task) => `${task.dueAt}:${task.id}:${task.body.kind}`
