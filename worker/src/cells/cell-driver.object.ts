import { MARKETS } from '#schema/market'
import { payoutProvider } from '../composition/outside.ts'
import { type Env, parseSettings } from '../env.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import { receiptIdOf } from '../receipts/receipt-id.ts'
import { Cell } from './cell.ts'
import type { CellContext } from './cell-context.ts'
import { Changes } from './changes.ts'
import { MarketCache } from './market-cache.ts'
import { marketOf } from './market-name.ts'
import { CELL_MIGRATIONS } from './migrations.object.ts'
import { objectNetwork } from './network.object.ts'
import { nameOf } from './object-name.ts'
import { rememberOwners } from './owner.d1.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate } from './sql-store.ts'
import { TaskRunner } from './task-runner.ts'

/** After a start, a moment for those who already wait. */
const WAKE_MS = 500
const LONG_POLL_MS_MAX = 25_000

/** Drives a cell's machine: storage, snapshots, tasks, alarms, and those who wait for a change. */
export class CellDriver {
  readonly cell: Cell
  readonly runner: TaskRunner
  readonly markets: MarketCache
  readonly #storage: DurableObjectStorage
  readonly #changes = new Changes()
  #alarmAt: number | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    this.#storage = ctx.storage
    const sql = objectSqlStore(ctx.storage)
    migrate(sql, CELL_MIGRATIONS)
    const settings = parseSettings(env)
    const name = nameOf(ctx)
    const { market } = marketOf(name)
    this.markets = new MarketCache(createSnapshotStore(env.SNAPSHOTS, env.DB, market), () =>
      this.#awaitedVersions(),
    )
    this.cell = new Cell({
      sql,
      name,
      rules: MARKETS[market],
      market: (version) => this.markets.loaded(version),
      receiptId: (fingerprint, walletId, attempt) =>
        receiptIdOf(settings.RECEIPT_KEY, fingerprint, walletId, attempt),
      changed: (id) => this.#changes.announce(id),
    })
    const network = objectNetwork(env, settings, market, payoutProvider(env, settings, market))
    this.runner = new TaskRunner(this.cell, {
      network: { ...network, lease: (...args) => this.#leaseWithMarkets(network.lease(...args)) },
      now: () => Date.now(),
      ownerMasked: rememberOwners(env.DB),
      failed: (task, cause) =>
        console.error(JSON.stringify({ level: 'error', task: task.id, failure: String(cause) })),
      wakeAt: (at) => this.wakeAt(at),
    })
    // Whatever a crash or a move left behind is looked at, whether or not an alarm survived.
    const dueAt = this.cell.nextDueAt()
    if (dueAt !== null) void this.wakeAt(Math.max(dueAt, Date.now() + WAKE_MS))
  }

  /** What the parts of the cell read by. */
  get ctx(): CellContext {
    return this.cell.ctx
  }

  /** One transaction of the machine; what it left to be done outside is begun. */
  drive<Result>(work: (cell: Cell, now: number) => Result): Result {
    const result = work(this.cell, Date.now())
    this.runner.start()
    return result
  }

  /** A row at once, or when it is newer than `after`. */
  async newer<Row extends { readonly version: number }>(
    id: string,
    after: number | null,
    read: () => Row | null,
  ): Promise<Row | null> {
    const row = read()
    if (row === null || after === null || row.version > after) return row
    await this.#changes.next(id, LONG_POLL_MS_MAX)
    return read()
  }

  /** Sets the alarm, unless an earlier one is set. */
  async wakeAt(at: number): Promise<void> {
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > Date.now()) return
    this.#alarmAt = at
    await this.#storage.setAlarm(at)
  }

  /** The alarm has rung. */
  async rung(): Promise<void> {
    this.#alarmAt = null
    await this.runner.scan()
  }

  /** Whoever waits for a lease is judged by the snapshot of its receipt: it has to be in memory. */
  async #leaseWithMarkets<Answer>(asking: Promise<Answer>): Promise<Answer> {
    const answer = await asking
    await Promise.all(this.#awaitedVersions().map((version) => this.markets.load(version)))
    return answer
  }

  #awaitedVersions(): number[] {
    const waiting = this.ctx.sql.all<{ version: number }>(
      `SELECT DISTINCT snapshot_version AS version FROM receipts
       WHERE id IN (SELECT receipt_id FROM waiters) AND snapshot_version IS NOT NULL`,
    )
    return waiting.map(({ version }) => version)
  }
}
