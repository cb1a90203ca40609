import { makeId } from '#schema/id'
import type { ProductImportResult } from '#schema/partner'
import type { Database } from '../members/database.ts'
import { type Doer, recordAction } from '../partners/staff-actions.d1.ts'
import { packKey, readRows } from './product-import.ts'
import type { ProductColumns } from './products.d1.ts'

/** Importing one batch of rows; a repeated batch finds everything unchanged. */

type Known = ProductColumns & { id: string; archived: number }

/** A row that is new (`before` null) or that changes what is there. */
type Write = { id: string; columns: ProductColumns; before: Known | null }

/**
 * Adds and changes a partner's products. A row is the product with its GTIN, else with its brand,
 * name and size. The dry run finds the same errors and counts and writes nothing.
 */
export async function importProducts(
  ports: { db: Database; random: (bytes: number) => Uint8Array },
  partnerId: string,
  batch: { dryRun: boolean; rows: readonly Readonly<Record<string, string>>[] },
  doer: Doer,
): Promise<ProductImportResult> {
  const { products, errors } = readRows(batch.rows)
  const known = await knownProducts(
    ports.db,
    partnerId,
    products.map(({ columns }) => columns),
  )
  const writes: Write[] = []
  let unchanged = 0
  for (const { columns } of products) {
    const before = known.get(packKey(columns)) ?? null
    if (before && sameColumns(before, columns)) unchanged += 1
    else writes.push({ id: before?.id ?? makeId('product', ports.random(20)), columns, before })
  }
  const created = writes.filter((write) => write.before === null).length
  const result = { created, updated: writes.length - created, unchanged, errors }
  if (!batch.dryRun && writes.length > 0) await write(ports.db, partnerId, writes, doer)
  return result
}

/** An archived product that is imported again comes back, so it is never unchanged. */
function sameColumns(before: Known, columns: ProductColumns): boolean {
  return (
    before.archived === 0 &&
    before.gtin === columns.gtin &&
    before.name === columns.name &&
    before.brand === columns.brand &&
    before.category === columns.category &&
    before.size === columns.size &&
    before.unit === columns.unit
  )
}

const KNOWN = `SELECT id, archived, gtin, gtin_canonical AS gtinCanonical, name, brand,
  brand_key AS brandKey, name_key AS nameKey, category, size, unit FROM products`

async function knownProducts(
  db: Database,
  partnerId: string,
  wanted: readonly ProductColumns[],
): Promise<Map<string, Known>> {
  const gtins = wanted.map((columns) => columns.gtinCanonical).filter((gtin) => gtin !== '')
  const names = wanted.filter((one) => one.gtinCanonical === '').map((one) => one.nameKey)
  const [byGtin, byName] = await db.batch<Known>([
    db
      .prepare(
        `${KNOWN} WHERE partner_id = ?1 AND gtin_canonical <> ''
           AND gtin_canonical IN (SELECT value FROM json_each(?2))`,
      )
      .bind(partnerId, JSON.stringify(gtins)),
    db
      .prepare(
        `${KNOWN} WHERE partner_id = ?1 AND gtin_canonical = ''
           AND name_key IN (SELECT value FROM json_each(?2))`,
      )
      .bind(partnerId, JSON.stringify(names)),
  ])
  const rows = [...(byGtin?.results ?? []), ...(byName?.results ?? [])]
  return new Map(rows.map((row) => [packKey(row), row]))
}

/** One statement for all rows, whatever their number: a statement binds at most 100 values. */
async function write(
  db: Database,
  partnerId: string,
  writes: readonly Write[],
  doer: Doer,
): Promise<void> {
  const rows = writes.map(({ id, columns }) => ({ ...columns, id }))
  await db.batch([
    db
      .prepare(
        `INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key,
           name_key, category, size, unit, created_at)
         SELECT value ->> 'id', ?1, value ->> 'gtin', value ->> 'gtinCanonical', value ->> 'name',
           value ->> 'brand', value ->> 'brandKey', value ->> 'nameKey', value ->> 'category',
           value ->> 'size', value ->> 'unit', ?2
         FROM json_each(?3) WHERE true
         ON CONFLICT (id) DO UPDATE SET gtin = excluded.gtin, name = excluded.name,
           brand = excluded.brand, brand_key = excluded.brand_key, name_key = excluded.name_key,
           category = excluded.category, size = excluded.size, unit = excluded.unit, archived = 0
         ON CONFLICT DO NOTHING`,
      )
      .bind(partnerId, doer.at, JSON.stringify(rows)),
    recordAction(db, {
      ...doer,
      partnerId,
      action: 'product.import',
      subject: partnerId,
      detail: `${writes.length} rows`,
    }),
  ])
}
