import type { FiscalCode } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import { tillOf } from '#fiscal/till'
import { MARKETS, type MarketCode } from '#schema/market'
import type { SaleDraft, SaleFiscal } from '#schema/sale'
import { isSameCompany } from '#schema/tax-number'
import { operationOf, wallTime } from '../receipts/foreign-scan.ts'
import { wallMs } from '../receipts/journey.ts'

/** A row of a feed as it is kept: of a printed code its identity, whatever its spelling was. */
export type Sold = Omit<SaleDraft, 'fiscal'> & {
  readonly fiscal: SaleFiscal | { readonly identity: string } | null
}

/** Who feeds: the row is of its market, and its codes are its own. */
export type Feeder = { readonly market: MarketCode; readonly taxNumber: string }

/** The row as its feeder's, or the path of what does not fit it. Pure. */
export function soldIn(feeder: Feeder, draft: SaleDraft): Sold | 'currency' | 'fiscal' {
  const { market } = feeder
  if (draft.currency !== MARKETS[market].currency) return 'currency'
  const { fiscal } = draft
  if (fiscal === null) return { ...draft, fiscal }
  if ('fn' in fiscal) return market === 'ru' ? { ...draft, fiscal } : 'fiscal'
  const identity = market === 'ru' ? null : identityOf(feeder, draft, fiscal.code)
  return identity === null ? 'fiscal' : { ...draft, fiscal: { identity } }
}

/** The identity of a code that says, in all it says, what the row says; else null. */
function identityOf(feeder: Feeder, draft: SaleDraft, text: string): string | null {
  const { market } = feeder
  const reading = readCode(text)
  if (!reading.ok || reading.code.country !== market) return null
  const { code } = reading
  const till = tillOf(code)
  const isSame =
    isIssuedBy(code, feeder.taxNumber) &&
    (till === null || till === draft.till) &&
    (code.currency === null || code.currency === draft.currency) &&
    (code.totalMinor === null || Math.abs(code.totalMinor) === draft.totalMinor) &&
    (code.missing.includes('operation') || operationOf(code) === draft.operation) &&
    isNear(market, code.issuedAt, draft.time)
  return isSame ? code.identity : null
}

/**
 * Whether a code may be of this seller: nobody vouches for the receipts of another shop. A number
 * of another register than the one that sellers are known by tells nothing (an Austrian till may
 * sign under the tax office's number): such a code names its till.
 */
export function isIssuedBy(
  { country, issuer }: Pick<FiscalCode, 'country' | 'issuer'>,
  taxNumber: string,
): boolean {
  if (issuer === null || isSameCompany(country, issuer, taxNumber)) return true
  return country === 'at' && !issuer.startsWith('ATU')
}

/** Whether a code's time may be the till's own; a day is compared with the day. */
export function isNear(market: MarketCode, issuedAt: string | null, time: string): boolean {
  if (issuedAt === null) return true
  if (issuedAt.length === 'YYYY-MM-DD'.length) return time.startsWith(issuedAt)
  const apart = Math.abs(wallMs(wallTime(issuedAt, MARKETS[market])) - wallMs(time))
  return apart <= MARKETS[market].saleMinutesApartMax * 60_000
}
