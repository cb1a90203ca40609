import type { PayoutMethod } from '#schema/market'
import type { HeldPayout } from '../bank-files/reconcile.ts'
import type { SqlStore } from '../cells/sql-store.ts'

/**
 * Proves a cell's records against its own book, row by row, so that a finding names what to look
 * at: receipts, holds, reservations, payouts, and that nothing waits for nobody.
 */
export type CellFinding = { invariant: 'I3' | 'I4' | 'I5' | 'I6' | 'I8'; what: string }

/** A task this late means that nobody performs it any more. */
const LATE_MS = 3_600_000
/** Findings of one kind: enough to see what is wrong. */
const FINDINGS_MAX = 20

type Proof = {
  readonly invariant: CellFinding['invariant']
  /** Answers the rows that are wrong: `subject`, and what is `said` against what is `found`. */
  readonly query: string
  readonly words: (subject: string, said: unknown, found: unknown) => string
}

const REWARDS = "code IN ('reward', 'reward_held')"

const PROOFS: readonly Proof[] = [
  {
    invariant: 'I4',
    query: `SELECT id AS subject, reward_minor AS said, coalesce((
        SELECT sum(amount_minor) FROM transfers
        WHERE transfers.id > receipts.id || ':' AND transfers.id < receipts.id || ';' AND ${REWARDS}
      ), 0) AS found
      FROM receipts WHERE said <> found`,
    words: (receipt, said, found) => `${receipt} says ${said}, the book says ${found}`,
  },
  {
    invariant: 'I4',
    query: `WITH taken AS (
        SELECT reference, sum(amount_minor) AS found FROM transfers
        WHERE code IN ('clawback_held', 'clawback', 'claim_opened') GROUP BY reference),
      told AS (SELECT id, returned_minor AS said FROM receipts WHERE returned_minor <> 0)
      SELECT coalesce(told.id, taken.reference) AS subject, coalesce(said, 0) AS said,
        coalesce(found, 0) AS found
      FROM told FULL JOIN taken ON taken.reference = told.id
      WHERE coalesce(said, 0) <> coalesce(found, 0)`,
    words: (receipt, said, found) => `${receipt} gave back ${said}, the book says ${found}`,
  },
  {
    invariant: 'I5',
    query: `SELECT owed.code AS subject, -owed.balance_minor AS said, kept.balance_minor AS found
      FROM accounts AS owed JOIN accounts AS kept ON kept.code IN
        ('wallet:' || substr(owed.code, 8) || ':held',
         'wallet:' || substr(owed.code, 8) || ':available')
      WHERE owed.code LIKE 'claims:%' AND owed.balance_minor <> 0 AND kept.balance_minor <> 0`,
    words: (account, said, found) => `${account} owes ${said} while its wallet holds ${found}`,
  },
  {
    invariant: 'I4',
    query: `SELECT transfers.id AS subject, receipts.state AS said, credit AS found
      FROM transfers LEFT JOIN receipts ON receipts.id = reference
      WHERE ${REWARDS} AND (receipts.state IS NOT 'credited' OR
        credit NOT IN ('wallet:' || receipts.wallet_id || ':held',
          'wallet:' || receipts.wallet_id || ':available'))`,
    words: (transfer, said, found) => `${transfer} pays ${found}, its receipt is ${said}`,
  },
  {
    invariant: 'I4',
    query: `SELECT fingerprint AS subject, 1 AS said, count(*) AS found
      FROM receipts WHERE state = 'credited' GROUP BY fingerprint HAVING found > 1`,
    words: (fingerprint, _, found) => `${fingerprint} is credited ${found} times`,
  },
  {
    invariant: 'I3',
    query: `WITH open AS (
        SELECT 'wallet:' || wallet_id || ':held' AS code, sum(amount_minor) AS said
        FROM holds WHERE released_at IS NULL GROUP BY wallet_id),
      kept AS (
        SELECT code, balance_minor AS found FROM accounts WHERE code LIKE 'wallet:%:held')
      SELECT coalesce(open.code, kept.code) AS subject, coalesce(said, 0) AS said,
        coalesce(found, 0) AS found
      FROM open FULL JOIN kept ON kept.code = open.code
      WHERE coalesce(said, 0) <> coalesce(found, 0)`,
    words: (account, said, found) => `${account} stands at ${found}, its open holds make ${said}`,
  },
  {
    invariant: 'I3',
    query: `WITH open AS (
        SELECT 'reserved:' || offer_id AS code, sum(reserved_minor) AS said
        FROM activations WHERE state = 'active' GROUP BY offer_id),
      kept AS (
        SELECT code, balance_minor AS found FROM accounts WHERE code LIKE 'reserved:%')
      SELECT coalesce(open.code, kept.code) AS subject, coalesce(said, 0) AS said,
        coalesce(found, 0) AS found
      FROM open FULL JOIN kept ON kept.code = open.code
      WHERE coalesce(said, 0) <> coalesce(found, 0)`,
    words: (account, said, found) =>
      `${account} stands at ${found}, its open activations make ${said}`,
  },
  {
    invariant: 'I6',
    query: `SELECT payouts.id AS subject, state AS said, closed.code AS found
      FROM payouts LEFT JOIN transfers AS closed ON closed.id = payouts.id || ':closed'
        LEFT JOIN transfers AS undone ON undone.id = payouts.id || ':undone'
      WHERE closed.code IS NOT CASE state WHEN 'arrived' THEN 'payout_succeeded'
          WHEN 'came_back' THEN iif(undone.id IS NULL, 'payout_returned', 'payout_succeeded') END
        OR (undone.id IS NOT NULL AND
          (state <> 'came_back' OR undone.amount_minor <> payouts.amount_minor))
        OR (closed.id IS NOT NULL AND closed.amount_minor <> payouts.amount_minor)`,
    words: (payout, said, found) => `payout ${payout} ${said}, the book says ${found ?? 'nothing'}`,
  },
  {
    invariant: 'I6',
    query: `SELECT payouts.id AS subject, payouts.amount_minor AS said,
        asked.amount_minor AS found
      FROM payouts LEFT JOIN transfers AS asked ON asked.id = payouts.id || ':asked'
      WHERE said IS NOT found OR asked.debit <> 'wallet:' || payouts.wallet_id || ':available'`,
    words: (payout, said, found) => `payout ${payout} of ${said} took ${found ?? 'nothing'}`,
  },
  {
    invariant: 'I8',
    query: `SELECT id AS subject, state AS said, claim AS found FROM receipts
      WHERE (state IN ('received', 'verifying', 'awaiting_authority') OR claim = 'releasing')
        AND NOT EXISTS (SELECT 1 FROM tasks
          WHERE tasks.due_at = receipts.task_due_at AND tasks.id = 'receipt:' || receipts.id)`,
    words: (receipt, said) => `${receipt} is ${said} and has no task`,
  },
  {
    invariant: 'I8',
    query: `SELECT id AS subject, state AS said, NULL AS found FROM receipts
      WHERE state = 'awaiting_budget' AND NOT EXISTS (
        SELECT 1 FROM waiters JOIN leases ON leases.offer_id = waiters.offer_id
        WHERE waiters.receipt_id = receipts.id AND leases.granted_minor IS NULL)`,
    words: (receipt) => `${receipt} waits for a lease that nobody has asked for`,
  },
  {
    invariant: 'I8',
    query: `SELECT offer_id AS subject, sequence AS said, NULL AS found FROM leases
      WHERE granted_minor IS NULL AND NOT EXISTS (
        SELECT 1 FROM tasks WHERE tasks.due_at = leases.asked_at AND tasks.kind = 'lease'
          AND instr(tasks.id, ':' || leases.offer_id || ':' || leases.sequence) > 0)`,
    words: (offer, said) => `lease ${said} of ${offer} is awaited and has no task`,
  },
  {
    invariant: 'I8',
    query: `SELECT id AS subject, state AS said, NULL AS found FROM payouts
      WHERE state IN ('asked', 'on_its_way') AND NOT EXISTS (
        SELECT 1 FROM tasks
        WHERE tasks.due_at = payouts.task_due_at AND tasks.id = 'payout:' || payouts.id)`,
    words: (payout, said) => `payout ${payout} is ${said} and has no task`,
  },
]

