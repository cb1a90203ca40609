import type { MarketCode } from '#schema/market'
import {
  FEED_REFUSALS_MAX,
  type SaleRefusal,
  type SalesFeed,
  type SalesOverview,
  type SalesResult,
} from '#schema/sale'
import type { Database, Statement } from '../members/database.ts'
import { wallMinuteAt } from '../receipts/journey.ts'
import { keyOf, type ReadSale, readSales, SALE_KEPT_DAYS, type Tills } from './read-sales.ts'
import type { Sold } from './sold.ts'

/** The feed of a retailer's sales, and what is known of it. */

export type FeedSource = { id: string; name: string; source: 'file' | 'key' }

type Batch = { dryRun: boolean; sales: readonly unknown[] }

/**
 * Takes a batch. A sale is known by its till and number: the same contents again change nothing,
 * other contents correct it until it has vouched for a receipt. The dry run writes nothing.
 */
export async function feedSales(
  db: Database,
  partnerId: string,
  { dryRun, sales: rows }: Batch,
  source: FeedSource,
  now: number,
): Promise<SalesResult> {
  const { sales, refused } = readSales(rows, await tillsOf(db, partnerId, rows), now)
  const known = await knownSales(db, partnerId, sales)
  const writes: ReadSale[] = []
  const result = { accepted: 0, corrected: 0, repeated: 0, refused }
  for (const sale of sales) {
    const before = known.get(keyOf(sale))
    if (before === undefined) result.accepted += 1
    else if (before.contents === contentsOf(sale)) {
      result.repeated += 1
      continue
    } else if (before.matchedAt !== null) {
      const { row, till, number } = sale
      refused.push({ row, till, number, path: '', code: 'already_matched' })
      continue
    } else result.corrected += 1
    writes.push(sale)
  }
  refused.sort((a, b) => a.row - b.row)
  if (dryRun) return result
  await db.batch([
    ...(writes.length > 0 ? [writeSales(db, partnerId, writes)] : []),
    noteFeed(db, partnerId, source, result, new Date(now).toISOString()),
  ])
  return result
}

/** What a repeated row is compared by. */
function contentsOf(sale: Omit<Sold, 'till' | 'number'>): string {
  const { time, totalMinor, currency, operation, fiscal, lines } = sale
  return JSON.stringify([time, totalMinor, currency, operation, fiscal, lines])
}

async function tillsOf(db: Database, partnerId: string, rows: readonly unknown[]): Promise<Tills> {
  const drives = rows.flatMap((row) => Object(Object(row).fiscal).fn ?? [])
  const [own, foreign, partner] = await db.batch<{ number: string }>([
    db
      .prepare(
        `SELECT registration AS number FROM tills JOIN stores ON stores.id = tills.store_id
         WHERE stores.partner_id = ?`,
      )
      .bind(partnerId),
    db
      .prepare(
        `SELECT fiscal_drive AS number FROM tills JOIN stores ON stores.id = tills.store_id
         WHERE stores.partner_id <> ?1
           AND fiscal_drive IN (SELECT value FROM json_each(?2))`,
      )
      .bind(partnerId, JSON.stringify(drives)),
    db.prepare('SELECT market AS number FROM partners WHERE id = ?').bind(partnerId),
  ])
  const numbers = (rows?: { number: string }[]) => new Set(rows?.map(({ number }) => number))
  const market = partner?.results[0]?.number as MarketCode | undefined
  if (market === undefined) throw new Error(`the partner ${partnerId} is gone`)
  return { market, own: numbers(own?.results), foreignDrives: numbers(foreign?.results) }
}

type StoredSale = Omit<Sold, 'fiscal' | 'lines'> & {
  fiscal: string | null
  lines: string
  matchedAt: string | null
}

type Known = { contents: string; matchedAt: string | null }

async function knownSales(
  db: Database,
  partnerId: string,
  sales: readonly ReadSale[],
): Promise<Map<string, Known>> {
  const keys = sales.map(({ till, number }) => ({ till, number }))
  const { results } = await db
    .prepare(
      `SELECT till, number, time, total_minor AS totalMinor, currency, operation, fiscal, lines,
         matched_at AS matchedAt
       FROM json_each(?2) AS wanted JOIN sales ON partner_id = ?1
         AND till = wanted.value ->> 'till' AND number = wanted.value ->> 'number'`,
    )
    .bind(partnerId, JSON.stringify(keys))
    .all<StoredSale>()
  return new Map(
    results.map(({ matchedAt, ...row }) => {
      const fiscal = row.fiscal === null ? null : JSON.parse(row.fiscal)
      const stored = { ...row, fiscal, lines: JSON.parse(row.lines) }
      return [keyOf(stored), { contents: contentsOf(stored), matchedAt }]
    }),
  )
}

