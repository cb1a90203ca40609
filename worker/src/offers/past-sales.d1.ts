import { MARKETS, type MarketCode } from '#schema/market'
import type { OfferRule } from '#schema/offer'
import { foldWords } from '../catalogue/words.ts'
import type { Database } from '../members/database.ts'
import { unknownRetailer } from '../reports/report-rows.ts'
import { PAST_DAYS, type PastSales } from './past.ts'
import { addDays, dayOf, wallMinuteIn } from './wall.ts'

/** Reads what was bought lately of what a rule is on. */

/** `?2` is a JSON list of the retailers, or null for every shop, known or not. */
const AT_RETAILERS = `(?2 IS NULL OR retailer_id IN (SELECT value FROM json_each(?2)))`

const OF_RECEIPTS = `SELECT coalesce(sum(receipts), 0) AS purchases,
    coalesce(sum(receipts), 0) AS receiptsAtLeast, 0 AS units,
    coalesce(sum(sum_minor), 0) AS sumMinor
  FROM retailer_days WHERE day > ?1 AND ${AT_RETAILERS} AND (
    retailer_id = ?3 OR (
      retailer_id <> '' AND substr(retailer_id, 3, 1) <> '.'
      AND retailer_id NOT IN (SELECT id FROM partners WHERE market <> ?4)
    )
  )`

/** A receipt counts once per product, so the product on most receipts bounds how many there are. */
const ofProducts = (chosen: string) => `SELECT coalesce(sum(receipts), 0) AS purchases,
    coalesce(max(receipts), 0) AS receiptsAtLeast, coalesce(sum(units), 0) AS units,
    coalesce(sum(sum_minor), 0) AS sumMinor
  FROM (
    SELECT sum(receipts) AS receipts, sum(units) AS units, sum(sum_minor) AS sum_minor
    FROM product_days WHERE product_id IN (${chosen}) AND day > ?1 AND ${AT_RETAILERS}
    GROUP BY product_id
  )`

/** Receipt lines lead to one of the products with a GTIN: an offer on any of them is on all. */
const LISTED = `SELECT value FROM json_each(?3)
  UNION SELECT twin.id FROM products AS twin WHERE gtin_canonical <> '' AND gtin_canonical IN (
    SELECT gtin_canonical FROM products WHERE id IN (SELECT value FROM json_each(?3))
  )`
/** Sums of two markets are in two currencies. */
const OURS = 'partner_id IN (SELECT id FROM partners WHERE market = ?4)'
const OF_BRAND = `SELECT id FROM products WHERE brand_key = ?3 AND ${OURS}`
const OF_CATEGORY = `SELECT id FROM products WHERE category = ?3 AND ${OURS}`

/** What was bought in the last days; `now` is an ISO instant. */
export async function pastSales(
  db: Database,
  market: MarketCode,
  rule: OfferRule,
  now: string,
): Promise<PastSales> {
  const after = addDays(dayOf(wallMinuteIn(now, MARKETS[market].timeZone)), -PAST_DAYS)
  const retailers = rule.retailers === 'all' ? null : JSON.stringify(rule.retailers)
  const { sql, goods } = questionOf(market, rule.target)
  const values = [after, retailers, ...goods]
  const row = await db
    .prepare(sql)
    .bind(...values)
    .first<PastSales>()
  if (row === null) throw new Error('sums over sales answer one row')
  return row
}

function questionOf(
  market: MarketCode,
  target: OfferRule['target'],
): { sql: string; goods: string[] } {
  switch (target.code) {
    case 'products':
      return { sql: ofProducts(LISTED), goods: [JSON.stringify(target.args.productIds)] }
    case 'brand':
      return { sql: ofProducts(OF_BRAND), goods: [foldWords(target.args.brand), market] }
    case 'category':
      return { sql: ofProducts(OF_CATEGORY), goods: [target.args.category, market] }
    case 'receipt':
      return { sql: OF_RECEIPTS, goods: [unknownRetailer(market), market] }
  }
}
