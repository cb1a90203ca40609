import type { CodeScan } from '#schema/receipt'
import type { ReviewedDocument } from '#schema/review'
import { isIssuedBy, isNear } from '../sales/sold.ts'

/** Which field of a reviewer's document says another thing than the code that it vouches for. */
export type Contradiction = {
  readonly path: 'totalMinor' | 'time' | 'taxNumber'
  readonly message: string
}

/**
 * A person may say more than the code, and nothing else than it says: that is another receipt. Null
 * when nothing contradicts.
 */
export function contradictionOf(
  scan: CodeScan,
  { totalMinor, time, taxNumber }: Pick<ReviewedDocument, 'totalMinor' | 'time' | 'taxNumber'>,
): Contradiction | null {
  const { missing, issuer, country } = scan
  if (!missing.includes('total') && totalMinor !== scan.totalMinor) {
    return { path: 'totalMinor', message: 'the code says another total' }
  }
  const told = missing.includes('time_of_day') ? scan.time.slice(0, 10) : scan.time
  if (!missing.includes('issued_at') && !isNear(country, told, time)) {
    return { path: 'time', message: 'the code says another time' }
  }
  if (issuer !== null && taxNumber !== null && !isIssuedBy({ country, issuer }, taxNumber)) {
    return { path: 'taxNumber', message: 'the code names another seller' }
  }
  return null
}
