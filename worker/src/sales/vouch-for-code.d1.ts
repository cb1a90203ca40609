import type { FiscalCode } from '#fiscal/code'
import type { Database } from '../members/database.ts'
import { operationOf } from '../receipts/foreign-scan.ts'
import type { AuthorityAnswer } from '../verification/authority.ts'
import { documentOf } from './sale-receipt.ts'
import { isIssuedBy, isNear } from './sold.ts'
import { SALE, type SaleRow, saleOf, takeSale } from './vouch.d1.ts'

/** Retailers that feed one identity: more than one is a mistake already. */
const CANDIDATES_MAX = 20

/**
 * The retailer's own sale as the word for a code that nobody else can vouch for, found by the
 * identity that its till printed: whatever else the scan says has to be what the till says. Null
 * when no retailer has fed it, or more than one: a person has to see that, and the receipt waits
 * on. Where the code names its issuer, another retailer's word is none, and holds nothing up.
 */
export async function askSaleOfCode(
  db: Database,
  code: FiscalCode,
  at: string,
): Promise<AuthorityAnswer | null> {
  const { results } = await db
    .prepare(
      `${SALE} WHERE fiscal ->> 'identity' = ?1 AND fiscal ->> 'identity' IS NOT NULL
       AND partners.market = ?2 LIMIT ?3`,
    )
    .bind(code.identity, code.country, CANDIDATES_MAX)
    .all<SaleRow>()
  const [row, other] = results.filter((one) => isIssuedBy(code, one.tax_number))
  if (row === undefined || other !== undefined) return null
  const sale = saleOf(row)
  const pairs: [string, boolean][] = [
    ['total', code.totalMinor === null || Math.abs(code.totalMinor) === sale.totalMinor],
    ['time', isNear(code.country, code.issuedAt, sale.time)],
    ['currency', code.currency === null || code.currency === sale.currency],
    ['operation', code.missing.includes('operation') || operationOf(code) === sale.operation],
  ]
  const fields = pairs.filter(([, same]) => !same).map(([field]) => field)
  if (fields.length > 0) return { kind: 'differs', fields }
  const document = documentOf(sale, await takeSale(db, sale, at))
  return { kind: 'authentic', document, identities: [code.identity], by: 'sale' }
}
