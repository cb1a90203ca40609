import { ruFingerprint } from '#fiscal/ru'
import { MARKETS, type MarketCode } from '#schema/market'
import type { FiscalDocument } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { SaleQuestion } from '../cells/cell-told-returns.ts'
import type { Database, Statement } from '../members/database.ts'
import { paperIdentity } from '../receipts/paper-identity.ts'
import { fedIdentity, isOfShop, minutesOfSale } from '../receipts/returned.ts'
import { documentOf } from './sale-receipt.ts'
import type { Sold } from './sold.ts'

/** Returns that retailers have fed, and the sales that they name (decision 0016). */

type ReturnRow = {
  partnerId: string
  market: MarketCode
  taxNumber: string
  legalName: string
  till: string
  number: string
  time: string
  totalMinor: FiscalDocument['totalMinor']
  fiscal: string | null
  lines: string
  toTellAt: string | null
  saleTill: string
  saleNumber: string
  saleTime: string
  saleTotalMinor: FiscalDocument['totalMinor']
  saleFiscal: string | null
}

const COLUMNS = `returned.partner_id AS partnerId, partners.market,
  partners.tax_number AS taxNumber, partners.legal_name AS legalName,
  returned.till, returned.number, returned.time,
  returned.total_minor AS totalMinor, returned.fiscal, returned.lines,
  returned.to_tell_at AS toTellAt, sold.till AS saleTill, sold.number AS saleNumber,
  sold.time AS saleTime, sold.total_minor AS saleTotalMinor, sold.fiscal AS saleFiscal`

/**
 * The sale that a return names, and the return of a sale. Joined in the order that is written. The
 * planner knows no sizes and would read all that a retailer has sold: indexes are named.
 */
const ITS_SALE = `sold.partner_id = returned.partner_id AND sold.till = returned.sale_till
  AND sold.number = returned.sale_number AND sold.operation = 'sale'`
const ITS_RETURN = `sales AS returned INDEXED BY sales_returned ON ${ITS_SALE}
  AND returned.sale_number IS NOT NULL AND returned.operation = 'return'`
const OF_PARTNER = `partners.market = ?1 AND partners.tax_number = ?2
  AND partners.state IN ('active', 'suspended')`

/** Written by the feed; not outside input. */
const numbersOf = (fiscal: string | null): Sold['fiscal'] =>
  fiscal === null ? null : JSON.parse(fiscal)

const identityOf = (fiscal: NonNullable<Sold['fiscal']>) =>
  'identity' in fiscal
    ? fiscal.identity
    : ruFingerprint({ fn: fiscal.fn, i: fiscal.fd, fp: fiscal.fp })

/** By the numbers that its till printed, else by the shop's own. */
const returnIdentity = ({ partnerId, till, number, fiscal }: ReturnRow) => {
  const numbers = numbersOf(fiscal)
  return numbers ? identityOf(numbers) : fedIdentity(partnerId, till, number)
}

/** Written by the feed from a `SaleDraft`; not outside input. */
function returnDocument({ fiscal, lines, legalName, ...row }: ReturnRow): FiscalDocument {
  const written = { ...row, operation: 'return', fiscal: numbersOf(fiscal) } as const
  const seller = { name: legalName, store: null, address: null }
  return documentOf({ ...written, lines: JSON.parse(lines) }, seller)
}

function questionOf(row: ReturnRow, receiptIds: readonly string[]): SaleQuestion {
  const { taxNumber, saleTill: till, saleTime: time, saleTotalMinor: totalMinor } = row
  const numbers = numbersOf(row.saleFiscal)
  return {
    fingerprint: returnIdentity(row),
    fingerprints: [
      numbers ? identityOf(numbers) : paperIdentity({ taxNumber, minute: time, totalMinor }),
    ],
    receiptIds,
    sale: { taxNumber, till, time, totalMinor },
    document: returnDocument(row),
  }
}

/** Each return with what its sale may be found by among receipts. */
async function toldReturns(db: Database, rows: readonly ReturnRow[]): Promise<SaleQuestion[]> {
  const seen = await seenBeside(db, rows)
  return rows.map((row, index) => questionOf(row, seen.get(index) ?? []))
}

/**
 * Receipts of the same minute and total: a sale without fiscal numbers is among them, if at all.
 * Nobody guesses when its till has sold the same total twice in the minute.
 */
