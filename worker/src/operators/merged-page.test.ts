import { describe, expect, test } from 'vitest'
import { pageStart } from '../http/page.ts'
import { beforeOf, mergedPage } from './merged-page.ts'

type Row = { at: number; id: string }

const CELLS: Row[][] = [
  [
    { at: 5, id: 'a' },
    { at: 5, id: 'c' },
    { at: 3, id: 'd' },
  ],
  [
    { at: 5, id: 'b' },
    { at: 5, id: 'e' },
    { at: 4, id: 'f' },
  ],
]

/** What a cell gives of its own: newest first, before the cursor. */
const rowsOf = (cell: Row[], before: { at: number; id: string }, limit: number) =>
  cell
    .filter(({ at, id }) => at < before.at || (at === before.at && id < before.id))
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, limit)

describe('a list of all cells', () => {
  test.each([1, 2, 3, 7])('loses no row of one moment in pages of %i', (limit) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const before = beforeOf(pageStart({ cursor, limit }, 2))
      const parts = CELLS.map((cell) => rowsOf(cell, before, limit + 1))
      const page = mergedPage(parts, limit, ({ at, id }) => [at, id])
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['e', 'c', 'b', 'a', 'f', 'd'])
  })
})
