import type { FiscalDocument } from '#schema/receipt'
import {
  goodsOf,
  isNamed,
  isOfShop,
  isTellingReturn,
  type NamedSale,
} from '../receipts/returned.ts'
import type { CellContext } from './cell-context.ts'
import { apply, isTold, tell, versionsOf, whatIsLeft } from './cell-returns.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import { readReturn, removeUnnamedReturn, writeReturn } from './return-row.ts'

/**
 * Returns that somebody else than the sale's shopper tells of: its shop, or another wallet that has
 * brought the paper (decision 0016). Callers hold the transaction.
 */

/** A return, and what is known of its sale: which receipt was credited for that? */
export type SaleQuestion = {
  readonly fingerprint: string
  /** Identities that its receipt may be claimed by. */
  readonly fingerprints: readonly string[]
  /** Receipts that it may be among. */
  readonly receiptIds: readonly string[]
  /** As the shop names it; null when the goods of the return are all there is. */
  readonly sale: NamedSale | null
  /** The return. */
  readonly document: FiscalDocument
}

/** For the network's own use: whose it is, nobody else is told. */
export type HeldSale = { readonly receiptId: string; readonly walletId: string }

/** The receipts of this cell that a return may take back. Reads only. */
export function salesFor(ctx: CellContext, question: SaleQuestion): HeldSale[] {
  const former = readReturn(ctx.sql, question.fingerprint)
  if (former?.saleId) return [{ receiptId: former.saleId, walletId: former.walletId }]
  const claimed = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts
     WHERE fingerprint IN (SELECT value FROM json_each(?)) AND claim = 'held'`,
    JSON.stringify(question.fingerprints),
  )
  const held = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const row = readReceipt(ctx.sql, id)
      return row?.claim === 'held' ? [row] : []
    })
  const byIdentity = held(claimed.map(({ id }) => id)).filter((row) => isOfSeller(row, question))
  const found =
    byIdentity.length > 0
      ? byIdentity
      : held(question.receiptIds).filter((row) => isAskedFor(ctx, row, question))
  return found.map(({ id, walletId }) => ({ receiptId: id, walletId }))
}

/**
 * Fiscal numbers in a feed are the partner's word: they never reach another shop's receipts. Two
 * tills of a shop may print one paper: the sale that vouched for it says which till it was.
 */
function isOfSeller({ sale: voucher, judged }: ReceiptRow, { sale }: SaleQuestion): boolean {
  if (sale === null) return true
  if (voucher !== null && voucher.till !== sale.till) return false
  return !judged || isOfShop(judged.document, sale)
}

function isAskedFor(
  { rules }: CellContext,
  { judged, scan }: ReceiptRow,
  { sale, document }: SaleQuestion,
): boolean {
  if (sale === null) {
    if (judged?.document.kind !== 1) return false
    return isTellingReturn(whatIsLeft(judged), document, rules.returnDaysMax)
  }
  if (judged) return isNamed(judged.document, sale)
  // Its seller is not vouched for yet: that is looked at when it is judged.
  return scan.totalMinor === sale.totalMinor && scan.time === sale.time
}

/** A return, and the receipt that it takes back. */
export type ReturnReport = {
  readonly fingerprint: string
  readonly saleId: string
  /** As an authority or the retailer itself vouches for it. */
  readonly document: FiscalDocument
}

export type ReportOutcome = 'applied' | 'waits' | 'known' | 'unknown_sale' | 'other_goods'

/** Takes a return off the receipt that it names; telling it again changes nothing. */
export function reportReturn(
  ctx: CellContext,
  { fingerprint, saleId, document }: ReturnReport,
  now: number,
): ReportOutcome {
  const former = readReturn(ctx.sql, fingerprint)
  if (former?.saleId) return 'known'
  const sale = readReceipt(ctx.sql, saleId)
  if (sale?.claim !== 'held') return 'unknown_sale'
  const { walletId } = sale
  if (isTold(ctx, walletId, fingerprint, document)) return 'known'
  const own = former?.walletId === walletId ? former.returnId : null
  const returnId = own ?? ctx.receiptId(fingerprint, walletId, 0)
  const told = { fingerprint, returnId, walletId, namedId: sale.id, at: now, document }
  if (!sale.judged) {
    writeReturn(ctx.sql, { ...told, saleId: null })
    return 'waits'
  }
  const goods = goodsOf(whatIsLeft(sale.judged), document)
  if (!goods) return 'other_goods'
  writeReturn(ctx.sql, { ...told, saleId: sale.id })
  const back = apply(ctx, sale, returnId, goods, now)
  tell(ctx, returnId, sale, back, now)
  return 'applied'
}

/** The shop names the sales of these returns: none of them waits for a likely one any more. */
export function returnsNamed(ctx: CellContext, fingerprints: readonly string[]): void {
  for (const fingerprint of fingerprints) removeUnnamedReturn(ctx.sql, fingerprint)
}

/** Snapshots that reporting needs in memory. Reads only. */
export function versionsForReport(ctx: CellContext, { saleId }: ReturnReport): number[] {
  return versionsOf(readReceipt(ctx.sql, saleId))
}
