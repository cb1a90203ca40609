import type { FiscalDocument } from '#schema/receipt'
import type { ReturnOf } from '../cells/cell-returns.ts'
import type { HeldSale, ReturnReport, SaleQuestion } from '../cells/cell-told-returns.ts'

/**
 * Finds whoever was credited for goods that came back, in whichever cell it is, and has it taken
 * off there. Each step may be repeated.
 */

/** The cells of one market. */
export type ReturnCells = {
  readonly names: readonly string[]
  salesFor(cell: string, questions: readonly SaleQuestion[]): Promise<HeldSale[][]>
  returnsReported(cell: string, reports: readonly ReturnReport[]): Promise<void>
  returnsNamed(cell: string, fingerprints: readonly string[]): Promise<void>
}

type Found = HeldSale & { readonly cell: string }

/** The one receipt that each return takes back; null when there is none, or more than one. */
async function findSales(
  told: readonly SaleQuestion[],
  cells: ReturnCells,
): Promise<(Found | null)[]> {
  const answers = await Promise.all(
    cells.names.map(async (cell) => {
      const held = await cells.salesFor(cell, told)
      return held.map((sales) => sales.map((sale) => ({ ...sale, cell })))
    }),
  )
  return told.map((_, index) => {
    const found = answers.flatMap((held) => held[index] ?? [])
    return found.length === 1 ? (found[0] ?? null) : null
  })
}

/** Returns that their shop tells of. Before anybody has brought the sale there is nothing to do. */
export async function reportReturns(
  told: readonly SaleQuestion[],
  cells: ReturnCells,
): Promise<void> {
  const fingerprints = told.map(({ fingerprint }) => fingerprint)
  await Promise.all(cells.names.map((cell) => cells.returnsNamed(cell, fingerprints)))
  const found = await findSales(told, cells)
  const reports = Map.groupBy(
    told.flatMap(({ fingerprint, document }, index) => {
      const sale = found[index]
      return sale ? [{ cell: sale.cell, fingerprint, document, saleId: sale.receiptId }] : []
    }),
    ({ cell }) => cell,
  )
  await Promise.all(
    [...reports].map(([cell, own]) =>
      cells.returnsReported(
        cell,
        own.map(({ cell: _, ...report }) => report),
      ),
    ),
  )
}

/** What a scanned return is settled with. */
export type ScannedReturn = {
  readonly fingerprint: string
  readonly document: FiscalDocument
  /** Whoever has brought it, and whether that wallet holds a likely sale. */
  readonly bringer: { readonly walletId: string; readonly isOwn: boolean }
  /** The same return as its shop has told of it. */
  readonly fed: SaleQuestion | null
  /** Receipts of its till, asked for only when nothing better is known. */
  readonly ofTill: () => Promise<readonly string[]>
}

/**
 * Whose sale a scanned return takes back. The shop's own word goes first, then the sales of whoever
 * brought it, then the one sale of the same till that it tells of among everybody's. Taken off
 * somebody else's, it is `elsewhere`: whoever brought it is told no more than of a sale that nobody
 * has.
 */
export async function settleScannedReturn(
  { fingerprint, document, bringer, fed, ofTill }: ScannedReturn,
  cells: ReturnCells,
): Promise<ReturnOf | null> {
  if (fed) {
    const [sale] = await findSales([fed], cells)
    if (sale?.walletId === bringer.walletId) return { saleId: sale.receiptId }
    await reportReturns([fed], cells)
    return 'elsewhere'
  }
  if (bringer.isOwn) return null
  const receiptIds = await ofTill()
  const told = { fingerprint, fingerprints: [], receiptIds, sale: null, document }
  const [sale] = await findSales([told], cells)
  if (!sale || sale.walletId === bringer.walletId) return null
  const report = { fingerprint, document, saleId: sale.receiptId }
  await cells.returnsReported(sale.cell, [report])
  return 'elsewhere'
}
