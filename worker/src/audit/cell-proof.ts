import { first, type SqlStore } from '../cells/sql-store.ts'

/** Proves a cell's records against its own book: receipts, holds, reservations, payouts. */

export type CellFinding = { invariant: 'I3' | 'I4' | 'I6' | 'I8'; what: string }

/** A task this late means that nobody performs it any more. */
const LATE_MS = 3_600_000

type Sum = { sum: number }

export function proveCell(sql: SqlStore, now: number): CellFinding[] {
  const findings: CellFinding[] = []
  const equal = (invariant: CellFinding['invariant'], what: string, a: string, b: string) => {
    const [left, right] = [sumOf(sql, a), sumOf(sql, b)]
    if (left !== right) findings.push({ invariant, what: `${what}: ${left} against ${right}` })
  }
  equal(
    'I4',
    'rewards of receipts and rewards in the book',
    'SELECT sum(reward_minor) AS sum FROM receipts',
    "SELECT sum(amount_minor) AS sum FROM transfers WHERE code IN ('reward', 'reward_held')",
  )
  equal(
    'I3',
    'open holds and held money',
    'SELECT sum(amount_minor) AS sum FROM holds WHERE released_at IS NULL',
    "SELECT sum(balance_minor) AS sum FROM accounts WHERE code LIKE 'wallet:%:held'",
  )
  equal(
    'I3',
    'open activations and reserved money',
    "SELECT sum(reserved_minor) AS sum FROM activations WHERE state = 'active'",
    "SELECT sum(balance_minor) AS sum FROM accounts WHERE code LIKE 'reserved:%'",
  )
  equal(
    'I6',
    'payouts under way and money being paid',
    "SELECT sum(amount_minor) AS sum FROM payouts WHERE state IN ('asked', 'on_its_way')",
    "SELECT sum(balance_minor) AS sum FROM accounts WHERE code LIKE 'wallet:%:paying'",
  )
  equal(
    'I6',
    'payouts that arrived and their postings',
    "SELECT sum(amount_minor) AS sum FROM payouts WHERE state = 'arrived'",
    "SELECT sum(amount_minor) AS sum FROM transfers WHERE code = 'payout_succeeded'",
  )
  for (const { fingerprint } of creditedTwice(sql)) {
    findings.push({ invariant: 'I4', what: `${fingerprint} is credited twice` })
  }
  const late = first<{ count: number; id: string | null }>(
    sql,
    'SELECT count(*) AS count, min(id) AS id FROM tasks WHERE due_at < ?',
    now - LATE_MS,
  )
  if (late && late.count > 0) {
    findings.push({ invariant: 'I8', what: `${late.count} tasks are late, such as ${late.id}` })
  }
  return findings
}

/** Credited receipts of the cell in the order of their ids, to be held against the directory. */
export function creditedReceipts(
  sql: SqlStore,
  after: string,
  limit: number,
): { id: string; fingerprint: string }[] {
  return sql.all<{ id: string; fingerprint: string }>(
    "SELECT id, fingerprint FROM receipts WHERE id > ? AND state = 'credited' ORDER BY id LIMIT ?",
    after,
    limit,
  )
}

/** Payouts that have ended, newest first, to be held against the provider. */
export function endedPayouts(
  sql: SqlStore,
  limit: number,
): { id: string; state: string; amountMinor: number; providerId: string | null }[] {
  return sql.all(
    `SELECT id, state, amount_minor AS amountMinor, provider_id AS providerId FROM payouts
     WHERE state IN ('arrived', 'came_back') ORDER BY updated_at DESC LIMIT ?`,
    limit,
  )
}

function sumOf(sql: SqlStore, query: string): number {
  return first<Sum>(sql, query)?.sum ?? 0
}

function creditedTwice(sql: SqlStore): { fingerprint: string }[] {
  return sql.all<{ fingerprint: string }>(
    `SELECT fingerprint FROM receipts WHERE state = 'credited'
     GROUP BY fingerprint HAVING count(*) > 1 LIMIT 20`,
  )
}
