import { bytes } from '../cells/book.ts'
import { first, type SqlStore } from '../cells/sql-store.ts'

/** What leaves an object every few minutes, to be kept where the object cannot reach it. */
export type Checkpoint = {
  readonly sequence: number
  /** Hex of the hash of that transfer. */
  readonly hash: string
  /** Balances by kind of account. */
  readonly totals: Readonly<Record<string, number>>
}

/** The book's present head; null before the first transfer. */
export function readCheckpoint(sql: SqlStore): Checkpoint | null {
  const head = first<{ sequence: number; hash: ArrayBuffer | Uint8Array }>(
    sql,
    'SELECT sequence, hash FROM transfers ORDER BY sequence DESC LIMIT 1',
  )
  if (!head) return null
  const totals = sql.all<{ kind: string; sum: number }>(
    'SELECT kind, sum(balance_minor) AS sum FROM accounts GROUP BY kind',
  )
  return {
    sequence: head.sequence,
    hash: Array.from(bytes(head.hash), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    totals: Object.fromEntries(totals.map(({ kind, sum }) => [kind, sum])),
  }
}
