import type { MarketCode } from '#schema/market'
import type { CatalogueChanges, CatalogueSource, PublishedProduct } from '../catalogue/published.ts'
import type { Alias } from '../matching/product-index.ts'
import type { Database } from '../members/database.ts'
import type { SnapshotRows, Stop } from './compile.ts'
import type { PublishedVersion } from './offers.d1.ts'

/** Reads what a snapshot is compiled from. */

/** The numbers in force, and how many changes they contain. */
type MarketRow = {
  version: number
  productsVersion: number
  changes: number
  compiledChanges: number
  productChanges: number
  compiledProductChanges: number
}

const MARKET = `SELECT version, products_version AS productsVersion, changes,
  compiled_changes AS compiledChanges, product_changes AS productChanges,
  compiled_product_changes AS compiledProductChanges FROM markets WHERE code = ?`

export async function readMarket(db: Database, market: MarketCode): Promise<MarketRow> {
  const row = await db.prepare(MARKET).bind(market).first<MarketRow>()
  if (row === null) throw new Error(`the market ${market} is not in the database`)
  return row
}

/** Markets whose snapshot lacks a change. */
export async function staleMarkets(db: Database): Promise<MarketCode[]> {
  const { results } = await db
    .prepare(
      `SELECT code FROM markets
       WHERE changes <> compiled_changes OR product_changes <> compiled_product_changes`,
    )
    .all<{ code: MarketCode }>()
  return results.map(({ code }) => code)
}

const VERSIONS = `SELECT content, stopped_at AS stoppedAt, suspended_at AS suspendedAt,
    offers.stops AS pauses, partners.stops AS suspensions
  FROM offer_versions JOIN offers ON offers.id = offer_id
  JOIN partners ON partners.id = offers.partner_id
  WHERE partners.market = ? AND settled_at IS NULL ORDER BY offer_id, offer_versions.version`

const RETAILERS = `SELECT id, name, tax_number AS taxNumber FROM partners
  WHERE market = ? AND state = 'active' AND kind IN ('retailer', 'both') ORDER BY id`

const STORES = `SELECT stores.id, partner_id AS partnerId, stores.name,
    -- People often write the city into the address too.
    CASE WHEN instr(address, city) > 0 THEN address ELSE city || ', ' || address END AS address
  FROM stores JOIN partners ON partners.id = partner_id
  WHERE market = ? AND state = 'active' ORDER BY stores.id`

const TILLS = `SELECT store_id AS storeId, registration, fiscalDrive FROM (
    SELECT store_id, registration, coalesce(fiscal_drive, '') AS fiscalDrive FROM tills
    UNION ALL SELECT store_id, '', fiscal_drive FROM store_drives
  ) JOIN stores ON stores.id = store_id JOIN partners ON partners.id = partner_id
  WHERE market = ? ORDER BY 1, 2, 3`

const IN_MARKET = 'partner_id IN (SELECT id FROM partners WHERE market = ?1)'

/** The product that stands for all with the GTIN of `products`, itself when it has none. */
const MAIN = `coalesce((
    SELECT other.id FROM products AS other JOIN partners AS owner ON owner.id = other.partner_id
    WHERE products.gtin_canonical <> '' AND other.gtin_canonical <> ''
      AND other.gtin_canonical = products.gtin_canonical
      AND owner.market = ?1
    ORDER BY other.archived, owner.kind = 'retailer', other.created_at, other.id LIMIT 1
  ), products.id)`

/** Of the products that offers name one by one, those for which another one stands. */
const TARGET_TWINS = `WITH named AS (
    SELECT value AS id FROM offer_versions JOIN offers ON offers.id = offer_id
    JOIN partners ON partners.id = offers.partner_id,
      json_each(content, '$.rule.target.args.productIds')
    WHERE partners.market = ?1 AND settled_at IS NULL
  )
  SELECT id, ${MAIN} AS main FROM products
  WHERE id IN (SELECT id FROM named) AND ${IN_MARKET} AND main <> id`

const TARGET_PRODUCTS = `SELECT id, name FROM products
  WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`

