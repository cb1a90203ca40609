import type { UnknownStore } from '#schema/operator'
import type { Page } from '#schema/page'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { refusingTaken } from './refusals.ts'
import { type Doer, recordIfChanged } from './staff-actions.d1.ts'

/**
 * Shops that receipts came from and nobody has registered: remembered, so that the operator can.
 */

/** What the fiscal document says about a shop that the snapshot does not know. */
type SeenStore = Omit<UnknownStore, 'receipts' | 'lastSeenAt'>

/** Remembers a shop. The count is a hint for the operator: a repeated message may count twice. */
export async function rememberUnknownStore(
  db: Database,
  { fiscalDrive, tillRegistration, taxNumber, name, address }: SeenStore,
  at: string,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO unknown_stores (fiscal_drive, till_registration, tax_number, name, address,
         receipts, first_seen_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)
       ON CONFLICT (fiscal_drive) DO UPDATE SET
         till_registration = coalesce(?2, till_registration), tax_number = coalesce(?3, tax_number),
         name = coalesce(?4, name), address = coalesce(?5, address), receipts = receipts + 1,
         last_seen_at = max(last_seen_at, ?6)`,
    )
    .bind(
      fiscalDrive,
      tillRegistration?.trim() || null,
      taxNumber?.trim() || null,
      name,
      address,
      at,
    )
    .run()
}

type UnknownRow = {
  fiscal_drive: string
  till_registration: string | null
  tax_number: string | null
  name: string | null
  address: string | null
  receipts: number
  last_seen_at: string
}

/** Those with most receipts first. */
export async function listUnknownStores(
  db: Database,
  start: PageStart,
): Promise<Page<UnknownStore>> {
  const [receipts, drive] = start.after ?? [Number.MAX_SAFE_INTEGER, '']
  const { results } = await db
    .prepare(
      `SELECT fiscal_drive, till_registration, tax_number, name, address, receipts, last_seen_at
       FROM unknown_stores WHERE (receipts, fiscal_drive) < (?1, ?2)
       ORDER BY receipts DESC, fiscal_drive DESC LIMIT ?3`,
    )
    .bind(receipts, drive, start.limit + 1)
    .all<UnknownRow>()
  return pageOfRows(
    results,
    start.limit,
    (row) => [row.receipts, row.fiscal_drive],
    (row) => ({
      tillRegistration: row.till_registration,
      fiscalDrive: row.fiscal_drive,
      taxNumber: row.tax_number,
      name: row.name,
      address: row.address,
      receipts: row.receipts,
      lastSeenAt: row.last_seen_at,
    }),
  )
}

/**
 * Says which store a fiscal drive stands in: from the next snapshot on its receipts are recognised.
 * With the till's registration it becomes a till like any other. Refuses with `not_found` and
 * `taken`.
 */
export async function assignUnknownStore(
  db: Database,
  fiscalDrive: string,
  storeId: string,
  newTillId: string,
  doer: Doer,
): Promise<void> {
  const isTill = `length(till_registration) = 16`
  const work = db.batch([
    db
      .prepare(
        `INSERT INTO tills (id, store_id, registration, fiscal_drive, created_at)
         SELECT ?1, stores.id, till_registration, fiscal_drive, ?2 FROM unknown_stores, stores
         WHERE fiscal_drive = ?3 AND stores.id = ?4 AND ${isTill}
         ON CONFLICT (registration) DO UPDATE SET fiscal_drive = excluded.fiscal_drive
           WHERE tills.store_id = excluded.store_id`,
      )
      .bind(newTillId, doer.at, fiscalDrive, storeId),
    db
      .prepare(
        `INSERT INTO store_drives (fiscal_drive, store_id, assigned_at)
         SELECT fiscal_drive, stores.id, ?1 FROM unknown_stores, stores
         WHERE fiscal_drive = ?2 AND stores.id = ?3 AND (${isTill}) IS NOT 1`,
      )
      .bind(doer.at, fiscalDrive, storeId),
    db
      .prepare(
        `DELETE FROM unknown_stores WHERE fiscal_drive = ?1 AND (
           EXISTS (SELECT 1 FROM tills WHERE fiscal_drive = ?1 AND store_id = ?2)
           OR EXISTS (SELECT 1 FROM store_drives WHERE fiscal_drive = ?1 AND store_id = ?2)
         )`,
      )
      .bind(fiscalDrive, storeId),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'store.assign',
      subject: storeId,
      detail: fiscalDrive,
    }),
  ])
  const [, , removed] = await refusingTaken(work)
  if (removed?.meta.changes !== 0) return
  await refuseAssignment(db, fiscalDrive, storeId)
}

async function refuseAssignment(
  db: Database,
  fiscalDrive: string,
  storeId: string,
): Promise<never> {
  const row = await db
    .prepare(
      `SELECT 1 AS known FROM unknown_stores, stores WHERE fiscal_drive = ? AND stores.id = ?`,
    )
    .bind(fiscalDrive, storeId)
    .first()
  throw new Refusal(row === null ? 'not_found' : 'taken')
}
