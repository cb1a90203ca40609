import { MARKETS, type MarketCode } from '#schema/market'
import type { PhotoReading } from '#schema/photo'
import type { ReceiptScan } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { PhotoSale } from '../cells/photo-answers.ts'
import type { Database } from '../members/database.ts'
import type { AuthorityAnswer } from '../verification/authority.ts'
import {
  chooseSale,
  type FeedingRetailer,
  minutesAround,
  type PaperReading,
  readPurchase,
  retailerOf,
} from './find-sale.ts'
import {
  differences,
  documentOf,
  type Seller,
  submissionOfSale,
  type VouchingSale,
} from './sale-receipt.ts'

/** A retailer's own sales as the authority over its tills. */

/** Retailers that feed their sales: each has signed a contract. */
const RETAILERS_MAX = 1_000
/** Sales of one retailer and total within the minutes: with more, nobody can say which it was. */
const CANDIDATES_MAX = 50

export type SaleRow = {
  partner_id: string
  till: string
  number: string
  time: string
  total_minor: number
  currency: string
  operation: string
  fiscal: string | null
  lines: string
  tax_number: string
  retailer: string
}

export const SALE = `SELECT sales.partner_id, till, number, time, total_minor, currency, operation,
    fiscal, lines, partners.tax_number, partners.name AS retailer
  FROM sales JOIN partners ON partners.id = sales.partner_id AND partners.state = 'active'`

/** Written by the feed from a `SaleDraft`; not outside input. */
export function saleOf(row: SaleRow): VouchingSale {
  const { partner_id: partnerId, tax_number: taxNumber, total_minor: totalMinor, ...others } = row
  const { retailer: _, ...rest } = others
  const fiscal = row.fiscal === null ? null : JSON.parse(row.fiscal)
  const sale = { ...rest, partnerId, taxNumber, totalMinor, fiscal, lines: JSON.parse(row.lines) }
  return sale as VouchingSale
}

/** Looks a photo's sale up; `feeds` says whether it is worth to look again later. */
export async function findSale(
  db: Database,
  market: MarketCode,
  walletId: string,
  reading: PaperReading,
): Promise<PhotoSale> {
  const purchase = readPurchase(reading)
  const retailer = purchase && retailerOf(reading, await feedingRetailers(db, market, reading))
  if (!retailer) return { submission: null, feeds: false }
  const { results } = await db
    .prepare(
      `${SALE} WHERE sales.partner_id = ?1 AND time BETWEEN ?2 AND ?3 AND total_minor = ?4 LIMIT ?5`,
    )
    .bind(
      retailer.id,
      ...minutesAround(purchase.minute, MARKETS[market]),
      purchase.totalMinor,
      CANDIDATES_MAX + 1,
    )
    .all<SaleRow>()
  // Whoever fits as well, or is a neighbour of the same total, may be among those not seen.
  const sales = results.length > CANDIDATES_MAX ? [] : results.map(saleOf)
  const chosen = chooseSale(retailer.id, purchase, reading.items, sales, MARKETS[market])
  const sale = sales.find(({ till, number }) => till === chosen?.till && number === chosen.number)
  return { submission: sale ? submissionOfSale(walletId, sale) : null, feeds: true }
}

async function feedingRetailers(
  db: Database,
  market: MarketCode,
  { fn }: PhotoReading,
): Promise<FeedingRetailer[]> {
  const { results } = await db
    .prepare(
      `SELECT id, tax_number AS taxNumber, name, legal_name AS legalName, EXISTS (
         SELECT 1 FROM tills JOIN stores ON stores.id = tills.store_id
         WHERE tills.fiscal_drive = ?1 AND stores.partner_id = partners.id) AS hasDrive
       FROM partners WHERE state = 'active' AND market = ?3
         AND id IN (SELECT partner_id FROM sales_feeds)
       ORDER BY id LIMIT ?2`,
    )
    .bind(fn?.value ?? '', RETAILERS_MAX, market)
    .all<Omit<FeedingRetailer, 'hasDrive'> & { hasDrive: number }>()
  return results.map((row) => ({ ...row, hasDrive: row.hasDrive === 1 }))
}

/**
 * The sale vouches for a receipt as long as it is what was matched. Whoever it has vouched for is
 * noted: the partner cannot correct it any more.
 */
export async function askSale(
  db: Database,
  { partnerId, till, number }: SaleKey,
  scan: ReceiptScan,
  at: string,
): Promise<AuthorityAnswer> {
  const key = [partnerId, till, number] as const
  const row = await db
    .prepare(`${SALE} WHERE sales.partner_id = ? AND till = ? AND number = ?`)
    .bind(...key)
    .first<SaleRow>()
  if (row === null) return { kind: 'not_delivered' }
  const sale = saleOf(row)
  const fields = differences(sale, scan)
  if (fields.length > 0) return { kind: 'differs', fields }
  const document = documentOf(sale, await takeSale(db, sale, at))
  const { fiscal } = sale
  // Whoever else is vouched for by that code meets this receipt, as if it had been scanned.
  const identities = fiscal && 'identity' in fiscal ? [fiscal.identity] : null
  return { kind: 'authentic', document, by: 'sale', ...(identities && { identities }) }
}

/**
 * Notes that a sale has vouched for a receipt; answers the shop that sold. A return is noted when
 * it is taken off its sale.
 */
export async function takeSale(db: Database, sale: VouchingSale, at: string): Promise<Seller> {
  const { partnerId, till, number } = sale
  const key = [partnerId, till, number]
  const [, seller] = await db.batch<Seller>([
    db
      .prepare(
        `UPDATE sales SET matched_at = ?4 WHERE partner_id = ?1 AND till = ?2 AND number = ?3
         AND matched_at IS NULL AND operation = 'sale'`,
      )
      .bind(...key, at),
    db
      .prepare(
        `SELECT partners.legal_name AS name, stores.name AS store, stores.address FROM partners
         LEFT JOIN tills ON tills.registration = ?2
         LEFT JOIN stores ON stores.id = tills.store_id AND stores.partner_id = partners.id
         WHERE partners.id = ?1`,
      )
      .bind(partnerId, till),
  ])
  const [known] = seller?.results ?? []
  if (!known) throw new Error(`the partner of the sale ${key.join(':')} is gone`)
  return known
}
