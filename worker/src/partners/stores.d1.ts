import { makeId } from '#schema/id'
import type { Page } from '#schema/page'
import type { Store, StoreDraft, Till, TillDraft } from '#schema/partner'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database, Statement } from '../members/database.ts'
import { refusingTaken } from './refusals.ts'
import { type Doer, recordIfChanged } from './staff-actions.d1.ts'

/** Stores and their tills. Registrations and fiscal drives are unique over the whole network. */

type StoreRow = {
  id: string
  partner_id: string
  name: string
  city: string
  address: string
  created_at: string
}
type TillRow = { id: string; store_id: string; registration: string; fiscal_drive: string | null }

const STORE = 'SELECT id, partner_id, name, city, address, created_at FROM stores'
const TILL = 'SELECT id, store_id, registration, fiscal_drive FROM tills'

function tillOf(row: TillRow): Till {
  return {
    id: row.id,
    storeId: row.store_id,
    registration: row.registration,
    fiscalDrive: row.fiscal_drive ?? '',
  }
}

function storeOf(row: StoreRow, tills: readonly TillRow[]): Store {
  return {
    id: row.id,
    partnerId: row.partner_id,
    name: row.name,
    city: row.city,
    address: row.address,
    tills: tills.filter((till) => till.store_id === row.id).map(tillOf),
  }
}

async function tillsOf(db: Database, storeIds: readonly string[]): Promise<TillRow[]> {
  const { results } = await db
    .prepare(
      `${TILL} WHERE store_id IN (SELECT value FROM json_each(?))
       ORDER BY store_id, created_at, id`,
    )
    .bind(JSON.stringify(storeIds))
    .all<TillRow>()
  return results
}

/** In the order in which they were added. */
export async function listStores(
  db: Database,
  partnerId: string,
  start: PageStart,
): Promise<Page<Store>> {
  const [createdAt, id] = start.after ?? ['', '']
  const { results } = await db
    .prepare(
      `${STORE} WHERE partner_id = ?1 AND (created_at, id) > (?2, ?3)
       ORDER BY created_at, id LIMIT ?4`,
    )
    .bind(partnerId, createdAt, id, start.limit + 1)
    .all<StoreRow>()
  const tills = await tillsOf(
    db,
    results.map((row) => row.id),
  )
  return pageOfRows(
    results,
    start.limit,
    (row) => [row.created_at, row.id],
    (row) => storeOf(row, tills),
  )
}

async function findStore(db: Database, partnerId: string, storeId: string): Promise<Store> {
  const row = await db
    .prepare(`${STORE} WHERE id = ? AND partner_id = ?`)
    .bind(storeId, partnerId)
    .first<StoreRow>()
  if (row === null) throw new Refusal('not_found')
  return storeOf(row, await tillsOf(db, [storeId]))
}

/**
 * A change and its record; refuses with `not_found` when it touched nothing, `taken` when somebody
 * has it.
 */
async function change(
  db: Database,
  statement: Statement,
  doer: Doer,
  what: { partnerId: string; action: string; subject: string; detail: string },
): Promise<void> {
  const work = db.batch([statement, recordIfChanged(db, { ...doer, ...what })])
  const [result] = await refusingTaken(work)
  if (result?.meta.changes === 0) throw new Refusal('not_found')
}

export async function addStore(
  db: Database,
  partnerId: string,
  { name, city, address }: StoreDraft,
  random: Uint8Array,
  doer: Doer,
): Promise<Store> {
  const id = makeId('store', random)
  const statement = db
    .prepare(
      `INSERT INTO stores (id, partner_id, name, city, address, created_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .bind(id, partnerId, name, city, address, doer.at)
  await change(db, statement, doer, { partnerId, action: 'store.add', subject: id, detail: name })
  return findStore(db, partnerId, id)
}

export async function changeStore(
  db: Database,
  partnerId: string,
  storeId: string,
  { name, city, address }: StoreDraft,
  doer: Doer,
): Promise<Store> {
  const statement = db
    .prepare('UPDATE stores SET name = ?, city = ?, address = ? WHERE id = ? AND partner_id = ?')
    .bind(name, city, address, storeId, partnerId)
  const what = { partnerId, action: 'store.change', subject: storeId, detail: name }
  await change(db, statement, doer, what)
  return findStore(db, partnerId, storeId)
}

/** Takes a store away with its tills; receipts keep the name that they were judged under. */
export async function removeStore(
  db: Database,
  partnerId: string,
  storeId: string,
  doer: Doer,
): Promise<void> {
  const statement = db
    .prepare('DELETE FROM stores WHERE id = ? AND partner_id = ?')
    .bind(storeId, partnerId)
  const what = { partnerId, action: 'store.remove', subject: storeId, detail: '' }
  await change(db, statement, doer, what)
}

/** Where a till stands; the store has to be the partner's own. */
type TillPlace = { partnerId: string; storeId: string }

async function findTill(db: Database, storeId: string, tillId: string): Promise<Till> {
  const row = await db
    .prepare(`${TILL} WHERE id = ? AND store_id = ?`)
    .bind(tillId, storeId)
    .first<TillRow>()
  if (row === null) throw new Refusal('not_found')
  return tillOf(row)
}

export async function addTill(
  db: Database,
  { partnerId, storeId }: TillPlace,
  draft: TillDraft,
  random: Uint8Array,
  doer: Doer,
): Promise<Till> {
  const id = makeId('till', random)
  const statement = db
    .prepare(
      `INSERT INTO tills (id, store_id, registration, fiscal_drive, created_at)
       SELECT ?1, id, ?4, nullif(?5, ''), ?6 FROM stores WHERE id = ?2 AND partner_id = ?3`,
    )
    .bind(id, storeId, partnerId, draft.registration, draft.fiscalDrive, doer.at)
  const detail = draft.registration
  await change(db, statement, doer, { partnerId, action: 'till.add', subject: id, detail })
  return findTill(db, storeId, id)
}

export async function changeTill(
  db: Database,
  { partnerId, storeId }: TillPlace,
  tillId: string,
  draft: TillDraft,
  doer: Doer,
): Promise<Till> {
  const statement = db
    .prepare(
      `UPDATE tills SET registration = ?4, fiscal_drive = nullif(?5, '') WHERE id = ?1
         AND store_id = (SELECT id FROM stores WHERE id = ?2 AND partner_id = ?3)`,
    )
    .bind(tillId, storeId, partnerId, draft.registration, draft.fiscalDrive)
  const detail = draft.registration
  await change(db, statement, doer, { partnerId, action: 'till.change', subject: tillId, detail })
  return findTill(db, storeId, tillId)
}

export async function removeTill(
  db: Database,
  { partnerId, storeId }: TillPlace,
  tillId: string,
  doer: Doer,
): Promise<void> {
  const statement = db
    .prepare(
      `DELETE FROM tills WHERE id = ?1
         AND store_id = (SELECT id FROM stores WHERE id = ?2 AND partner_id = ?3)`,
    )
    .bind(tillId, storeId, partnerId)
  const what = { partnerId, action: 'till.remove', subject: tillId, detail: '' }
  await change(db, statement, doer, what)
}
