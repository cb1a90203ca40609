import { bytes } from '../cells/book.ts'
import { first, type SqlStore } from '../cells/sql-store.ts'
import { kindOf } from '../ledger/account.ts'
import { chainHash, GENESIS_HASH, type PostedTransfer } from '../ledger/transfer.ts'

/**
 * Proves one object's book from its own rows: the chain recomputed from the first transfer,
 * balances recomputed from the transfers, kinds by the chart of accounts, and the triggers that
 * keep all of it still in place (I1, I2, I5, I10).
 */
export type BookProof = {
  readonly transfers: number
  readonly accounts: number
  /** Hex of the last transfer's recomputed hash. */
  readonly hash: string
  /** Who was paid a fee out of whose offer, each pair once. */
  readonly fees: readonly { offerId: string; partnerId: string }[]
  /** What does not hold, in words; empty for a coherent book. */
  readonly findings: readonly { invariant: 'I1' | 'I2' | 'I5' | 'I10'; what: string }[]
}

/** Transfers read at once: a large book must not be held in memory. */
const CHUNK = 2_000
const FINDINGS_MAX = 20

const TRIGGERS = [
  'accounts_never_vanish',
  'transfers_are_gapless',
  'transfers_move_balances',
  'transfers_never_change',
  'transfers_never_vanish',
]

type Row = PostedTransfer & { hash: ArrayBuffer | Uint8Array }

/** The proof as steps, so that whoever drives it can let others in between; the last step is it. */
export function* proveBook(sql: SqlStore): Generator<null, BookProof> {
  const findings: BookProof['findings'][number][] = []
  const find = (invariant: 'I1' | 'I2' | 'I5' | 'I10', what: string) => {
    if (findings.length < FINDINGS_MAX) findings.push({ invariant, what })
  }
  for (const name of missingTriggers(sql)) find('I10', `the trigger ${name} is gone`)
  const fees = new Set<string>()
  let hash = GENESIS_HASH
  let sequence = 0
  for (;;) {
    const rows = readChunk(sql, sequence)
    for (const row of rows) {
      if (row.code === 'fee') fees.add(feeOf(row))
      sequence += 1
      if (row.sequence !== sequence) {
        find('I10', `transfer ${sequence} is missing`)
        sequence = row.sequence
      }
      hash = chainHash(hash, plain(row))
      if (!same(hash, bytes(row.hash))) {
        find('I10', `the chain breaks at transfer ${row.sequence} (${row.id})`)
        hash = bytes(row.hash)
      }
    }
    if (rows.length < CHUNK) break
    yield null
  }
  for (const { code, stands, moved } of differingBalances(sql)) {
    find('I2', `${code} stands at ${stands}, its transfers make ${moved}`)
  }
  for (const { code, balance } of wrongSigns(sql)) find('I5', `${code} stands at ${balance}`)
  for (const { code, kind } of wrongKinds(sql)) find('I5', `${code} is kept as ${kind}`)
  const total = first<{ sum: number }>(sql, 'SELECT sum(balance_minor) AS sum FROM accounts')
  if ((total?.sum ?? 0) !== 0) find('I1', `all balances together make ${total?.sum}`)
  const accounts = first<{ count: number }>(sql, 'SELECT count(*) AS count FROM accounts')
  return {
    transfers: sequence,
    accounts: accounts?.count ?? 0,
    hash: hex(hash),
    fees: [...fees].map((pair) => JSON.parse(pair)),
    findings,
  }
}

/** The offer that a fee was taken from, and the partner it was booked to. */
function feeOf({ debit, credit }: Row): string {
  const offerId = debit.slice(debit.indexOf(':') + 1)
  return JSON.stringify({ offerId, partnerId: credit.slice(credit.indexOf(':') + 1) })
}

function readChunk(sql: SqlStore, after: number): Row[] {
  return sql.all<Row>(
    `SELECT sequence, id, currency, debit, credit, amount_minor AS amountMinor, code, reference,
       wallet_id AS walletId, at, hash
     FROM transfers WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    after,
    CHUNK,
  )
}

/** The row as it was hashed: no more fields than a transfer has. */
function plain({ hash: _, ...row }: Row): PostedTransfer {
  return row
}

function missingTriggers(sql: SqlStore): string[] {
  const rows = sql.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
  const present = new Set(rows.map(({ name }) => name))
  return TRIGGERS.filter((name) => !present.has(name))
}

function differingBalances(sql: SqlStore) {
  return sql.all<{ code: string; stands: number; moved: number }>(
    `WITH legs AS (
       SELECT currency, debit AS code, -amount_minor AS moved FROM transfers
       UNION ALL SELECT currency, credit, amount_minor FROM transfers),
     sums AS (SELECT currency, code, sum(moved) AS moved FROM legs GROUP BY currency, code)
     SELECT coalesce(accounts.code, sums.code) AS code,
       coalesce(balance_minor, 0) AS stands, coalesce(moved, 0) AS moved
     FROM accounts FULL JOIN sums
       ON sums.currency = accounts.currency AND sums.code = accounts.code
     WHERE coalesce(balance_minor, 0) <> coalesce(moved, 0) LIMIT ?`,
    FINDINGS_MAX,
  )
}

function wrongSigns(sql: SqlStore) {
  return sql.all<{ code: string; balance: number }>(
    `SELECT code, balance_minor AS balance FROM accounts
     WHERE (kind IN ('liability', 'income') AND balance_minor < 0)
       OR (kind IN ('asset', 'expense') AND balance_minor > 0) LIMIT ?`,
    FINDINGS_MAX,
  )
}

/** A sign rule holds for a kind only: an account kept as another kind would escape its own. */
function wrongKinds(sql: SqlStore) {
  return sql
    .all<{ code: string; kind: string }>('SELECT code, kind FROM accounts')
    .filter(({ code, kind }) => kindOf(code) !== kind)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

export function hex(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
