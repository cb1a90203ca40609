import type { Category } from '#schema/market'
import type { OfferRule } from '#schema/offer'
import { foldWords } from '../catalogue/words.ts'
import type { Database } from '../members/database.ts'
import type { EvaluationNames } from './names.ts'
import type { DraftFacts } from './publish-check.ts'

/** Looks up what a rule names: for its text and for the checks before publishing. */

type ProductRow = { id: string; name: string; category: Category; archived: number }
type RetailerRow = { id: string; name: string; active: number }

export type RuleFacts = {
  names: EvaluationNames
  checks: Pick<DraftFacts, 'products' | 'retailers' | 'brandCategories'>
}

/** Names of archived products and inactive retailers are there too; the checks leave them out. */
export async function ruleFacts(db: Database, rule: OfferRule): Promise<RuleFacts> {
  const { target, retailers } = rule
  const productIds = target.code === 'products' ? target.args.productIds : []
  const retailerIds = retailers === 'all' ? [] : retailers
  const brand = target.code === 'brand' ? foldWords(target.args.brand) : ''
  const [products, shops, categories] = await db.batch<unknown>([
    db
      .prepare(
        `SELECT id, name, category, archived FROM products
         WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .bind(JSON.stringify(productIds)),
    db
      .prepare(
        `SELECT id, name, state = 'active' AND kind IN ('retailer', 'both') AS active
         FROM partners WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .bind(JSON.stringify(retailerIds)),
    db
      .prepare(
        `SELECT DISTINCT category FROM products
         WHERE archived = 0 AND brand_key = ? AND brand_key <> ''`,
      )
      .bind(brand),
  ])
  const productRows = (products?.results ?? []) as ProductRow[]
  const retailerRows = (shops?.results ?? []) as RetailerRow[]
  const categoryRows = (categories?.results ?? []) as { category: Category }[]
  return {
    names: {
      products: new Map(productRows.map((row) => [row.id, row.name])),
      retailers: new Map(retailerRows.map((row) => [row.id, row.name])),
    },
    checks: {
      products: new Map(
        productRows
          .filter((row) => row.archived === 0)
          .map((row) => [row.id, { category: row.category }]),
      ),
      retailers: new Set(retailerRows.filter((row) => row.active === 1).map((row) => row.id)),
      brandCategories: categoryRows.map((row) => row.category),
    },
  }
}
