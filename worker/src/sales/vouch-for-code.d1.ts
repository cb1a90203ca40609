import type { FiscalCode } from '#fiscal/code'
import { tillOf } from '#fiscal/till'
import type { Database } from '../members/database.ts'
import { operationOf } from '../receipts/foreign-scan.ts'
import type { AuthorityAnswer } from '../verification/authority.ts'
import { documentOf, type VouchingSale } from './sale-receipt.ts'
import { isIssuedBy, isNear } from './sold.ts'
import { SALE, type SaleRow, saleOf, takeSale } from './vouch.d1.ts'

/** Rows of one identity that are looked at: more than one is a mistake already. */
const CANDIDATES_MAX = 20

/**
 * The retailer's own sale as the word for a code that nobody else can vouch for, found by the
 * identity that its till printed: whatever else the scan says has to be what the till says. A code
 * that names its issuer or its till is vouched for by their feed alone, and that feed may also say
 * that it differs. One that names neither has no shop of its own: a feed that does not agree with
 * it says nothing, and of several that do none is believed, because a stranger may be among them.
 * Null when no retailer has fed it.
 */
export async function askSaleOfCode(
  db: Database,
  code: FiscalCode,
  at: string,
): Promise<AuthorityAnswer | null> {
  const till = tillOf(code)
  const { results } = await db
    .prepare(
      `${SALE} WHERE fiscal ->> 'identity' = ?1 AND fiscal ->> 'identity' IS NOT NULL
       AND partners.market = ?2 AND (?3 IS NULL OR till = ?3)
       ORDER BY sales.matched_at IS NULL, sales.partner_id, till, number LIMIT ?4`,
    )
    .bind(code.identity, code.country, till, CANDIDATES_MAX)
    .all<SaleRow>()
  const own = results.filter((one) => isIssuedBy(code, one.tax_number))
  const agreeing = own.filter((row) => differencesOf(code, saleOf(row)).length === 0)
  const [row] = agreeing
  if (row === undefined) return differing(code, own)
  if (!agreeing.every((other) => isSameSale(row, other))) {
    return { kind: 'unconfirmed', claimedBy: agreeing.map(({ retailer }) => retailer) }
  }
  const sale = saleOf(row)
  const document = documentOf(sale, await takeSale(db, sale, at))
  return { kind: 'authentic', document, identities: [code.identity], by: 'sale' }
}

/** Fed twice under two numbers: the one that has vouched before, else the first, is taken. */
const isSameSale = (one: SaleRow, other: SaleRow) =>
  one.partner_id === other.partner_id &&
  one.total_minor === other.total_minor &&
  one.operation === other.operation

/** The word of the shop that the code names, when it is another one than the code's. */
function differing(code: FiscalCode, own: readonly SaleRow[]): AuthorityAnswer | null {
  const [row] = own
  const namesShop = code.issuer !== null || tillOf(code) !== null
  if (row === undefined || !namesShop) return null
  return { kind: 'differs', fields: differencesOf(code, saleOf(row)) }
}

/** What of the code is not what the till has sold, in what both say. */
function differencesOf(code: FiscalCode, sale: VouchingSale): string[] {
  const pairs: [string, boolean][] = [
    ['total', code.totalMinor === null || Math.abs(code.totalMinor) === sale.totalMinor],
    ['time', isNear(code.country, code.issuedAt, sale.time)],
    ['currency', code.currency === null || code.currency === sale.currency],
    ['operation', code.missing.includes('operation') || operationOf(code) === sale.operation],
  ]
  return pairs.filter(([, same]) => !same).map(([field]) => field)
}