async function seenBeside(
  db: Database,
  rows: readonly ReturnRow[],
): Promise<ReadonlyMap<number, string[]>> {
  const wanted = rows.flatMap(
    ({ partnerId, market, saleTill, saleTime, saleTotalMinor, saleFiscal }, at) =>
      saleFiscal === null
        ? [{ at, partnerId, market, till: saleTill, time: saleTime, saleTotalMinor }]
        : [],
  )
  const seen = new Map<number, string[]>()
  if (wanted.length === 0) return seen
  const { results } = await db
    .prepare(
      `SELECT wanted.value ->> 'at' AS at, receipt_id AS id
       FROM json_each(?1) AS wanted CROSS JOIN seen_receipts
         ON market = wanted.value ->> 'market'
         AND time = wanted.value ->> 'time' AND total_minor = wanted.value ->> 'saleTotalMinor'
       WHERE (SELECT count(*) FROM sales WHERE partner_id = wanted.value ->> 'partnerId'
         AND sales.time = wanted.value ->> 'time' AND operation = 'sale'
         AND sales.total_minor = wanted.value ->> 'saleTotalMinor'
         AND sales.till = wanted.value ->> 'till') = 1 LIMIT ${SEEN_MAX}`,
    )
    .bind(JSON.stringify(wanted))
    .all<{ at: number; id: string }>()
  for (const { at, id } of results) seen.set(at, [...(seen.get(at) ?? []), id])
  return seen
}

const SEEN_MAX = 5_000
/** Returns of one purchase; a few at most. */
const ALIKE_MAX = 50

/** What of a verified receipt its shop's feed is looked through by. */
export type Vouched = {
  readonly market: MarketCode
  readonly document: FiscalDocument
  /** Its fiscal identity. */
  readonly fingerprint: string | null
  /** The sale that vouched for it. */
  readonly sale: SaleKey | null
}

/** What a shop has told of goods of this receipt that came back, before anybody brought it. */
export async function returnsOf(db: Database, vouched: Vouched): Promise<SaleQuestion[]> {
  const { sellerTaxNumber, time, totalMinor } = vouched.document
  if (vouched.sale) return returnsOfSale(db, vouched.sale)
  // A code that is signed on the spot may name no seller: it is known by its identity.
  const answers = await db.batch<ReturnRow>([
    db
      .prepare(
        `SELECT ${COLUMNS} FROM partners
         CROSS JOIN sales AS sold INDEXED BY sales_by_purchase
           ON sold.partner_id = partners.id AND sold.time = ?3 AND sold.total_minor = ?4
           AND sold.fiscal ->> 'identity' IS NULL
         CROSS JOIN ${ITS_RETURN}
         WHERE ${OF_PARTNER}
           AND (sold.fiscal IS NOT NULL OR (SELECT count(*) FROM sales AS twins
             WHERE twins.partner_id = sold.partner_id AND twins.time = sold.time
               AND twins.total_minor = sold.total_minor AND twins.till = sold.till
               AND twins.operation = 'sale') = 1)
         LIMIT ${ALIKE_MAX}`,
      )
      .bind(vouched.market, sellerTaxNumber?.trim() ?? '', time, totalMinor),
    db
      .prepare(
        `SELECT ${COLUMNS} FROM sales AS sold
         CROSS JOIN ${ITS_RETURN}
         CROSS JOIN partners ON partners.id = sold.partner_id
         WHERE sold.fiscal ->> 'identity' = ?1 AND sold.fiscal ->> 'identity' IS NOT NULL
           AND partners.state IN ('active', 'suspended')
         LIMIT ${ALIKE_MAX}`,
      )
      .bind(vouched.fingerprint ?? ''),
  ])
  const found = answers.flatMap(({ results }) => results)
  const own = found.filter((row) => isSoldAs(row, vouched))
  return own.map((row) => questionOf(row, []))
}

