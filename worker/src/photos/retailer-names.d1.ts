import type { MarketCode } from '#schema/market'
import { RETAILERS_TOLD_MAX } from '#schema/photo'
import type { Database } from '../members/database.ts'

/** What the signs of a market's shops say, those that joined first. */
export async function retailerNames(db: Database, market: MarketCode): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT name FROM partners WHERE market = ? AND kind IN ('retailer', 'both')
         AND state = 'active'
       ORDER BY created_at, id LIMIT ?`,
    )
    .bind(market, RETAILERS_TOLD_MAX)
    .all<{ name: string }>()
  return results.map(({ name }) => name)
}
