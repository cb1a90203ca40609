import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { minor } from '#schema/money'
import { Book } from '#worker/cells/book'
import type { ReceiptRow } from '#worker/cells/receipt-row'
import { insertReceipt, updateReceipt } from '#worker/cells/receipt-row'
import { migrate, type SqlStore } from '#worker/cells/sql-store'
import { addTask, removeTask } from '#worker/cells/tasks'
import { leaseGranted, rewardPosted } from '#worker/ledger/posting'

/**
 * The yardstick: the rows of one receipt's whole life (submitted, claimed, credited, its event
 * gone) written by raw SQLite in this process, WAL and FULL, one commit per credit. No HTTP, no
 * verification, no matching: only what has to reach the disk.
 */
const SCHEMA = ['0001_book', '0002_tasks', '0003_cell', '0008_receipts_by_fingerprint']

function open(folder: string): { sql: SqlStore; close: () => void } {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(path.join(folder, 'raw.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const sql: SqlStore = {
    all<Row extends Record<string, unknown>>(query: string, ...values: never[]): Row[] {
      let statement = statements.get(query)
      if (!statement) {
        statement = db.prepare(query)
        statements.set(query, statement)
      }
      // Rows hold what the STRICT schema holds.
      return statement.all(...values) as Row[]
    },
    transaction(work) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (cause) {
        db.exec('ROLLBACK')
        throw cause
      }
    },
  }
  return { sql, close: () => db.close() }
}

/** Credits per second, so many in one commit. */
export function rawCredits(root: string, folder: string, seconds: number, group: number): number {
  const { sql, close } = open(folder)
  const files = SCHEMA.map((name) => ({
    name,
    sql: readFileSync(path.join(root, 'schema/sql/cell', `${name}.sql`), 'utf8'),
  }))
  migrate(sql, files)
  const book = new Book(sql, 'RUB')
  sql.transaction(() => book.post([leaseGranted('lease:raw:1', 'off_raw', 1e12)], 0))
  const started = performance.now()
  let credits = 0
  while (performance.now() - started < seconds * 1_000) {
    sql.transaction(() => {
      for (let index = 1; index <= group; index += 1) writeCredit(sql, book, credits + index)
    })
    credits += group
  }
  const rate = credits / ((performance.now() - started) / 1_000)
  close()
  return Math.round(rate)
}

function writeCredit(sql: SqlStore, book: Book, number: number): void {
  const now = 1_800_000_000_000 + number
  const row = receiptOf(number, now)
  const list = { sql, fresh: [] }
  const task = { dueAt: now, id: `receipt:${row.id}` }
  addTask(list, { ...task, body: { kind: 'claim', receiptId: row.id } })
  insertReceipt(sql, row)
  addTask(list, { ...task, body: { kind: 'verify', receiptId: row.id } })
  updateReceipt(sql, { ...row, state: 'verifying', claim: 'held', version: 2 })
  const posting = {
    receiptId: row.id,
    walletId: row.walletId,
    offerId: 'off_raw',
    partnerId: 'prt_raw',
    rewardMinor: 1_000,
    feeMinor: 150,
    held: false,
    fromReserved: false,
  }
  book.post(rewardPosted(posting), now)
  addTask(list, { ...task, body: { kind: 'release', receiptId: row.id } })
  updateReceipt(sql, { ...row, state: 'credited', claim: 'held', version: 3, rewardMinor: 1_000 })
  removeTask(sql, task.dueAt, task.id)
}

function receiptOf(number: number, now: number): ReceiptRow {
  const fn = '9999078900000001'
  return {
    id: `rcp_${String(number).padStart(32, '0')}`,
    walletId: `wal_${number % 64}`,
    fingerprint: `ru:${fn}:${number}:1`,
    attempt: 0,
    contentKey: `ru:${fn}:${number}:1:x`,
    submittedAt: now,
    scan: { time: '2026-11-21T12:00', totalMinor: minor(10_000), fn, i: number, fp: 1, kind: 1 },
    sale: null,
    purchasedAt: '2026-11-21T12:00',
    totalMinor: minor(10_000),
    state: 'received',
    claim: 'asked',
    version: 1,
    rewardMinor: 0,
    returnedMinor: 0,
    checks: 0,
    taskDueAt: now,
    snapshotVersion: null,
    till: null,
    storeName: null,
    reason: null,
    timeline: [],
    judged: null,
  }
}
