import type { IssuedReceipt } from './receipt.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS receipt (
    fn TEXT NOT NULL,
    i INTEGER NOT NULL CHECK (i > 0),
    issued_at INTEGER NOT NULL,
    delivered_at INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (fn, i)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS receipt_by_time ON receipt (issued_at);
  CREATE TABLE IF NOT EXISTS refused_question (question TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`

/** Drives have worked before: their numbers do not begin with 1. */
const FIRST_DOCUMENT = 40_000

type ReceiptRow = { body: string; delivered_at: number }

export type ReceiptBook = ReturnType<typeof createReceiptBook>

function read(row: ReceiptRow): IssuedReceipt {
  return { ...(JSON.parse(row.body) as IssuedReceipt), deliveredAt: row.delivered_at }
}

/** The latest document number that is kept of a drive. */
function lastDocument(sql: SqlStorage, fn: string): number {
  const query = `SELECT COALESCE(MAX(i), ${FIRST_DOCUMENT}) AS last FROM receipt WHERE fn = ?`
  return sql.exec<{ last: number }>(query, fn).one().last
}

/** What the simulated tills have issued, kept in the SQLite storage of a Durable Object. */
export function createReceiptBook(sql: SqlStorage) {
  sql.exec(SCHEMA)

  /** Numbers handed out whose receipts are still being signed. */
  const handedOut = new Map<string, number>()

  return {
    /** The next document number of a drive; never the same twice, however many ask at once. */
    nextDocument(fn: string): number {
      const next = Math.max(lastDocument(sql, fn), handedOut.get(fn) ?? 0) + 1
      handedOut.set(fn, next)
      return next
    },

    add(receipt: IssuedReceipt): void {
      const { scan, issuedAt, deliveredAt } = receipt
      sql.exec(
        'INSERT INTO receipt (fn, i, issued_at, delivered_at, body) VALUES (?, ?, ?, ?, ?)',
        scan.fn,
        scan.i,
        issuedAt,
        deliveredAt,
        JSON.stringify(receipt),
      )
    },

    find(fn: string, i: number): IssuedReceipt | null {
      const rows = sql.exec<ReceiptRow>(
        'SELECT body, delivered_at FROM receipt WHERE fn = ? AND i = ?',
        fn,
        i,
      )
      const row = rows.next()
      return row.done ? null : read(row.value)
    },

    latest(limit: number): IssuedReceipt[] {
      return sql
        .exec<ReceiptRow>(
          'SELECT body, delivered_at FROM receipt ORDER BY issued_at DESC, i DESC LIMIT ?',
          limit,
        )
        .toArray()
        .map(read)
    },

    /** The till comes online now. */
    deliver(fn: string, i: number, now: number): void {
      sql.exec(
        'UPDATE receipt SET delivered_at = min(delivered_at, ?) WHERE fn = ? AND i = ?',
        now,
        fn,
        i,
      )
    },

    /** A question that was answered 406 is answered so for ever. */
    rememberRefusal(question: string): void {
      sql.exec('INSERT OR IGNORE INTO refused_question (question) VALUES (?)', question)
    },

    wasRefused(question: string): boolean {
      const found = sql.exec('SELECT 1 FROM refused_question WHERE question = ?', question)
      return !found.next().done
    },
  }
}
