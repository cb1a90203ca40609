import { z } from 'zod'
import { PAGE_LIMIT_DEFAULT, type Page, type PageQuery } from '#schema/page'
import { Refusal } from './problem.ts'

/**
 * Paging by key: the cursor is the sort key of the last row shown, so that rows written meanwhile
 * neither repeat nor hide one. It is opaque to callers, and a forged one only moves the window
 * within what they may see.
 */
type CursorKey = string | number

const Cursor = z.array(z.union([z.string().max(120), z.number().int()])).max(4)

/** Packs a sort key into URL-safe text. */
export function encodeCursor(key: readonly CursorKey[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Unpacks a cursor of that many parts. Refuses anything else with `invalid_request`. */
function decodeCursor(cursor: string, parts: number): CursorKey[] {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const key = Cursor.parse(JSON.parse(new TextDecoder().decode(bytes)))
    if (key.length === parts) return key
  } catch {
    // Not ours, whatever it was: the refusal below says so.
  }
  throw new Refusal('invalid_request', { errors: [{ path: 'cursor', message: 'not a cursor' }] })
}

/** Where a page starts and how long it is. */
export type PageStart = { after: CursorKey[] | null; limit: number }

/** Reads `?cursor&limit`; `parts` is the length of the list's sort key. */
export function pageStart(query: z.output<typeof PageQuery>, parts: number): PageStart {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, parts)
  return { after, limit: query.limit ?? PAGE_LIMIT_DEFAULT }
}

/** Makes a page of `limit + 1` rows: the extra row only says that there is more. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorKey[],
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return { items: shown.map(itemOf), nextCursor: more ? encodeCursor(keyOf(last)) : null }
}
