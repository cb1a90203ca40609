import { DurableObject } from 'cloudflare:workers'
import type { AccountRow, OperatorPayout, TransferRow } from '#schema/operator'
import type { Verdict } from '#schema/verdict'
import {
  type CellFinding,
  creditedReceipts,
  endedPayouts,
  heldPayouts,
  proveCell,
} from '../audit/cell-proof.ts'
import { type Checkpoint, checkpointAt, readCheckpoint } from '../audit/checkpoint.ts'
import {
  inSteps,
  type Mirrors,
  readMirrors,
  readStatement,
  type Statement,
} from '../audit/statement.ts'
import type { Env } from '../env.ts'
import {
  accountTotals,
  type DeskBefore,
  type DeskReceipt,
  type DeskReceiptSummary,
  deskPayout,
  deskPayouts,
  deskReceipt,
  deskReceipts,
  explain,
  listTransfers,
  type ReceiptFilter,
  receiptsOf,
  type TransferFilter,
} from './cell-desk.ts'
import { CellDriver } from './cell-driver.object.ts'
import { type PayoutFilter, readPayout } from './cell-payouts.ts'
import { readFlag } from './flags.ts'
import { pause } from './pause.ts'
import { readReceipt } from './receipt-row.ts'

/** What the operator's desk and the auditor ask of a cell. */
export abstract class CellDeskObject extends DurableObject<Env> {
  /** A property, and no method: callers from outside cannot reach it. */
  protected readonly driver: CellDriver

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.driver = new CellDriver(ctx, env)
  }

  async deskReceipt(id: string): Promise<DeskReceipt | null> {
    return deskReceipt(this.driver.ctx, id)
  }

  async deskReceipts(
    filter: ReceiptFilter,
    before: DeskBefore,
    limit: number,
  ): Promise<DeskReceiptSummary[]> {
    return deskReceipts(this.driver.ctx, filter, before, limit)
  }

  async receiptsOf(fingerprint: string): Promise<string[]> {
    return receiptsOf(this.driver.ctx, fingerprint)
  }

  async explain(id: string, offerId: string | null): Promise<Verdict[] | null> {
    const row = readReceipt(this.driver.ctx.sql, id)
    if (!row?.judged) return null
    await this.driver.markets.load(row.judged.snapshotVersion)
    return explain(this.driver.ctx, id, offerId)
  }

  async retryReceipt(id: string, note: string): Promise<boolean> {
    return this.driver.drive((cell, now) => cell.retryReceipt(id, note, now))
  }

  async releaseReceipt(id: string, note: string): Promise<boolean> {
    return this.driver.drive((cell, now) => cell.releaseReceipt(id, note, now))
  }

  async deskPayouts(
    filter: PayoutFilter,
    before: DeskBefore,
    limit: number,
  ): Promise<OperatorPayout[]> {
    return deskPayouts(this.driver.ctx, filter, before, limit)
  }

  async deskPayout(id: string): Promise<OperatorPayout | null> {
    const row = readPayout(this.driver.ctx, id)
    return row && deskPayout(this.driver.ctx, row)
  }

  async transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]> {
    return listTransfers(this.driver.ctx, filter, limit)
  }

  async accounts(): Promise<AccountRow[]> {
    return accountTotals(this.driver.ctx)
  }

  /**
   * Stops payouts of this cell with a reason, or lets them go again; what was put off is resumed.
   */
  async freezePayouts(why: string | null): Promise<void> {
    this.driver.cell.freezePayouts(why, Date.now())
    if (why === null) await this.driver.wakeAt(Date.now())
  }

  async payoutsFrozen(): Promise<string | null> {
    return readFlag(this.driver.ctx.sql, 'payouts_frozen')
  }

  /** The proof of this object's own book, with what other books mirror. */
  async statement(): Promise<Statement> {
    return inSteps(readStatement(this.driver.ctx.sql, this.driver.ctx.name), pause)
  }

  /** What other books mirror, without the proof. */
  async mirrors(): Promise<Mirrors> {
    return readMirrors(this.driver.ctx.sql, this.driver.ctx.name)
  }

  async checkpoint(): Promise<Checkpoint | null> {
    return readCheckpoint(this.driver.ctx.sql)
  }

  async checkpointAt(sequence: number): Promise<Checkpoint | null> {
    return checkpointAt(this.driver.ctx.sql, sequence)
  }

  async proveCell(): Promise<CellFinding[]> {
    return proveCell(this.driver.ctx.sql, Date.now())
  }

  async creditedReceipts(after: string, limit: number) {
    return creditedReceipts(this.driver.ctx.sql, after, limit)
  }

  async heldPayouts(ids: readonly string[]) {
    return heldPayouts(this.driver.ctx.sql, ids)
  }

  async endedPayouts(since: number, after: string, limit: number) {
    return endedPayouts(this.driver.ctx.sql, since, after, limit)
  }
}
