import {
  defaultForgeryRules,
  FORGERY_SIGNALS,
  type ForgeryRule,
  type ForgeryRuleChange,
  type ForgeryRules,
  type ForgerySignal,
  type MarketForgeryRules,
} from '#schema/forgery'
import type { MarketCode } from '#schema/market'
import type { Database } from '../members/database.ts'
import { type Doer, recordIfChanged } from '../partners/staff-actions.d1.ts'

type RuleRow = ForgeryRule & { signal: ForgerySignal; changedBy: string; changedAt: string }

async function departures(db: Database, market: MarketCode): Promise<Map<ForgerySignal, RuleRow>> {
  const { results } = await db
    .prepare(
      `SELECT signal, points, threshold, changed_at AS changedAt,
         coalesce(nullif(users.name, ''), users.email, changed_by) AS changedBy
       FROM forgery_rules LEFT JOIN users ON users.id = changed_by WHERE market = ?`,
    )
    .bind(market)
    .all<RuleRow>()
  return new Map(results.map((row) => [row.signal, row]))
}

/** What the operator has decided of a market's signals, over the defaults. */
export async function readForgeryRules(db: Database, market: MarketCode): Promise<ForgeryRules> {
  const decided = await departures(db, market)
  return { ...defaultForgeryRules(market), ...Object.fromEntries(decided) }
}

/** The same for the operator, with who departed from the defaults and when. */
export async function listForgeryRules(
  db: Database,
  market: MarketCode,
): Promise<MarketForgeryRules> {
  const decided = await departures(db, market)
  const standards = defaultForgeryRules(market)
  const rules = FORGERY_SIGNALS.map((signal) => {
    const { points, threshold, changedAt, changedBy } = {
      ...{ ...standards[signal], changedAt: null, changedBy: null },
      ...decided.get(signal),
    }
    return { signal, points, threshold, changedAt, changedBy, standard: standards[signal] }
  })
  return { market, rules }
}

/** Decides one signal, with its reason in the log. The same rule again changes nothing. */
export async function changeForgeryRule(
  db: Database,
  market: MarketCode,
  { signal, points, threshold, reason }: ForgeryRuleChange,
  doer: Doer,
): Promise<void> {
  const before = (await readForgeryRules(db, market))[signal]
  if (before.points === points && before.threshold === threshold) return
  const action = { partnerId: null, action: 'market.forgery_rule', subject: market }
  const said = (rule: ForgeryRule) => `${rule.points} / ${rule.threshold}`
  const detail = `${signal}: ${said(before)} → ${said({ points, threshold })} · ${reason}`
  await db.batch([
    db
      .prepare(
        `INSERT INTO forgery_rules (market, signal, points, threshold, changed_by, changed_at)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (market, signal)
         DO UPDATE SET points = excluded.points, threshold = excluded.threshold,
           changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
      )
      .bind(market, signal, points, threshold, doer.actorId, doer.at),
    recordIfChanged(db, { ...doer, ...action, detail }),
  ])
}