/** One statement for all rows: a statement binds at most 100 values. */
function writeSales(db: Database, partnerId: string, sales: readonly ReadSale[]): Statement {
  return db
    .prepare(
      `INSERT INTO sales (partner_id, till, number, time, total_minor, currency, operation, fiscal,
         lines)
       SELECT ?1, value ->> 'till', value ->> 'number', value ->> 'time', value ->> 'totalMinor',
         value ->> 'currency', value ->> 'operation', value -> 'fiscal', value -> 'lines'
       FROM json_each(?2) WHERE true
       ON CONFLICT DO UPDATE SET time = excluded.time, total_minor = excluded.total_minor,
         currency = excluded.currency, operation = excluded.operation, fiscal = excluded.fiscal,
         lines = excluded.lines
       WHERE matched_at IS NULL`,
    )
    .bind(
      partnerId,
      JSON.stringify(
        sales.map(({ row, fiscal, ...sale }) => (fiscal ? { ...sale, fiscal } : sale)),
      ),
    )
}

function noteFeed(
  db: Database,
  partnerId: string,
  { id, name, source }: FeedSource,
  { accepted, corrected, repeated, refused }: SalesResult,
  at: string,
): Statement {
  const refusals = refused.map(({ row: _, ...refusal }) => refusal)
  return db
    .prepare(
      `INSERT INTO sales_feeds (partner_id, id, name, source, started_at, ended_at, accepted,
         corrected, repeated, refused, refusals)
       VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10)
       ON CONFLICT DO UPDATE SET ended_at = ?5, accepted = accepted + ?6,
         corrected = corrected + ?7, repeated = repeated + ?8, refused = refused + ?9,
         refusals = (SELECT json_group_array(json(value)) FROM (
           SELECT value FROM json_each(refusals) UNION ALL
           SELECT value FROM json_each(?10) LIMIT ${FEED_REFUSALS_MAX}))`,
    )
    .bind(
      ...[partnerId, id, name, source, at, accepted, corrected, repeated, refused.length],
      JSON.stringify(refusals),
    )
}

const FEEDS_SHOWN_MAX = 20

/** The last feeds, what is kept, and the latest sale of each store. */
export async function salesOverview(db: Database, partnerId: string): Promise<SalesOverview> {
  const [feeds, totals, stores] = await db.batch([
    db
      .prepare(
        `SELECT id, name, source, started_at AS startedAt, ended_at AS endedAt, accepted, corrected,
           repeated, refused, refusals
         FROM sales_feeds WHERE partner_id = ? ORDER BY ended_at DESC LIMIT ?`,
      )
      .bind(partnerId, FEEDS_SHOWN_MAX),
    db
      .prepare(
        `SELECT count(*) AS kept, count(matched_at) AS matched FROM sales
         WHERE partner_id = ? AND operation = 'sale'`,
      )
      .bind(partnerId),
    db
      .prepare(
        `SELECT stores.id AS storeId, stores.name, count(sales.number) AS kept,
           max(sales.time) AS lastSaleAt
         FROM stores LEFT JOIN tills ON tills.store_id = stores.id
         LEFT JOIN sales ON sales.partner_id = ?1 AND sales.till = tills.registration
         WHERE stores.partner_id = ?1 GROUP BY stores.id ORDER BY stores.created_at, stores.id`,
      )
      .bind(partnerId),
  ])
  type FeedRow = Omit<SalesFeed, 'refusals'> & { refusals: string }
  const [total] = (totals?.results ?? []) as Pick<SalesOverview, 'kept' | 'matched'>[]
  return {
    feeds: ((feeds?.results ?? []) as FeedRow[]).map((feed) => ({
      ...feed,
      refusals: JSON.parse(feed.refusals) as Omit<SaleRefusal, 'row'>[],
    })),
    kept: total?.kept ?? 0,
    matched: total?.matched ?? 0,
    stores: (stores?.results ?? []) as SalesOverview['stores'],
  }
}

/** Sales forgotten by one statement. */
const FORGET_MAX = 5_000
const ROUNDS_MAX = 1_000
const DAY_MS = 86_400_000

/** The night's part: sales too old for any receipt, and feeds that brought nothing younger. */
export async function forgetSales(db: Database, now: number): Promise<void> {
  const oldest = wallMinuteAt(now, -SALE_KEPT_DAYS * DAY_MS)
  const { results } = await db
    .prepare('SELECT DISTINCT partner_id AS id FROM sales_feeds')
    .all<{ id: string }>()
  for (const { id } of results) {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const { meta } = await db
        .prepare(
          `DELETE FROM sales WHERE (partner_id, till, number) IN (
             SELECT partner_id, till, number FROM sales
             WHERE partner_id = ?1 AND time < ?2 LIMIT ?3)`,
        )
        .bind(id, oldest, FORGET_MAX)
        .run()
      if (meta.changes === 0) break
    }
  }
  await db
    .prepare('DELETE FROM sales_feeds WHERE ended_at < ?')
    .bind(new Date(now - 2 * SALE_KEPT_DAYS * DAY_MS).toISOString())
    .run()
}
