import type { Step } from '../receipts/journey.ts'
import type { CellContext } from './cell-context.ts'
import { withdrawReviewOf } from './cell-review-cases.ts'
import { photosRejected } from './cell-reviewed-receipts.ts'
import { closedEvent } from './receipt-event.ts'
import { type ReceiptRow, updateReceipt } from './receipt-row.ts'
import { handOver, setReceiptTask } from './receipt-task.ts'

/** How a decided step is written into a receipt; callers hold the transaction. */

const TIMELINE_MAX = 60

/** Writes a step: the row, its timeline, and the receipt's one task. */
export function take(ctx: CellContext, row: ReceiptRow, step: Step, now: number): void {
  row.state = step.state
  row.claim = step.claim
  row.reason = step.reason
  row.version += 1
  log(row, step.entry, now)
  if (step.next) {
    const { kind, dueAt } = step.next
    setReceiptTask(ctx, row, dueAt, { kind, receiptId: row.id })
  } else {
    handOver(ctx, row, closedEvent(ctx.name, row, now), now)
  }
  updateReceipt(ctx.sql, row)
  ctx.changed(row.id)
  if (row.state === 'rejected') photosRejected(ctx, row, now)
  else if (row.state === 'duplicate' || row.state === 'released') {
    withdrawReviewOf(ctx, row.id, now)
  }
}

export function log(row: ReceiptRow, entry: Step['entry'], now: number): void {
  row.timeline.push({ at: new Date(now).toISOString(), ...entry })
  // The oldest re-checks go first; submission and claim stay.
  if (row.timeline.length > TIMELINE_MAX) row.timeline.splice(2, 1)
}
