import { first, type SqlStore } from '../cells/sql-store.ts'
import { type BookProof, proveBook } from './book-proof.ts'

/** What one object says about its side of what it has exchanged with others, at one moment. */
export type Mirrors = {
  /** `cell-0`, an offer's id, a partner's id, `network`. */
  readonly name: string
  /** Balances of the accounts that have another side elsewhere, by code. */
  readonly mirrors: Readonly<Record<string, number>>
  /** By code: the most by which the other side may lag behind, kopecks; sent and not confirmed. */
  readonly underWay: Readonly<Record<string, number>>
  /** A cell: the number of the lease that it waits for, by offer. */
  readonly awaitedLeases: Readonly<Record<string, number>>
  /** A budget: the last lease that it granted, by cell. */
  readonly grantedLeases: Readonly<Record<string, { sequence: number; amountMinor: number }>>
  /** A budget: the last money that it let go for its partner's book. */
  readonly released: { readonly id: string; readonly amountMinor: number } | null
  /** A partner's book: the releases that have arrived. */
  readonly arrivedReleases: readonly string[]
}

/** The same with the proof of its own book. */
export type Statement = Mirrors & { readonly proof: BookProof }

/** Accounts whose other side stands in another object's book. */
const MIRRORED = ['clearing:%', 'committed:%']

/** Tasks that carry money to another object, and the account in whose balance it shows. */
const CARRIERS = `SELECT CASE kind
    WHEN 'return' THEN 'clearing:' || (payload ->> '$.offerId')
    WHEN 'fund' THEN 'committed:' || (payload ->> '$.offerId')
    WHEN 'deposit' THEN 'clearing:deposits'
    WHEN 'book_refund' THEN 'refunds'
    ELSE 'clearing:payouts' END AS code, sum(payload ->> '$.amountMinor') AS amount
  FROM tasks WHERE kind IN ('return', 'fund', 'deposit', 'book_payout', 'book_refund')
  GROUP BY code`

export function* readStatement(sql: SqlStore, name: string): Generator<null, Statement> {
  const proof = yield* proveBook(sql)
  return { ...readMirrors(sql, name), proof }
}

/** Cheap: may be read of all objects at once, so that little moves between two readings. */
export function readMirrors(sql: SqlStore, name: string): Mirrors {
  const balances = sql.all<{ code: string; amount: number }>(
    `SELECT code, balance_minor AS amount FROM accounts
     WHERE ${MIRRORED.map(() => 'code LIKE ?').join(' OR ')}`,
    ...MIRRORED,
  )
  const carried = ifThere(sql, 'tasks', () =>
    sql.all<{ code: string; amount: number }>(CARRIERS).map(({ code, amount }) => [code, amount]),
  )
  const awaited = ifThere(sql, 'leases', () =>
    sql
      .all<{ offerId: string; sequence: number }>(
        'SELECT offer_id AS offerId, sequence FROM leases WHERE granted_minor IS NULL',
      )
      .map(({ offerId, sequence }) => [offerId, sequence]),
  )
  const granted = ifThere(sql, 'cells', () =>
    sql
      .all<{ cell: string; sequence: number; amountMinor: number }>(
        'SELECT cell, lease_sequence AS sequence, granted_minor AS amountMinor FROM cells',
      )
      .map(({ cell, ...lease }) => [cell, lease]),
  )
  const released = first<{ id: string; amountMinor: number }>(
    sql,
    `SELECT replace(id, ':withdrawn', '') AS id, amount_minor AS amountMinor FROM transfers
     WHERE code = 'budget_withdrawn' ORDER BY sequence DESC LIMIT 1`,
  )
  const arrived = sql.all<{ id: string }>(
    `SELECT replace(id, ':uncommit', '') AS id FROM transfers WHERE code = 'uncommit'`,
  )
  return {
    name,
    mirrors: Object.fromEntries(balances.map(({ code, amount }) => [code, amount])),
    underWay: Object.fromEntries(carried),
    awaitedLeases: Object.fromEntries(awaited),
    grantedLeases: Object.fromEntries(granted),
    released,
    arrivedReleases: arrived.map(({ id }) => id),
  }
}

function ifThere<Row>(sql: SqlStore, table: string, read: () => Row[]): Row[] {
  return first(sql, 'SELECT 1 AS one FROM sqlite_master WHERE name = ?', table) ? read() : []
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
