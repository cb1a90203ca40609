import {
  MARKETS,
  type MarketCode,
  type TrustClass,
  type TrustPolicy,
  type TrustRule,
} from '#schema/market'
import type { Database } from '../members/database.ts'

/** What the operator has decided of a market's trust classes, over the safe defaults. */
export async function readTrustPolicy(db: Database, market: MarketCode): Promise<TrustPolicy> {
  const { results } = await db
    .prepare('SELECT trust, rule FROM trust_rules WHERE market = ?')
    .bind(market)
    .all<{ trust: TrustClass; rule: TrustRule }>()
  const decided = Object.fromEntries(results.map(({ trust, rule }) => [trust, rule]))
  return { ...MARKETS[market].trust, ...decided }
}
