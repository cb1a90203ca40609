import { makeId } from '#schema/id'
import type { Alias, AliasDraft } from '#schema/operator'
import type { Page } from '#schema/page'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { type Doer, recordIfChanged } from '../partners/staff-actions.d1.ts'
import { foldWords } from './words.ts'

/** Receipt lines that people have matched to a product by hand, for one retailer or for all. */

type AliasRow = {
  id: string
  retailer_id: string
  line: string
  product_id: string
  product_name: string
  retailer_name: string | null
  created_at: string
  created_by: string
}

function aliasOf(row: AliasRow): Alias {
  return {
    id: row.id,
    retailerId: row.retailer_id === '' ? null : row.retailer_id,
    line: row.line,
    productId: row.product_id,
    productName: row.product_name,
    retailerName: row.retailer_name,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}

const SELECT = `SELECT product_aliases.id, retailer_id, line, product_id,
  products.name AS product_name, retailers.name AS retailer_name, product_aliases.created_at,
  coalesce(nullif(users.name, ''), users.email, created_by) AS created_by
  FROM product_aliases JOIN products ON products.id = product_id
  LEFT JOIN partners AS retailers ON retailers.id = retailer_id
  LEFT JOIN users ON users.id = created_by`

/** Newest first. */
export async function listAliases(db: Database, start: PageStart): Promise<Page<Alias>> {
  const [createdAt, id] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SELECT} WHERE (product_aliases.created_at, product_aliases.id) < (?1, ?2)
       ORDER BY product_aliases.created_at DESC, product_aliases.id DESC LIMIT ?3`,
    )
    .bind(createdAt, id, start.limit + 1)
    .all<AliasRow>()
  return pageOfRows(results, start.limit, (row) => [row.created_at, row.id], aliasOf)
}

/** Adds an alias, or points an existing one at another product. Refuses with `not_found`. */
export async function addAlias(
  db: Database,
  { retailerId, line, productId }: AliasDraft,
  random: Uint8Array,
  doer: Doer,
): Promise<Alias> {
  const key = foldWords(line)
  const retailer = retailerId ?? ''
  const [added] = await db.batch([
    db
      .prepare(
        `INSERT INTO product_aliases (id, retailer_id, line, line_key, product_id, created_by,
           created_at)
         SELECT ?1, ?2, ?3, ?4, id, ?6, ?7 FROM products WHERE id = ?5
           AND (?2 = '' OR EXISTS (SELECT 1 FROM partners WHERE id = ?2))
         ON CONFLICT (retailer_id, line_key) DO UPDATE SET line = excluded.line,
           product_id = excluded.product_id, created_by = excluded.created_by`,
      )
      .bind(makeId('alias', random), retailer, line, key, productId, doer.actorId, doer.at),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'alias.add',
      subject: productId,
      detail: line,
    }),
  ])
  if (added?.meta.changes === 0) throw new Refusal('not_found')
  const row = await db
    .prepare(`${SELECT} WHERE retailer_id = ? AND line_key = ?`)
    .bind(retailer, key)
    .first<AliasRow>()
  if (row === null) throw new Refusal('not_found')
  return aliasOf(row)
}

/** Refuses with `not_found`. */
export async function removeAlias(db: Database, aliasId: string, doer: Doer): Promise<void> {
  const [removed] = await db.batch([
    db.prepare('DELETE FROM product_aliases WHERE id = ?').bind(aliasId),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'alias.remove',
      subject: aliasId,
      detail: '',
    }),
  ])
  if (removed?.meta.changes === 0) throw new Refusal('not_found')
}
