import { bytes } from '../cells/book.ts'
import { first, type SqlStore } from '../cells/sql-store.ts'
import { hex } from './book-proof.ts'

/** What leaves an object every few minutes, to be kept where the object cannot reach it. */
export type Checkpoint = {
  readonly sequence: number
  /** Hex of the hash of that transfer. */
  readonly hash: string
  /** Balances by kind of account. */
  readonly totals: Readonly<Record<string, number>>
}

type Head = { sequence: number; hash: ArrayBuffer | Uint8Array }
type Sum = { kind: string; sum: number }

/** The book's present head; null before the first transfer. */
export function readCheckpoint(sql: SqlStore): Checkpoint | null {
  const head = first<Head>(
    sql,
    'SELECT sequence, hash FROM transfers ORDER BY sequence DESC LIMIT 1',
  )
  if (!head) return null
  const totals = sql.all<Sum>('SELECT kind, sum(balance_minor) AS sum FROM accounts GROUP BY kind')
  return checkpointOf(head, totals)
}

/** What a checkpoint of that transfer would be, told by the history as it stands now. */
export function checkpointAt(sql: SqlStore, sequence: number): Checkpoint | null {
  const head = first<Head>(sql, 'SELECT sequence, hash FROM transfers WHERE sequence = ?', sequence)
  if (!head) return null
  const totals = sql.all<Sum>(
    `WITH legs AS (
       SELECT currency, debit AS code, -amount_minor AS moved FROM transfers WHERE sequence <= ?1
       UNION ALL SELECT currency, credit, amount_minor FROM transfers WHERE sequence <= ?1)
     SELECT kind, sum(moved) AS sum FROM legs JOIN accounts USING (currency, code) GROUP BY kind`,
    sequence,
  )
  return checkpointOf(head, totals)
}

const checkpointOf = ({ sequence, hash }: Head, totals: readonly Sum[]): Checkpoint => ({
  sequence,
  hash: hex(bytes(hash)),
  totals: Object.fromEntries(totals.map(({ kind, sum }) => [kind, sum])),
})