/** Of the sale that vouched for the receipt: whatever both are called, it is that one. */
async function returnsOfSale(db: Database, sale: SaleKey): Promise<SaleQuestion[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM sales AS sold
       CROSS JOIN sales AS returned ON ${ITS_SALE} AND returned.operation = 'return'
       CROSS JOIN partners ON partners.id = sold.partner_id
       WHERE sold.partner_id = ? AND sold.till = ? AND sold.number = ?
         AND partners.state IN ('active', 'suspended') LIMIT ${ALIKE_MAX}`,
    )
    .bind(sale.partnerId, sale.till, sale.number)
    .all<ReturnRow>()
  return results.map((row) => questionOf(row, []))
}

function isSoldAs({ taxNumber, saleTill, saleFiscal }: ReturnRow, vouched: Vouched): boolean {
  const { document, fingerprint } = vouched
  if (!isOfShop(document, { taxNumber, till: saleTill })) return false
  const numbers = numbersOf(saleFiscal)
  if (numbers && fingerprint !== null) return identityOf(numbers) === fingerprint
  return document.tillRegistration?.trim() === saleTill
}

/** The same return as its shop has told of it, with the sale that it names; null when it has not. */
export async function fedReturn(db: Database, vouched: Vouched): Promise<SaleQuestion | null> {
  const { market, document, fingerprint } = vouched
  // A code may name no seller here as well.
  const answers = await db.batch<ReturnRow>([
    db
      .prepare(
        `SELECT ${COLUMNS} FROM partners
         CROSS JOIN sales AS returned INDEXED BY sales_by_purchase
           ON returned.partner_id = partners.id AND returned.time = ?3
           AND returned.total_minor = ?4 AND returned.operation = 'return'
           AND returned.fiscal ->> 'identity' IS NULL
         CROSS JOIN sales AS sold ON ${ITS_SALE}
         WHERE ${OF_PARTNER} LIMIT ${ALIKE_MAX}`,
      )
      .bind(market, document.sellerTaxNumber?.trim() ?? '', document.time, document.totalMinor),
    db
      .prepare(
        `SELECT ${COLUMNS} FROM sales AS returned INDEXED BY sales_by_code
         CROSS JOIN sales AS sold ON ${ITS_SALE}
         CROSS JOIN partners ON partners.id = returned.partner_id
         WHERE returned.fiscal ->> 'identity' = ?1 AND returned.fiscal ->> 'identity' IS NOT NULL
           AND returned.operation = 'return' AND partners.state IN ('active', 'suspended')
         LIMIT ${ALIKE_MAX}`,
      )
      .bind(fingerprint ?? ''),
  ])
  const found = answers.flatMap(({ results }) => results)
  const same = found.filter((row) =>
    row.fiscal === null
      ? document.tillRegistration?.trim() === row.till
      : returnIdentity(row) === fingerprint && isOfShop(document, row),
  )
  const [told] = await toldReturns(db, same.length === 1 ? same : [])
  return told ?? null
}

/** A return that was fed in a market. */
export type ToldIn = { readonly market: MarketCode; readonly question: SaleQuestion }

/** Returns told about at a time: with all their lines they fit a call to a cell. */
const TOLD_MAX = 100

/**
 * Returns whose sale is known and whose shopper has not been looked for; `done` ends that for them.
 * They are not corrected from then on.
 */
export async function returnsToTell(
  db: Database,
  partnerId: string | null,
): Promise<{ told: ToldIn[]; done: (at: string) => Statement }> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM sales AS returned CROSS JOIN sales AS sold ON ${ITS_SALE}
       CROSS JOIN partners ON partners.id = returned.partner_id
       WHERE returned.to_tell_at IS NOT NULL AND (?1 IS NULL OR returned.partner_id = ?1)
       ORDER BY returned.to_tell_at LIMIT ${TOLD_MAX}`,
    )
    .bind(partnerId)
    .all<ReturnRow>()
  const keys = results.map((row) => [row.partnerId, row.till, row.number, row.toTellAt])
  const done = (at: string) =>
    db
      .prepare(
        `UPDATE sales SET to_tell_at = NULL, matched_at = coalesce(matched_at, ?2)
         WHERE (partner_id, till, number, to_tell_at) IN (
           SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
           FROM json_each(?1))`,
      )
      .bind(JSON.stringify(keys), at)
  const told = await toldReturns(db, results)
  const inMarkets = results.flatMap(({ market }, index) => {
    const question = told[index]
    return question ? [{ market, question }] : []
  })
  return { told: inMarkets, done }
}

/** Each is looked for in every cell of the market. */
const OF_TILL_MAX = 500

/**
 * Receipts of one till that the sale of a return may be among: of its time, and of its total at
 * least; the latest of them. The sign keeps the planner from reading the market by its minutes.
 */
export async function receiptsOfTill(
  db: Database,
  market: MarketCode,
  till: string,
  returned: FiscalDocument,
): Promise<string[]> {
  const { from, to } = minutesOfSale(returned, MARKETS[market].returnDaysMax)
  const { results } = await db
    .prepare(
      `SELECT DISTINCT receipt_id AS id FROM seen_receipts
       WHERE till = ? AND +market = ? AND time BETWEEN ? AND ? AND total_minor >= ?
       ORDER BY time DESC LIMIT ${OF_TILL_MAX}`,
    )
    .bind(till, market, from, to, returned.totalMinor)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}
