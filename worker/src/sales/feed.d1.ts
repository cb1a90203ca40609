import type { MarketCode } from '#schema/market'
import {
  FEED_REFUSALS_MAX,
  type ReturnOutcome,
  type SaleRefusal,
  type SalesFeed,
  type SalesOverview,
  type SalesResult,
} from '#schema/sale'
import type { Database, Statement } from '../members/database.ts'
import { wallMinuteAt } from '../receipts/journey.ts'
import {
  keyOf,
  namedBy,
  type ReadSale,
  readSales,
  SALE_KEPT_DAYS,
  type Tills,
} from './read-sales.ts'
import type { Sold } from './sold.ts'
import { tieReturn } from './tie-returns.ts'

/** The feed of a retailer's sales, and what is known of it. */

export type FeedSource = { id: string; name: string; source: 'file' | 'key' }

type Batch = { dryRun: boolean; sales: readonly unknown[] }

/**
 * Takes a batch. A sale is known by its till and number: the same contents again change nothing,
 * other contents correct it until it has vouched for a receipt, or was taken off one as a return.
 * The dry run writes nothing.
 */
export async function feedSales(
  db: Database,
  partnerId: string,
  { dryRun, sales: rows }: Batch,
  source: FeedSource,
  now: number,
): Promise<SalesResult> {
  const tills = await tillsOf(db, partnerId, rows)
  const { sales, refused } = readSales(rows, tills, now)
  const known = { market: tills.market, sales: await knownSales(db, partnerId, sales) }
  const writes: ReadSale[] = []
  const result: SalesResult = { accepted: 0, corrected: 0, repeated: 0, refused, returns: [] }
  for (const sale of sales) {
    const { row, till, number } = sale
    const before = known.sales.get(keyOf(sale))
    const isRepeated = before !== undefined && contentsOf(before) === contentsOf(sale)
    const code = isRepeated ? null : refusalAmong(sale, before, known)
    if (code !== null) {
      refused.push({ row, till, number, path: '', code })
      continue
    }
    if (sale.operation === 'return') {
      result.returns.push({ row, till, number, outcome: outcomeAmong(sale, known) })
    }
    if (isRepeated) {
      result.repeated += 1
      continue
    }
    if (before === undefined) result.accepted += 1
    else result.corrected += 1
    known.sales.set(keyOf(sale), { ...sale, matchedAt: null })
    writes.push(sale)
  }
  refused.sort((a, b) => a.row - b.row)
  if (dryRun) return result
  const at = new Date(now).toISOString()
  await db.batch([
    ...(writes.length > 0
      ? [writeSales(db, partnerId, writes), markToTell(db, partnerId, writes, at)]
      : []),
    noteFeed(db, partnerId, source, result, at),
  ])
  return result
}

type KnownSales = { readonly market: MarketCode; readonly sales: Map<string, Known> }

/** What stands against a row among what is known; each row of the batch is known to the next. */
function refusalAmong(
  sale: ReadSale,
  before: Known | undefined,
  known: KnownSales,
): SaleRefusal['code'] | null {
  if (before && before.matchedAt !== null) return 'already_matched'
  const tie = sale.operation === 'return' ? tieAmong(sale, known) : null
  return tie && 'code' in tie ? tie.code : null
}

/** Of a return that was taken: one that was fed before its sale may not fit it, and waits on. */
function outcomeAmong(sale: ReadSale, known: KnownSales): ReturnOutcome['outcome'] {
  const tie = tieAmong(sale, known)
  return 'outcome' in tie ? tie.outcome : 'waits'
}

function tieAmong(sale: ReadSale, { market, sales }: KnownSales) {
  const named = namedBy(sale)
  if (named === null) return tieReturn(market, sale, null, [])
  const key = keyOf(named)
  const others = [...sales.values()].filter((other) => {
    const its = namedBy(other)
    return its !== null && keyOf(its) === key
  })
  return tieReturn(market, sale, sales.get(key) ?? null, others)
}

/** What a repeated row is compared by. */
function contentsOf({ till, ...sale }: Sold): string {
  const { time, totalMinor, currency, operation, fiscal, lines } = sale
  const named = [sale.saleNumber === null ? null : (sale.saleTill ?? till), sale.saleNumber]
  return JSON.stringify([time, totalMinor, currency, operation, fiscal, lines, ...named])
}

async function tillsOf(db: Database, partnerId: string, rows: readonly unknown[]): Promise<Tills> {
  const drives = rows.flatMap((row) => Object(Object(row).fiscal).fn ?? [])
  const [own, foreign, partner] = await db.batch<{ number: string; taxNumber?: string }>([
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
    db
      .prepare('SELECT market AS number, tax_number AS taxNumber FROM partners WHERE id = ?')
      .bind(partnerId),
  ])
  const numbers = (rows?: { number: string }[]) => new Set(rows?.map(({ number }) => number))
  const { number: market, taxNumber } = partner?.results[0] ?? {}
  if (!market || !taxNumber) throw new Error(`the partner ${partnerId} is gone`)
  return {
    market: market as MarketCode,
    taxNumber,
    own: numbers(own?.results),
    foreignDrives: numbers(foreign?.results),
  }
}

