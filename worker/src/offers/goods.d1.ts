import { type Category, MARKETS, type MarketCode } from '#schema/market'
import type { ScannedProduct } from '#schema/offer'
import { canonicalGtin } from '../matching/gtin.ts'
import type { Database } from '../members/database.ts'
import type { CardTarget } from './cards.d1.ts'

/** Partners that may list the same product; more than carry one GTIN anywhere. */
const TWINS_MAX = 100

/** The one that stands for all products with its GTIN comes first, as in the market's snapshot. */
const WITH_GTIN = `SELECT products.id, name, gtin, brand, brand_key AS brandKey, category
  FROM products JOIN (SELECT id AS partner, kind FROM partners WHERE market = ?1)
    ON partner = partner_id
  WHERE gtin_canonical = ?2
  ORDER BY archived, kind = 'retailer', products.created_at, products.id LIMIT ?3`

type Row = {
  id: string
  name: string
  gtin: string
  brand: string
  brandKey: string
  category: Category
}

/**
 * The product that a barcode names in a market, and what offers on it are found by: none on goods
 * of a blocked category. Null when nobody lists it, also for the numbers that shops give out
 * themselves.
 */
export async function findGoods(
  db: Database,
  market: MarketCode,
  barcode: string,
): Promise<{ product: ScannedProduct; targets: CardTarget[] } | null> {
  const gtin = canonicalGtin(barcode)
  if (gtin === null) return null
  const { results } = await db.prepare(WITH_GTIN).bind(market, gtin, TWINS_MAX).all<Row>()
  const [main] = results
  if (main === undefined) return null
  const { name, brand, category } = main
  const product = { gtin: main.gtin, name, brand, category }
  if (MARKETS[market].blockedCategories.includes(category)) return { product, targets: [] }
  const targets: CardTarget[] = results.map(({ id }) => ({ kind: 'product', key: id }))
  if (main.brandKey !== '') targets.push({ kind: 'brand', key: main.brandKey })
  return { product, targets: [...targets, { kind: 'category', key: category }] }
}
