import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferDay, Redemption } from '#schema/offer'
import type { Page } from '#schema/page'
import type { PartnerFunds } from '#schema/partner'
import { VerdictAction, VerdictRule, VerdictValue } from '#schema/verdict'
import { type PageStart, pageOfRows } from '../http/page.ts'
import type { Database } from '../members/database.ts'
import { findOffer, type OfferPlace } from '../offers/offers.d1.ts'
import { addDays, dayOf, wallMinuteIn } from '../offers/wall.ts'
import { marketOfPartner } from '../partners/market.d1.ts'
import type { PartnerMoney } from '../partners/money.ts'

/** What partners read about their offers. */

type RedemptionRow = {
  sequence: number
  id: string
  at: string
  offer_id: string
  store_name: string | null
  line_name: string
  sum_minor: number
  reward_minor: number
  fee_minor: number
  rule: string
  limited_by: string | null
  seen: string | null
  needed: string | null
  action: string
  hold_days: number
}

function redemptionOf(row: RedemptionRow): Redemption {
  return {
    id: row.id,
    at: row.at,
    offerId: row.offer_id,
    storeName: row.store_name,
    lineName: row.line_name,
    sumMinor: minor(row.sum_minor),
    rewardMinor: minor(row.reward_minor),
    feeMinor: minor(row.fee_minor),
    rule: VerdictRule.parse(row.rule),
    limitedBy: row.limited_by === null ? null : VerdictRule.parse(row.limited_by),
    seen: valueIn(row.seen),
    needed: valueIn(row.needed),
    action: VerdictAction.parse(row.action),
    holdDays: row.hold_days,
  }
}

const valueIn = (json: string | null): VerdictValue | null =>
  json === null ? null : VerdictValue.parse(JSON.parse(json))

/** Verdicts of an offer as they arrive, the newest first. Refuses with `not_found`. */
export async function listRedemptions(
  db: Database,
  place: OfferPlace,
  start: PageStart,
): Promise<Page<Redemption>> {
  await findOffer(db, place)
  const { results } = await db
    .prepare(
      `SELECT sequence, id, at, offer_id, store_name, line_name, sum_minor, reward_minor,
         fee_minor, rule, limited_by, seen, needed, action, hold_days
       FROM redemptions WHERE offer_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    )
    .bind(place.offerId, start.after?.[0] ?? Number.MAX_SAFE_INTEGER, start.limit + 1)
    .all<RedemptionRow>()
  return pageOfRows(results, start.limit, (row) => [row.sequence], redemptionOf)
}

type DayRow = {
  day: string
  redemptions: number
  refusals: number
  reward_minor: number
  fee_minor: number
  reserved_minor: number
}

function dayRowOf(row: DayRow): OfferDay {
  return {
    day: row.day,
    redemptions: row.redemptions,
    refusals: row.refusals,
    rewardMinor: minor(row.reward_minor),
    feeMinor: minor(row.fee_minor),
    reservedMinor: minor(row.reserved_minor),
  }
}

const SUMS = `day, sum(redemptions) AS redemptions, sum(refusals) AS refusals,
  sum(reward_minor) AS reward_minor, sum(fee_minor) AS fee_minor,
  sum(reserved_minor) AS reserved_minor`

/** The calendar day at an instant in a partner's market. */
async function marketDay(db: Database, partnerId: string, nowMs: number): Promise<string> {
  const { timeZone } = MARKETS[await marketOfPartner(db, partnerId)]
  return dayOf(wallMinuteIn(new Date(nowMs).toISOString(), timeZone))
}

/** Every one of the last `count` days, empty ones too, in calendar order; the last is today. */
function fillDays(rows: readonly DayRow[], today: string, count: number): OfferDay[] {
  const known = new Map(rows.map((row) => [row.day, row]))
  return Array.from({ length: count }, (_, at) => {
    const day = addDays(today, at - count + 1)
    const row = known.get(day) ?? {
      day,
      redemptions: 0,
      refusals: 0,
      reward_minor: 0,
      fee_minor: 0,
      reserved_minor: 0,
    }
    return dayRowOf(row)
  })
}

/** Refuses with `not_found`. */
export async function listOfferDays(
  db: Database,
  place: OfferPlace,
  count: number,
  nowMs: number,
): Promise<OfferDay[]> {
  await findOffer(db, place)
  const today = await marketDay(db, place.partnerId, nowMs)
  const { results } = await db
    .prepare(
      `SELECT ${SUMS} FROM offer_days WHERE offer_id = ? AND day > ? AND day <= ? GROUP BY day`,
    )
    .bind(place.offerId, addDays(today, -count), today)
    .all<DayRow>()
  return fillDays(results, today, count)
}

/**
 * A partner's money: the books know what is free and what offers took, the reports what was spent
 * of it.
 */
export async function partnerFunds(
  ports: { db: Database; money: PartnerMoney },
  partnerId: string,
): Promise<PartnerFunds> {
  const { fundsMinor, committedMinor } = await ports.money.balance(partnerId)
  const row = await ports.db
    .prepare(
      `SELECT coalesce(sum(reward_minor + fee_minor), 0) AS spent FROM offer_totals
       WHERE partner_id = ?`,
    )
    .bind(partnerId)
    .first<{ spent: number }>()
  const spent = row?.spent ?? 0
  return {
    fundsMinor: minor(fundsMinor),
    committedMinor: minor(Math.max(0, committedMinor - spent)),
    spentMinor: minor(spent),
  }
}

type PartnerOverview = {
  funds: PartnerFunds
  offers: { live: number; drafts: number; paused: number }
  daysLeft: number | null
  today: OfferDay
}

/** Days that the pace of spending is averaged over. */
const PACE_DAYS = 7

/**
 * What a partner looks at first. `daysLeft`: how long the money lasts at the pace of the last week.
 */
export async function partnerOverview(
  ports: { db: Database; money: PartnerMoney },
  partnerId: string,
  nowMs: number,
): Promise<PartnerOverview> {
  const today = await marketDay(ports.db, partnerId, nowMs)
  const [states, days] = await ports.db.batch<unknown>([
    ports.db
      .prepare('SELECT state, count(*) AS count FROM offers WHERE partner_id = ? GROUP BY state')
      .bind(partnerId),
    ports.db
      .prepare(
        `SELECT ${SUMS} FROM offer_days WHERE partner_id = ? AND day > ? AND day <= ? GROUP BY day`,
      )
      .bind(partnerId, addDays(today, -PACE_DAYS), today),
  ])
  const counts = new Map(
    ((states?.results ?? []) as { state: string; count: number }[]).map((row) => [
      row.state,
      row.count,
    ]),
  )
  const week = fillDays((days?.results ?? []) as DayRow[], today, PACE_DAYS)
  const funds = await partnerFunds(ports, partnerId)
  const weekMinor = week.reduce((sum, day) => sum + day.rewardMinor + day.feeMinor, 0)
  const leftMinor = funds.fundsMinor + funds.committedMinor
  const [last] = week.slice(-1)
  if (last === undefined) throw new Error('a week has no last day')
  return {
    funds,
    offers: {
      live: counts.get('published') ?? 0,
      drafts: counts.get('draft') ?? 0,
      paused: counts.get('paused') ?? 0,
    },
    daysLeft: weekMinor === 0 ? null : Math.floor((leftMinor * PACE_DAYS) / weekMinor),
    today: last,
  }
}
