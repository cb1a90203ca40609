import type { CellEvent } from '#schema/event'
import { first, type SqlStore } from './sql-store.ts'

/**
 * The object's durable to-do list. A task is written with the decision that needs it and deleted
 * with the answer; how often it was tried in between lives in memory only, because trying again is
 * always harmless.
 */
export type TaskBody =
  | { kind: 'claim'; receiptId: string }
  | { kind: 'verify'; receiptId: string }
  | { kind: 'release'; receiptId: string }
  | { kind: 'read_photo'; photoId: string }
  | { kind: 'find_sale'; photoId: string }
  | { kind: 'forget_photo'; key: string; shots: readonly number[] }
  | { kind: 'lease'; offerId: string; sequence: number }
  | { kind: 'return'; offerId: string; returnId: string; amountMinor: number; report: number }
  | { kind: 'report'; offerId: string }
  | { kind: 'event'; event: CellEvent }
  | { kind: 'payout'; payoutId: string }
  | { kind: 'book_payout'; payoutId: string; amountMinor: number }
  | { kind: 'book_refund'; payoutId: string; amountMinor: number }
  | { kind: 'mature'; walletId: string; availableAt: number }
  | { kind: 'lapse'; walletId: string; offerId: string; sequence: number }
  | { kind: 'fund'; offerId: string; commitId: string; amountMinor: number }
  | { kind: 'deposit'; depositId: string; amountMinor: number }

export type Task = { readonly dueAt: number; readonly id: string; readonly body: TaskBody }

/** Where tasks are written, and the memory of those just written, so that no scan is needed. */
export type TaskList = { readonly sql: SqlStore; readonly fresh: Task[] }

/** Writes a task, or gives the one with this time and id a new body: one row either way. */
export function addTask(list: TaskList, task: Task): void {
  const { kind, ...payload } = task.body
  list.fresh.push(task)
  list.sql.all(
    `INSERT INTO tasks (due_at, id, kind, payload) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (due_at, id) DO UPDATE SET kind = ?3, payload = ?4`,
    task.dueAt,
    task.id,
    kind,
    JSON.stringify(payload),
  )
}

export function removeTask(sql: SqlStore, dueAt: number, id: string): void {
  sql.all('DELETE FROM tasks WHERE due_at = ? AND id = ?', dueAt, id)
}

/** Tasks whose time has come, earliest first. */
export function dueTasks(sql: SqlStore, now: number, limit: number): Task[] {
  return sql
    .all<{ dueAt: number; id: string; kind: string; payload: string }>(
      `SELECT due_at AS dueAt, id, kind, payload FROM tasks
       WHERE due_at <= ? ORDER BY due_at, id LIMIT ?`,
      now,
      limit,
    )
    .map((row) => ({
      dueAt: row.dueAt,
      id: row.id,
      // Written by `addTask` from a TaskBody in this very object; not outside input.
      body: { kind: row.kind, ...JSON.parse(row.payload) } as TaskBody,
    }))
}

/** When the next task is due, or null when the object is at rest. */
export function nextDueAt(sql: SqlStore): number | null {
  return (
    first<{ dueAt: number }>(sql, 'SELECT due_at AS dueAt FROM tasks ORDER BY due_at, id LIMIT 1')
      ?.dueAt ?? null
  )
}
