import { ruContentKey, ruFingerprint } from '#fiscal/ru'
import type { FiscalDocument, ReceiptScan } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { Submission } from '../cells/cell-receipts.ts'
import { paperIdentity } from '../receipts/paper-identity.ts'
import type { DifferingField } from '../verification/authority.ts'
import type { Sold } from './sold.ts'

/** A sale as a receipt: what is claimed for it, and the document that it vouches with. Pure. */

export type VouchingSale = Sold & { readonly partnerId: string; readonly taxNumber: string }

/** The till's fiscal numbers when it printed some, else the paper's own words. */
function scanOf({ fiscal, time, totalMinor, taxNumber }: VouchingSale): ReceiptScan {
  if (fiscal === null || 'identity' in fiscal) return { time, totalMinor, taxNumber }
  return { time, totalMinor, fn: fiscal.fn, i: fiscal.fd, fp: fiscal.fp, kind: 1 }
}

/**
 * Claims the fiscal identity when there is one, so that photo and scan of one receipt are one
 * receipt; else the identity of the paper.
 */
export function submissionOfSale(walletId: string, sale: VouchingSale): Submission {
  const { partnerId, till, number, time, totalMinor, taxNumber, fiscal } = sale
  const scan = scanOf(sale)
  const key = { partnerId, till, number } satisfies SaleKey
  if ('fn' in scan) {
    const [fingerprint, contentKey] = [ruFingerprint(scan), ruContentKey(scan)]
    return { walletId, scan, fingerprint, contentKey, sale: key }
  }
  const paper = paperIdentity({ taxNumber, minute: time, totalMinor })
  const fingerprint = fiscal && 'identity' in fiscal ? fiscal.identity : paper
  const contentKey = `sale:${partnerId}:${till}:${number}`
  return { walletId, scan, fingerprint, contentKey, sale: key }
}

/** In what a sale differs from the receipt that was claimed for it: it was corrected meanwhile. */
export function differences(sale: VouchingSale, scan: ReceiptScan): DifferingField[] {
  const now = scanOf(sale)
  const fields: DifferingField[] = []
  if (now.time !== scan.time) fields.push('time')
  if (now.totalMinor !== scan.totalMinor) fields.push('total')
  if (sale.operation !== 'sale') fields.push('kind')
  if ('fn' in now !== 'fn' in scan) fields.push('fn')
  else if ('fn' in now && 'fn' in scan && ruFingerprint(now) !== ruFingerprint(scan)) {
    fields.push('fp')
  }
  return fields
}

/** Whose till it was. */
export type Seller = {
  readonly name: string
  readonly store: string | null
  readonly address: string | null
}

type Written = Pick<
  VouchingSale,
  'till' | 'time' | 'totalMinor' | 'operation' | 'fiscal' | 'lines' | 'taxNumber'
>

export function documentOf(sale: Written, seller: Seller): FiscalDocument {
  return {
    time: sale.time,
    totalMinor: sale.totalMinor,
    kind: sale.operation === 'return' ? 2 : 1,
    sellerName: seller.name,
    sellerTaxNumber: sale.taxNumber,
    tillRegistration: sale.till,
    fiscalDrive: sale.fiscal && 'fn' in sale.fiscal ? sale.fiscal.fn : null,
    address: seller.address,
    placeName: seller.store,
    lines: sale.lines.map(({ name, priceMinor, quantityMicro, sumMinor, gtin }) => ({
      name,
      priceMinor,
      quantityMicro,
      sumMinor,
      gtin: gtin === '' ? null : gtin,
      subject: null,
    })),
  }
}
