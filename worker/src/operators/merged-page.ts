import type { Page } from '#schema/page'
import type { DeskBefore } from '../cells/cell-desk.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'

/** What orders a list of all cells, and where its next page begins: the time first, ms. */
type SortKey = readonly [at: number, ...tie: (string | number)[]]

/**
 * One page out of what every cell gave of its own: newest first, and rows of one moment in a fixed
 * order, so that a page ends between two rows and never drops the rest of a moment.
 */
export function mergedPage<Row>(
  parts: readonly (readonly Row[])[],
  limit: number,
  keyOf: (row: Row) => SortKey,
): Page<Row> {
  const newest = parts.flat().sort((a, b) => descending(keyOf(a), keyOf(b)))
  return pageOfRows(newest, limit, keyOf, (row) => row)
}

function descending(a: SortKey, b: SortKey): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? ''
    if (part !== other) return part < other ? 1 : -1
  }
  return 0
}

/** Where the next page of rows with a time and an id begins. */
export function beforeOf({ after }: PageStart): DeskBefore {
  return { at: Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), id: String(after?.[1] ?? '') }
}
