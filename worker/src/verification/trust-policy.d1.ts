import {
  MARKETS,
  type MarketCode,
  SAFE_TRUST,
  TRUST_CLASSES,
  type TrustClass,
  type TrustPolicy,
  type TrustRule,
} from '#schema/market'
import type { MarketTrust, TrustChange } from '#schema/trust'
import type { Database } from '../members/database.ts'
import { type Doer, recordIfChanged } from '../partners/staff-actions.d1.ts'

type RuleRow = { trust: TrustClass; rule: TrustRule; changedBy: string; changedAt: string }

async function departures(db: Database, market: MarketCode): Promise<Map<TrustClass, RuleRow>> {
  const { results } = await db
    .prepare(
      `SELECT trust, rule, changed_at AS changedAt,
         coalesce(nullif(users.name, ''), users.email, changed_by) AS changedBy
       FROM trust_rules LEFT JOIN users ON users.id = changed_by WHERE market = ?`,
    )
    .bind(market)
    .all<RuleRow>()
  return new Map(results.map((row) => [row.trust, row]))
}

/** What the operator has decided of a market's trust classes, over the safe defaults. */
export async function readTrustPolicy(db: Database, market: MarketCode): Promise<TrustPolicy> {
  const decided = await departures(db, market)
  const { trust } = MARKETS[market]
  const rules = TRUST_CLASSES.map((name) => [name, decided.get(name)?.rule ?? trust[name]])
  return Object.fromEntries(rules) as TrustPolicy
}

/** The same for the operator, with who departed from the safe rules and when. */
export async function readTrust(db: Database, market: MarketCode): Promise<MarketTrust> {
  const decided = await departures(db, market)
  const rules = TRUST_CLASSES.map((trust) => {
    const row = decided.get(trust)
    return {
      trust,
      rule: row?.rule ?? MARKETS[market].trust[trust],
      safe: SAFE_TRUST[trust],
      changedAt: row?.changedAt ?? null,
      changedBy: row?.changedBy ?? null,
    }
  })
  return { market, rules }
}

/** Decides the rule of one class, with its reason in the log. The same rule again changes nothing. */
export async function changeTrust(
  db: Database,
  market: MarketCode,
  { trust, rule, reason }: TrustChange,
  doer: Doer,
): Promise<void> {
  const before = (await readTrustPolicy(db, market))[trust]
  if (before === rule) return
  const action = { partnerId: null, action: 'market.trust', subject: market }
  const detail = `${trust}: ${before} → ${rule} · ${reason}`
  await db.batch([
    db
      .prepare(
        `INSERT INTO trust_rules (market, trust, rule, changed_by, changed_at)
         VALUES (?, ?, ?, ?, ?) ON CONFLICT (market, trust)
         DO UPDATE SET rule = excluded.rule, changed_by = excluded.changed_by,
           changed_at = excluded.changed_at`,
      )
      .bind(market, trust, rule, doer.actorId, doer.at),
    recordIfChanged(db, { ...doer, ...action, detail }),
  ])
}
