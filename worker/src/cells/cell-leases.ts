import { escrow } from '../ledger/account.ts'
import { leaseGranted, leaseReturned } from '../ledger/posting.ts'
import type { CellContext } from './cell-context.ts'
import { first } from './sql-store.ts'
import { addTask, removeTask } from './tasks.ts'

/**
 * Leases of offers' budgets. One is asked at a time per offer, numbered; the answer to any other
 * number is late or repeated and is ignored.
 */

/** An unspent lease goes back after this long without spending. */
export const LEASE_IDLE_MS = 15_000
/** Others' idle money may still come back to the budget; after this long we stop waiting for it. */
const LEASE_WAIT_MS_MAX = 120_000

export type LeaseRow = {
  offerId: string
  sequence: number
  wantMinor: number
  leastMinor: number
  askedAt: number
  taskDueAt: number | null
  grantedMinor: number | null
}

export type LeaseAnswer =
  | { kind: 'granted'; amountMinor: number }
  /** Nothing free now, but other cells hold money that may come back. */
  | { kind: 'wait' }
  | { kind: 'exhausted' }

export const leaseId = (cell: string, offerId: string, sequence: number) =>
  `lease:${cell}:${offerId}:${sequence}`

export function readLease(ctx: CellContext, offerId: string): LeaseRow | null {
  return first<LeaseRow>(
    ctx.sql,
    `SELECT offer_id AS offerId, sequence, want_minor AS wantMinor, least_minor AS leastMinor,
       asked_at AS askedAt, task_due_at AS taskDueAt, granted_minor AS grantedMinor
     FROM leases WHERE offer_id = ?`,
    offerId,
  )
}

/** Asks for money unless an answer is awaited already. Returns the number of the awaited lease. */
export function askLease(
  ctx: CellContext,
  offerId: string,
  needMinor: number,
  wantMinor: number,
  now: number,
): number {
  const row = readLease(ctx, offerId)
  if (row && row.grantedMinor === null) return row.sequence
  const sequence = (row?.sequence ?? 0) + 1
  const want = Math.max(needMinor, wantMinor, ctx.pace.want(offerId, now))
  ctx.sql.all(
    `INSERT INTO leases (offer_id, sequence, want_minor, least_minor, asked_at, task_due_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (offer_id) DO UPDATE SET sequence = ?2, want_minor = ?3, least_minor = ?4,
       asked_at = ?5, granted_minor = NULL`,
    offerId,
    sequence,
    want,
    needMinor,
    now,
    null,
  )
  addTask(ctx, {
    dueAt: now,
    id: leaseId(ctx.name, offerId, sequence),
    body: { kind: 'lease', offerId, sequence },
  })
  return sequence
}

/**
 * Applies an answer once. Returns what it means for those who wait: `granted` (judge them again),
 * `exhausted` (judge them without this offer), or `none` (nothing new, or still to wait).
 */
export function applyLease(
  ctx: CellContext,
  offerId: string,
  sequence: number,
  answer: LeaseAnswer,
  now: number,
): 'granted' | 'exhausted' | 'none' {
  const row = readLease(ctx, offerId)
  if (!row || row.sequence !== sequence || row.grantedMinor !== null) return 'none'
  if (answer.kind === 'wait' && now - row.askedAt < LEASE_WAIT_MS_MAX) return 'none'
  const amountMinor = answer.kind === 'granted' ? answer.amountMinor : 0
  const id = leaseId(ctx.name, offerId, sequence)
  removeTask(ctx.sql, row.askedAt, id)
  if (amountMinor > 0) ctx.book.post([leaseGranted(id, offerId, amountMinor)], now)
  const reportDueAt = amountMinor > 0 ? now + LEASE_IDLE_MS : null
  ctx.sql.all(
    'UPDATE leases SET granted_minor = ?, task_due_at = coalesce(task_due_at, ?) WHERE offer_id = ?',
    amountMinor,
    reportDueAt,
    offerId,
  )
  if (reportDueAt !== null && row.taskDueAt === null) addReport(ctx, offerId, reportDueAt)
  return amountMinor > 0 ? 'granted' : 'exhausted'
}

/**
 * The report of an offer is due: when nothing was spent for a while, what is left of the escrow is
 * debited here and given back; while spending goes on, the report is put off.
 */
export function reportLease(ctx: CellContext, offerId: string, dueAt: number, now: number): void {
  const row = readLease(ctx, offerId)
  if (!row || row.taskDueAt !== dueAt) return
  removeTask(ctx.sql, dueAt, reportId(offerId))
  const awaited = row.grantedMinor === null
  if (awaited || !ctx.pace.idle(offerId, now)) {
    setReport(ctx, offerId, now + LEASE_IDLE_MS)
    return
  }
  setReport(ctx, offerId, null)
  const amountMinor = ctx.book.balance(escrow(offerId))
  const report = ctx.book.head().sequence
  const returnId = `return:${ctx.name}:${offerId}:${report}`
  if (amountMinor > 0) ctx.book.post([leaseReturned(returnId, offerId, amountMinor)], now)
  addTask(ctx, {
    dueAt: now,
    id: returnId,
    body: { kind: 'return', offerId, returnId, amountMinor, report },
  })
}

/** Money has come back into the escrow (a reservation lapsed): see that it is reported again. */
export function watchEscrow(ctx: CellContext, offerId: string, now: number): void {
  const row = readLease(ctx, offerId)
  if (row && row.taskDueAt === null) setReport(ctx, offerId, now + LEASE_IDLE_MS)
}

const reportId = (offerId: string) => `report:${offerId}`

function addReport(ctx: CellContext, offerId: string, dueAt: number): void {
  addTask(ctx, { dueAt, id: reportId(offerId), body: { kind: 'report', offerId } })
}

function setReport(ctx: CellContext, offerId: string, dueAt: number | null): void {
  ctx.sql.all('UPDATE leases SET task_due_at = ? WHERE offer_id = ?', dueAt, offerId)
  if (dueAt !== null) addReport(ctx, offerId, dueAt)
}
