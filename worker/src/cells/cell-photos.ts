import type { CellContext } from './cell-context.ts'
import { type PhotoRow, photoTaskId, readPhoto, updatePhoto } from './photo-row.ts'
import { addTask, removeTask } from './tasks.ts'

/** What every step of a photo’s life does with its row; callers hold the transaction. */

export function ownPhoto(ctx: CellContext, walletId: string, id: string): PhotoRow | null {
  const row = readPhoto(ctx.sql, id)
  return row?.walletId === walletId ? row : null
}

export function photoChanged(ctx: CellContext, row: PhotoRow): PhotoRow {
  row.version += 1
  updatePhoto(ctx.sql, row)
  ctx.changed(row.id)
  return row
}

/** Asks the outside, in the place of whatever was asked before; the caller writes `row`. */
export function askOutside(
  ctx: CellContext,
  row: PhotoRow,
  kind: 'read_photo' | 'find_sale',
  dueAt: number,
): void {
  endAsking(ctx, row)
  const { id } = row
  addTask(ctx, { dueAt, id: photoTaskId(id), body: { kind, photoId: id } })
  row.taskDueAt = dueAt
}

export function endReading(
  ctx: CellContext,
  row: PhotoRow,
  end: Pick<PhotoRow, 'state' | 'problem'>,
): void {
  endAsking(ctx, row)
  row.state = end.state
  row.problem = end.problem
  photoChanged(ctx, row)
}

/** Nobody is asked about it any more; the caller writes `row`. */
export function endAsking(ctx: CellContext, row: PhotoRow): void {
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, photoTaskId(row.id))
  row.taskDueAt = null
}