type VersionRow = {
  content: string
  stoppedAt: string | null
  suspendedAt: string | null
  /** JSON arrays of `Stop`. */
  pauses: string
  suspensions: string
}

/** Everything but the catalogue, as of one moment: the reads are one transaction. */
export async function readSnapshotRows(
  db: Database,
  market: MarketCode,
): Promise<{ state: MarketRow; rows: SnapshotRows }> {
  const [states, versions, retailers, stores, tills, twins] = await db.batch<unknown>([
    db.prepare(MARKET).bind(market),
    db.prepare(VERSIONS).bind(market),
    db.prepare(RETAILERS).bind(market),
    db.prepare(STORES).bind(market),
    db.prepare(TILLS).bind(market),
    db.prepare(TARGET_TWINS).bind(market),
  ])
  const mains = new Map(rowsOf<Twin>(twins).map(({ id, main }) => [id, main]))
  const parsed = rowsOf<VersionRow>(versions).map(({ content, pauses, suspensions, ...row }) => ({
    ...row,
    stops: [...(JSON.parse(pauses) as Stop[]), ...(JSON.parse(suspensions) as Stop[])],
    version: withTwins(JSON.parse(content) as PublishedVersion, mains),
  }))
  const [state] = rowsOf<MarketRow>(states)
  if (state === undefined) throw new Error(`the market ${market} is not in the database`)
  const names = await db
    .prepare(TARGET_PRODUCTS)
    .bind(JSON.stringify(parsed.flatMap(({ version }) => productIds(version))))
    .all<{ id: string; name: string }>()
  return {
    state,
    rows: {
      market,
      versions: parsed,
      retailers: rowsOf(retailers),
      stores: rowsOf(stores),
      tills: rowsOf(tills),
      targetProducts: names.results,
    },
  }
}

function rowsOf<Row>(result: { results: unknown[] } | undefined): Row[] {
  return (result?.results ?? []) as Row[]
}

type Twin = { id: string; main: string }

function productIds({ rule }: Pick<PublishedVersion, 'rule'>): string[] {
  return rule.target.code === 'products' ? rule.target.args.productIds : []
}

/**
 * An offer on a product is on every product with the same GTIN: receipt lines lead to one of them
 * only.
 */
function withTwins(
  version: PublishedVersion,
  mains: ReadonlyMap<string, string>,
): PublishedVersion {
  const { rule } = version
  if (rule.target.code !== 'products') return version
  const ids = rule.target.args.productIds.flatMap((id) => [id, mains.get(id) ?? id])
  const target = { code: 'products' as const, args: { productIds: [...new Set(ids)] } }
  return { ...version, rule: { ...rule, target } }
}

/** An invocation may put a thousand statements to D1: enough for two million products. */
const PRODUCTS_PER_READ = 2_000

/** The plus keeps SQLite from reading all products of a partner and sorting them, for each page. */
const PRODUCTS = `SELECT id, name, gtin_canonical AS gtin, brand, category, size, unit FROM products
  WHERE id > ?2 AND +${IN_MARKET} AND ${MAIN} = id ORDER BY id LIMIT ?3`

/**
 * The whole catalogue, archived products included, because running offers go on recognising them.
 * Of products with one GTIN only the main one is there: the same pack must not stand in the index
 * twice.
 */
export async function readProducts(
  db: Database,
  market: MarketCode,
  changes: number,
): Promise<CatalogueSource> {
  return {
    changes,
    aliases: await readAliases(db, market),
    pages: productPages(db, market),
  }
}

async function* productPages(
  db: Database,
  market: MarketCode,
): AsyncGenerator<readonly PublishedProduct[]> {
  for (let last = ''; ; ) {
    const { results } = await db
      .prepare(PRODUCTS)
      .bind(market, last, PRODUCTS_PER_READ)
      .all<PublishedProduct>()
    yield results
    last = results.at(-1)?.id ?? ''
    if (results.length < PRODUCTS_PER_READ) return
  }
}

/** With more edits than this a new base is made; an edit is read anew with each version until then. */
const EDITS_MAX = 2_000

