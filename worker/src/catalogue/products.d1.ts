import { makeId } from '#schema/id'
import type { Category } from '#schema/market'
import type { Page } from '#schema/page'
import type { Product, ProductDraft } from '#schema/partner'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { canonicalGtin } from '../matching/gtin.ts'
import type { Database } from '../members/database.ts'
import { invalidField, refusingTaken } from '../partners/refusals.ts'
import { type Doer, recordIfChanged } from '../partners/staff-actions.d1.ts'
import { foldWords } from './words.ts'

/** The catalogue: what offers are on and what receipt lines are matched to. */

type ProductRow = {
  id: string
  partner_id: string
  gtin: string
  name: string
  brand: string
  category: Category
  size: number
  unit: Product['unit']
  archived: number
  created_at: string
}

const SELECT = `SELECT id, partner_id, gtin, name, brand, category, size, unit, archived, created_at
  FROM products`

function productOf(row: ProductRow): Product {
  return {
    id: row.id,
    partnerId: row.partner_id,
    gtin: row.gtin,
    name: row.name,
    brand: row.brand,
    category: row.category,
    size: row.size,
    unit: row.unit,
    archived: row.archived === 1,
  }
}

/** The columns that a draft becomes, in one order for every statement. */
export type ProductColumns = {
  gtin: string
  gtinCanonical: string
  name: string
  brand: string
  brandKey: string
  nameKey: string
  category: Category
  size: number
  unit: Product['unit']
}

/** Null when the GTIN fails its check digit or is one that every shop uses as it likes. */
export function columnsOf(draft: ProductDraft): ProductColumns | null {
  const gtinCanonical = draft.gtin === '' ? '' : canonicalGtin(draft.gtin)
  if (gtinCanonical === null) return null
  return {
    ...draft,
    gtinCanonical,
    brandKey: foldWords(draft.brand),
    nameKey: foldWords(draft.name),
  }
}

function checked(draft: ProductDraft): ProductColumns {
  const columns = columnsOf(draft)
  if (columns === null) throw invalidField('gtin', 'gtin_invalid')
  return columns
}

async function findProduct(db: Database, partnerId: string, id: string): Promise<Product> {
  const row = await db
    .prepare(`${SELECT} WHERE id = ? AND partner_id = ?`)
    .bind(id, partnerId)
    .first<ProductRow>()
  if (row === null) throw new Refusal('not_found')
  return productOf(row)
}

/**
 * Refuses with `invalid_request` (GTIN) and `taken` (the partner has that GTIN or pack already).
 */
export async function addProduct(
  db: Database,
  partnerId: string,
  draft: ProductDraft,
  random: Uint8Array,
  doer: Doer,
): Promise<Product> {
  const columns = checked(draft)
  const id = makeId('product', random)
  const { gtin, gtinCanonical, name, brand, brandKey, nameKey, category, size, unit } = columns
  const work = db.batch([
    db
      .prepare(
        `INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key,
           name_key, category, size, unit, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(
        id,
        partnerId,
        gtin,
        gtinCanonical,
        name,
        brand,
        brandKey,
        nameKey,
        category,
        size,
        unit,
        doer.at,
      ),
    recordIfChanged(db, { ...doer, partnerId, action: 'product.add', subject: id, detail: name }),
  ])
  await refusingTaken(work)
  return findProduct(db, partnerId, id)
}

/** Some of a product's fields, as they are to become. */
export type ProductChange = {
  [Field in keyof ProductDraft]?: ProductDraft[Field] | undefined
} & { archived?: boolean | undefined }

/** The product as a draft, with the given fields replaced. */
function changed(before: Product, change: ProductChange): ProductDraft {
  return {
    gtin: change.gtin ?? before.gtin,
    name: change.name ?? before.name,
    brand: change.brand ?? before.brand,
    category: change.category ?? before.category,
    size: change.size ?? before.size,
    unit: change.unit ?? before.unit,
  }
}

/** Refuses with `not_found`, `invalid_request` and `taken`. */
export async function changeProduct(
  db: Database,
  partnerId: string,
  productId: string,
  change: ProductChange,
  doer: Doer,
): Promise<Product> {
  const before = await findProduct(db, partnerId, productId)
  const archived = change.archived ?? before.archived
  const columns = checked(changed(before, change))
  const { gtin, gtinCanonical, name, brand, brandKey, nameKey, category, size, unit } = columns
  const work = db.batch([
    db
      .prepare(
        `UPDATE products SET gtin = ?3, gtin_canonical = ?4, name = ?5, brand = ?6, brand_key = ?7,
           name_key = ?8, category = ?9, size = ?10, unit = ?11, archived = ?12
         WHERE id = ?1 AND partner_id = ?2`,
      )
      .bind(
        productId,
        partnerId,
        gtin,
        gtinCanonical,
        name,
        brand,
        brandKey,
        nameKey,
        category,
        size,
        unit,
        archived ? 1 : 0,
      ),
    recordIfChanged(db, {
      ...doer,
      partnerId,
      action: 'product.change',
      subject: productId,
      detail: Object.keys(change).join(', '),
    }),
  ])
  await refusingTaken(work)
  return findProduct(db, partnerId, productId)
}

/**
 * A partner's products, or the network's that are not archived; the newest first. `q` is part of a
 * name or brand, or the beginning of a GTIN.
 */
export async function listProducts(
  db: Database,
  filter: { partnerId: string | null; q: string },
  start: PageStart,
): Promise<Page<Product>> {
  const [createdAt, id] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SELECT} WHERE (created_at, id) < (?1, ?2)
         AND (partner_id = ?3 OR (?3 IS NULL AND archived = 0))
         AND (instr(name_key, ?4) > 0 OR instr(brand_key, ?4) > 0
           OR substr(gtin, 1, length(?4)) = ?4)
       ORDER BY created_at DESC, id DESC LIMIT ?5`,
    )
    .bind(createdAt, id, filter.partnerId, foldWords(filter.q), start.limit + 1)
    .all<ProductRow>()
  return pageOfRows(results, start.limit, (row) => [row.created_at, row.id], productOf)
}

const BRANDS_SHOWN = 50

/** Brands of the whole network that contain the text, one spelling each, alphabetically. */
export async function listBrands(db: Database, q: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT min(brand) AS brand FROM products
       WHERE archived = 0 AND brand_key <> '' AND instr(brand_key, ?) > 0
       GROUP BY brand_key ORDER BY brand_key LIMIT ?`,
    )
    .bind(foldWords(q), BRANDS_SHOWN)
    .all<{ brand: string }>()
  return results.map((row) => row.brand)
}
