import type { FiscalCode } from '#fiscal/code'
import { tillOf } from '#fiscal/till'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import { wallTime } from '../../receipts/foreign-scan.ts'
import type { AuthorityAnswer } from '../authority.ts'
import type { LookupDocument } from './lookup.ts'

/**
 * A look-up's document as the cell takes it. Where the code leaves open what kind of document it is
 * a sale was assumed: an answer that knows better is about something else than was submitted.
 */
export function vouchedFor(code: FiscalCode, document: LookupDocument): AuthorityAnswer {
  if (document.operation !== 'sale') return { kind: 'differs', fields: ['kind'] }
  return {
    kind: 'authentic',
    document: {
      time: wallTime(document.issuedAt, MARKETS[code.country]),
      totalMinor: minor(document.totalMinor),
      kind: 1,
      sellerName: document.sellerName,
      sellerTaxNumber: document.sellerTaxNumber,
      tillRegistration: tillOf(code) ?? (document.till && `${code.country}:${document.till}`),
      fiscalDrive: null,
      address: document.address,
      placeName: document.placeName,
      lines: [...document.lines],
    },
  }
}
