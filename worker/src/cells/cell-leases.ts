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
const LEASE_IDLE_MS = 15_000
/** Others' idle money may still come back to the budget; after this long nobody waits for it. */
export const LEASE_WAIT_MS_MAX = 120_000

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
  /** Nothing free now, but other cells hold money that may come back: ask the same number again. */
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

/**
 * Asks for what the escrow lacks of `needMinor`, unless an answer is awaited already. Returns the
 * number of the awaited lease.
 */
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
  const escrowMinor = ctx.book.balance(escrow(offerId))
  const least = needMinor - escrowMinor
  const want = Math.max(least, wantMinor - escrowMinor, ctx.pace.want(offerId, now))
  ctx.sql.all(
    `INSERT INTO leases (offer_id, sequence, want_minor, least_minor, asked_at, task_due_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (offer_id) DO UPDATE SET sequence = ?2, want_minor = ?3, least_minor = ?4,
       asked_at = ?5, granted_minor = NULL`,
    offerId,
    sequence,
    want,
    least,
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

/** What an answer means for those who wait; `refusedMinor` is what the budget could not give. */
export type LeaseOutcome = { kind: 'granted' } | { kind: 'exhausted'; refusedMinor: number }

/** Applies an answer once. Null when it brings nothing new, or says to wait. */
export function applyLease(
  ctx: CellContext,
  offerId: string,
  sequence: number,
  answer: LeaseAnswer,
  now: number,
): LeaseOutcome | null {
  const row = readLease(ctx, offerId)
  if (!row || row.sequence !== sequence || row.grantedMinor !== null) return null
  if (answer.kind === 'wait') {
    surrender(ctx, row, now)
    return null
  }
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
  return amountMinor > 0 ? { kind: 'granted' } : { kind: 'exhausted', refusedMinor: row.leastMinor }
}

/**
 * Everybody waits for somebody's money: a remainder too small for those who wait here goes back, so
 * that remainders of several cells make up a reward in one of them. The next question needs it all.
 */
function surrender(ctx: CellContext, row: LeaseRow, now: number): void {
  const amountMinor = ctx.book.balance(escrow(row.offerId))
  if (amountMinor === 0) return
  giveBack(ctx, row.offerId, amountMinor, now)
  ctx.sql.all(
    'UPDATE leases SET want_minor = want_minor + ?1, least_minor = least_minor + ?1 WHERE offer_id = ?2',
    amountMinor,
    row.offerId,
  )
}

/**
 * The report of an offer is due: when nothing was spent for a while, what is left of the escrow is
 * debited here and given back; while spending goes on, the report is put off.
 */
export function reportLease(ctx: CellContext, offerId: string, dueAt: number, now: number): void {
  removeTask(ctx.sql, dueAt, reportId(offerId))
  const row = readLease(ctx, offerId)
  if (!row || row.taskDueAt !== dueAt) return
  const awaited = row.grantedMinor === null
  if (awaited || !ctx.pace.idle(offerId, now)) {
    setReport(ctx, offerId, now + LEASE_IDLE_MS)
    return
  }
  setReport(ctx, offerId, null)
  giveBack(ctx, offerId, ctx.book.balance(escrow(offerId)), now)
}

/**
 * Debits the escrow here before the budget is told; zero tells it that nothing idles here. The
 * report is numbered as of after the debit, so that no earlier question can contradict it.
 */
function giveBack(ctx: CellContext, offerId: string, amountMinor: number, now: number): void {
  const report = ctx.book.head().sequence + (amountMinor > 0 ? 1 : 0)
  const returnId = `${amountMinor > 0 ? 'return' : 'idle'}:${ctx.name}:${offerId}:${report}`
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
