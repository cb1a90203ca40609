import { first, type SqlStore } from '../cells/sql-store.ts'
import { type BookProof, proveBook } from './book-proof.ts'

/** What one object says about its book: the proof, and the balances that others mirror. */
export type Statement = {
  /** `cell-0`, an offer's id, a partner's id, `network`. */
  readonly name: string
  readonly proof: BookProof
  /** Balances of the accounts that have another side elsewhere, by code. */
  readonly mirrors: Readonly<Record<string, number>>
  /** Whether something is on its way to another object: mirrors may differ by it. */
  readonly underWay: boolean
}

/** Accounts whose other side stands in another object's book. */
const MIRRORED = ['clearing:%', 'committed:%']
const UNDER_WAY = ['lease', 'return', 'fund', 'deposit', 'book_payout']

export function* readStatement(sql: SqlStore, name: string): Generator<null, Statement> {
  const proof = yield* proveBook(sql)
  const rows = sql.all<{ code: string; balance: number }>(
    `SELECT code, balance_minor AS balance FROM accounts
     WHERE ${MIRRORED.map(() => 'code LIKE ?').join(' OR ')}`,
    ...MIRRORED,
  )
  const mirrors = Object.fromEntries(rows.map(({ code, balance }) => [code, balance]))
  return { name, proof, mirrors, underWay: hasTasks(sql) }
}

function hasTasks(sql: SqlStore): boolean {
  const table = first(sql, "SELECT 1 AS one FROM sqlite_master WHERE name = 'tasks'")
  if (!table) return false
  const marks = UNDER_WAY.map(() => '?').join(', ')
  const query = `SELECT 1 AS one FROM tasks WHERE kind IN (${marks}) LIMIT 1`
  return first(sql, query, ...UNDER_WAY) !== null
}

/** Runs a proof to its end, letting others in between the steps. */
export async function inSteps<Result>(
  steps: Generator<null, Result>,
  pause: () => Promise<void>,
): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause()
  }
}
