import type { CellEvent } from '#schema/event'
import type { CellContext } from './cell-context.ts'
import type { ReceiptRow } from './receipt-row.ts'
import { addTask, removeTask, type TaskBody } from './tasks.ts'

/**
 * A receipt has one task row from submission to its last event: claim, then verify, then the event.
 * Changing the body in place costs one row written where deleting and inserting would cost two.
 */
const taskId = (receiptId: string) => `receipt:${receiptId}`

/**
 * Sets what is to be done next; the caller writes `row`. Overdue work keeps its place in the queue.
 */
export function setReceiptTask(
  ctx: CellContext,
  row: ReceiptRow,
  dueAt: number,
  body: TaskBody,
): void {
  const id = taskId(row.id)
  const former = row.taskDueAt
  if (former !== null && former !== dueAt) removeTask(ctx.sql, former, id)
  addTask(ctx, { dueAt, id, body })
  row.taskDueAt = dueAt
}

/** The receipt is at rest: its task row becomes the event, which the outbox deletes once sent. */
export function handOver(ctx: CellContext, row: ReceiptRow, event: CellEvent, now: number): void {
  const dueAt = row.taskDueAt !== null && row.taskDueAt <= now ? row.taskDueAt : now
  setReceiptTask(ctx, row, dueAt, { kind: 'event', event })
  row.taskDueAt = null
}

/** Nothing is to be done for the receipt itself: it waits for somebody else's task. */
export function clearReceiptTask(ctx: CellContext, row: ReceiptRow): void {
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, taskId(row.id))
  row.taskDueAt = null
}
