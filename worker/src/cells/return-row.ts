import type { FiscalDocument } from '#schema/receipt'
import { first, type SqlStore } from './sql-store.ts'

/** A return as the cell remembers it: applied to a sale, or waiting for one. */
export type ReturnRow = {
  readonly fingerprint: string
  readonly returnId: string
  readonly walletId: string
  readonly saleId: string | null
  /** The one receipt that it takes back, as somebody who knows has said. */
  readonly namedId: string | null
  readonly at: number
  readonly document: FiscalDocument
}

const SELECT = `SELECT fingerprint, return_id AS returnId, wallet_id AS walletId,
  sale_id AS saleId, named_id AS namedId, at, document FROM returns`

type Stored = Omit<ReturnRow, 'document'> & { document: string }

const fromStored = (row: Stored): ReturnRow => ({ ...row, document: JSON.parse(row.document) })

export function readReturn(sql: SqlStore, fingerprint: string): ReturnRow | null {
  const row = first<Stored>(sql, `${SELECT} WHERE fingerprint = ?`, fingerprint)
  return row && fromStored(row)
}

/** A wallet's returns whose sale is not known yet, in the order in which they were told. */
export function waitingReturns(sql: SqlStore, walletId: string): ReturnRow[] {
  return sql
    .all<Stored>(`${SELECT} WHERE wallet_id = ? AND sale_id IS NULL ORDER BY at LIMIT 50`, walletId)
    .map(fromStored)
}

/** A wallet's returns that were taken off a sale of its, the latest. */
export function appliedReturns(sql: SqlStore, walletId: string): ReturnRow[] {
  return sql
    .all<Stored>(
      `${SELECT} WHERE wallet_id = ? AND sale_id IS NOT NULL ORDER BY at DESC LIMIT 200`,
      walletId,
    )
    .map(fromStored)
}

/** Writes a return, or the sale of one that waited. One that was applied never changes. */
export function writeReturn(sql: SqlStore, row: ReturnRow): void {
  sql.all(
    `INSERT INTO returns (fingerprint, return_id, wallet_id, sale_id, named_id, at, document)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
     ON CONFLICT (fingerprint) DO UPDATE SET return_id = ?2, wallet_id = ?3, sale_id = ?4,
       named_id = ?5
       WHERE sale_id IS NULL`,
    row.fingerprint,
    row.returnId,
    row.walletId,
    row.saleId,
    row.namedId,
    row.at,
    JSON.stringify(row.document),
  )
}

export function removeWaitingReturn(sql: SqlStore, fingerprint: string): void {
  sql.all('DELETE FROM returns WHERE fingerprint = ? AND sale_id IS NULL', fingerprint)
}

/** Its shop names the sale of this return: it waits for no likely one any more. */
export function removeUnnamedReturn(sql: SqlStore, fingerprint: string): void {
  sql.all(
    'DELETE FROM returns WHERE fingerprint = ? AND sale_id IS NULL AND named_id IS NULL',
    fingerprint,
  )
}
