import type { CurrencyCode } from '#schema/currency'
import { type Account, walletOf } from '../ledger/account.ts'
import { chainHash, GENESIS_HASH, type PostedTransfer, type Transfer } from '../ledger/transfer.ts'
import { first, type SqlStore } from './sql-store.ts'

/**
 * The book of one object. It records what the posting rules decided; the constraints of
 * `schema/sql/cell/0001_book.sql` refuse what must not be. Callers hold the transaction.
 */
export class Book {
  readonly #sql: SqlStore
  readonly #currency: CurrencyCode

  constructor(sql: SqlStore, currency: CurrencyCode) {
    this.#sql = sql
    this.#currency = currency
  }

  /**
   * Posts the transfers in order. Throws (and the transaction rolls back) when a rule is broken.
   */
  post(transfers: readonly Transfer[], at: number): void {
    if (transfers.length === 0) return
    let { sequence, hash } = this.head()
    for (const transfer of transfers) {
      this.#open(transfer.debit)
      this.#open(transfer.credit)
      sequence += 1
      const row: PostedTransfer = {
        sequence,
        id: transfer.id,
        currency: this.#currency,
        debit: transfer.debit.code,
        credit: transfer.credit.code,
        amountMinor: transfer.amountMinor,
        code: transfer.code,
        reference: transfer.reference,
        walletId: walletOf(transfer.credit) ?? walletOf(transfer.debit),
        at,
      }
      hash = chainHash(hash, row)
      this.#sql.all(
        `INSERT INTO transfers
           (sequence, id, currency, debit, credit, amount_minor, code, reference, wallet_id, at,
            hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        row.sequence,
        row.id,
        row.currency,
        row.debit,
        row.credit,
        row.amountMinor,
        row.code,
        row.reference,
        row.walletId,
        row.at,
        hash,
      )
    }
  }

  /** Whether a transfer with this id stands in the book. */
  has(id: string): boolean {
    return first(this.#sql, 'SELECT 1 AS one FROM transfers WHERE id = ?', id) !== null
  }

  /** Credits minus debits, kopecks; 0 for an account nobody has used. */
  balance(account: Account): number {
    const row = first<{ balance: number }>(
      this.#sql,
      'SELECT balance_minor AS balance FROM accounts WHERE currency = ? AND code = ?',
      this.#currency,
      account.code,
    )
    return row?.balance ?? 0
  }

  /** The last sequence and its hash. */
  head(): { sequence: number; hash: Uint8Array } {
    const row = first<{ sequence: number; hash: ArrayBuffer | Uint8Array }>(
      this.#sql,
      'SELECT sequence, hash FROM transfers ORDER BY sequence DESC LIMIT 1',
    )
    return row
      ? { sequence: row.sequence, hash: bytes(row.hash) }
      : { sequence: 0, hash: GENESIS_HASH }
  }

  /** Creates the account on first use; writes nothing when it is there. */
  #open(account: Account): void {
    this.#sql.all(
      'INSERT OR IGNORE INTO accounts (currency, code, kind) VALUES (?, ?, ?)',
      this.#currency,
      account.code,
      account.kind,
    )
  }
}

/** SQLite hands blobs back as ArrayBuffer in an object and as Uint8Array elsewhere. */
export function bytes(blob: ArrayBuffer | Uint8Array): Uint8Array {
  return blob instanceof Uint8Array ? blob : new Uint8Array(blob)
}