type StoredSale = Omit<Sold, 'fiscal' | 'lines'> & {
  fiscal: string | null
  lines: string
  matchedAt: string | null
}

type Known = Sold & { readonly matchedAt: string | null }

/** The rows' former selves, the sales that they name, and all returns that name those. */
async function knownSales(
  db: Database,
  partnerId: string,
  sales: readonly ReadSale[],
): Promise<KnownSales['sales']> {
  const keys = (of: readonly { till: string; number: string }[]) =>
    JSON.stringify(of.map(({ till, number }) => ({ till, number })))
  const named = sales.flatMap((sale) => namedBy(sale) ?? [])
  const columns = `till, number, time, total_minor AS totalMinor, currency, operation, fiscal,
    lines, sale_till AS saleTill, sale_number AS saleNumber, matched_at AS matchedAt`
  const answers = await db.batch<StoredSale>([
    db
      .prepare(
        `SELECT ${columns} FROM json_each(?2) AS wanted CROSS JOIN sales ON partner_id = ?1
           AND till = wanted.value ->> 'till' AND number = wanted.value ->> 'number'`,
      )
      .bind(partnerId, keys([...sales, ...named])),
    db
      .prepare(
        `SELECT ${columns} FROM json_each(?2) AS wanted CROSS JOIN sales ON partner_id = ?1
           AND sale_till = wanted.value ->> 'till' AND sale_number = wanted.value ->> 'number'`,
      )
      .bind(partnerId, keys(named)),
  ])
  return new Map(
    answers
      .flatMap(({ results }) => results)
      .map((row) => {
        const fiscal = row.fiscal === null ? null : JSON.parse(row.fiscal)
        const stored: Known = { ...row, fiscal, lines: JSON.parse(row.lines) }
        return [keyOf(stored), stored]
      }),
  )
}

/** One statement for all rows: a statement binds at most 100 values. */
function writeSales(db: Database, partnerId: string, sales: readonly ReadSale[]): Statement {
  return db
    .prepare(
      `INSERT INTO sales (partner_id, till, number, time, total_minor, currency, operation, fiscal,
         lines, sale_till, sale_number)
       SELECT ?1, value ->> 'till', value ->> 'number', value ->> 'time', value ->> 'totalMinor',
         value ->> 'currency', value ->> 'operation', value -> 'fiscal', value -> 'lines',
         value ->> 'saleTill', value ->> 'saleNumber'
       FROM json_each(?2) WHERE true
       ON CONFLICT DO UPDATE SET time = excluded.time, total_minor = excluded.total_minor,
         currency = excluded.currency, operation = excluded.operation, fiscal = excluded.fiscal,
         lines = excluded.lines, sale_till = excluded.sale_till,
         sale_number = excluded.sale_number
       WHERE matched_at IS NULL`,
    )
    .bind(
      partnerId,
      JSON.stringify(
        sales.map((sale) => {
          const { row, fiscal, ...written } = { ...sale, saleTill: namedBy(sale)?.till ?? null }
          return fiscal ? { ...written, fiscal } : written
        }),
      ),
    )
}

/** Returns that name a sale, of which one or the other has just come, when both are here. */
function markToTell(
  db: Database,
  partnerId: string,
  written: readonly ReadSale[],
  at: string,
): Statement {
  return db
    .prepare(
      `UPDATE sales SET to_tell_at = ?3
       WHERE partner_id = ?1 AND matched_at IS NULL AND (till, number) IN (
         SELECT returned.till, returned.number
         FROM json_each(?2) AS wanted CROSS JOIN sales AS returned ON returned.partner_id = ?1
           AND returned.sale_till = wanted.value ->> 'till'
           AND returned.sale_number = wanted.value ->> 'number'
         WHERE EXISTS (SELECT 1 FROM sales AS sold WHERE sold.partner_id = ?1
           AND sold.till = returned.sale_till AND sold.number = returned.sale_number
           AND sold.operation = 'sale'))`,
    )
    .bind(
      partnerId,
      JSON.stringify(
        written.map((sale) => {
          const { till, number } = namedBy(sale) ?? sale
          return { till, number }
        }),
      ),
      at,
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
        `SELECT count(*) FILTER (WHERE operation = 'sale') AS kept,
           count(matched_at) FILTER (WHERE operation = 'sale') AS matched,
           count(*) FILTER (WHERE operation = 'return') AS returns,
           count(*) FILTER (WHERE operation = 'return' AND sale_number IS NULL) AS returnsUnnamed,
           count(*) FILTER (WHERE to_tell_at IS NOT NULL
             OR operation = 'return' AND matched_at IS NOT NULL) AS returnsTied
         FROM sales WHERE partner_id = ?`,
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
  const [total] = (totals?.results ?? []) as Omit<SalesOverview, 'feeds' | 'stores'>[]
  return {
    feeds: ((feeds?.results ?? []) as FeedRow[]).map((feed) => ({
      ...feed,
      refusals: JSON.parse(feed.refusals) as Omit<SaleRefusal, 'row'>[],
    })),
    kept: total?.kept ?? 0,
    matched: total?.matched ?? 0,
    returns: total?.returns ?? 0,
    returnsTied: total?.returnsTied ?? 0,
    returnsUnnamed: total?.returnsUnnamed ?? 0,
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