const TOUCHED = `WITH edited AS (
    SELECT product_id AS id FROM product_edits WHERE market = ?1 AND change > ?2 LIMIT ?3
  )
  SELECT id FROM edited
  UNION SELECT other.id FROM edited JOIN products ON products.id = edited.id
    JOIN products AS other ON other.gtin_canonical = products.gtin_canonical
  WHERE other.gtin_canonical <> '' AND other.${IN_MARKET} ORDER BY 1`

const CHANGED_PRODUCTS = `SELECT id, name, gtin_canonical AS gtin, brand, category, size, unit
  FROM products WHERE id IN (SELECT value FROM json_each(?2)) AND ${IN_MARKET} AND ${MAIN} = id
  ORDER BY id`

/** No statement reads more aliases: people go on adding them, and a statement's time is limited. */
const ALIASES_PER_READ = 5_000

const ALIASES = `SELECT retailer_id AS retailer, line_key AS key, line, ${MAIN} AS productId
  FROM product_aliases JOIN products ON products.id = product_id
  WHERE (retailer_id, line_key) > (?2, ?3) AND ${IN_MARKET}
  ORDER BY retailer_id, line_key LIMIT ?4`

type AliasRow = { retailer: string; key: string; line: string; productId: string }

/** All aliases of a market, each of the product that stands for all with its GTIN. */
async function readAliases(db: Database, market: MarketCode): Promise<readonly Alias[]> {
  const aliases: Alias[] = []
  for (let last = ['', '']; ; ) {
    const { results } = await db
      .prepare(ALIASES)
      .bind(market, ...last, ALIASES_PER_READ)
      .all<AliasRow>()
    for (const { retailer, line, productId } of results) {
      aliases.push({ retailerId: retailer || null, line, productId })
    }
    const end = results.at(-1)
    if (end === undefined || results.length < ALIASES_PER_READ) return aliases
    last = [end.retailer, end.key]
  }
}

/** What has been edited since the catalogue had so many changes; null when it is too much. */
export async function readProductChanges(
  db: Database,
  market: MarketCode,
  since: number,
): Promise<CatalogueChanges | null> {
  const edited = await db
    .prepare(TOUCHED)
    .bind(market, since, EDITS_MAX + 1)
    .all<{ id: string }>()
  const touched = edited.results.map(({ id }) => id)
  if (touched.length > EDITS_MAX) return null
  const products = await db
    .prepare(CHANGED_PRODUCTS)
    .bind(market, JSON.stringify(touched))
    .all<PublishedProduct>()
  const aliases = await readAliases(db, market)
  return { touched, products: products.results, aliases }
}

const FORGOTTEN_AT_ONCE = 20_000

/** Forgets edits that a base contains. */
export async function forgetProductEdits(
  db: Database,
  market: MarketCode,
  until: number,
): Promise<void> {
  for (let removed = FORGOTTEN_AT_ONCE; removed === FORGOTTEN_AT_ONCE; ) {
    const { meta } = await db
      .prepare(
        `DELETE FROM product_edits WHERE market = ?1 AND product_id IN (
           SELECT product_id FROM product_edits WHERE market = ?1 AND change <= ?2 LIMIT ?3)`,
      )
      .bind(market, until, FORGOTTEN_AT_ONCE)
      .run()
    removed = meta.changes
  }
}

/** Moves a version on by one; false when somebody else has done so meanwhile. */
export async function advanceVersion(
  db: Database,
  market: MarketCode,
  from: number,
  compiledChanges: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE markets SET version = version + 1, compiled_changes = ?3
       WHERE code = ?1 AND version = ?2`,
    )
    .bind(market, from, compiledChanges)
    .run()
  return meta.changes > 0
}

/** The same for the catalogue; the snapshot names its version, so that it has changed as well. */
export async function advanceProducts(
  db: Database,
  market: MarketCode,
  from: number,
  compiledChanges: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE markets SET products_version = products_version + 1,
         compiled_product_changes = ?3, changes = changes + 1
       WHERE code = ?1 AND products_version = ?2`,
    )
    .bind(market, from, compiledChanges)
    .run()
  return meta.changes > 0
}