export function proveCell(sql: SqlStore, now: number): CellFinding[] {
  const findings = PROOFS.flatMap(({ invariant, query, words }) =>
    sql
      .all<{ subject: string; said: unknown; found: unknown }>(`${query} LIMIT ${FINDINGS_MAX}`)
      .map(({ subject, said, found }) => ({ invariant, what: words(subject, said, found) })),
  )
  const late = sql.all<{ id: string }>(
    'SELECT id FROM tasks WHERE due_at < ? ORDER BY due_at LIMIT ?',
    now - LATE_MS,
    FINDINGS_MAX,
  )
  for (const { id } of late) findings.push({ invariant: 'I8', what: `the task ${id} is late` })
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

export type EndedPayout = {
  readonly id: string
  readonly walletId: string
  readonly state: 'arrived' | 'came_back'
  readonly amountMinor: number
  readonly providerId: string | null
  readonly firstSentAt: number
  readonly destinationCode: PayoutMethod
}

/** Payouts that have ended since a moment, in the order of their ids, for the provider to confirm. */
export function endedPayouts(
  sql: SqlStore,
  since: number,
  after: string,
  limit: number,
): EndedPayout[] {
  return sql.all<EndedPayout>(
    `SELECT id, wallet_id AS walletId, state, amount_minor AS amountMinor,
       provider_id AS providerId, coalesce(first_sent_at, requested_at) AS firstSentAt,
       destination_code AS destinationCode
     FROM payouts WHERE id > ? AND updated_at >= ? AND state IN ('arrived', 'came_back')
     ORDER BY id LIMIT ?`,
    after,
    since,
    limit,
  )
}

/** Those of these payouts that the cell has, to be held against the bank's register. */
export function heldPayouts(sql: SqlStore, ids: readonly string[]): HeldPayout[] {
  return sql.all<HeldPayout>(
    `SELECT id, wallet_id AS walletId, amount_minor AS amountMinor, state FROM payouts
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  )
}
