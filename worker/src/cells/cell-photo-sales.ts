import { namesGoods, PAPER_TRIES_MAX, type PaperFields } from '#schema/photo'
import { nextAuthorityCheck } from '../verification/recheck.ts'
import type { CellContext } from './cell-context.ts'
import { submitPhoto } from './cell-photo-receipts.ts'
import { askOutside, endAsking, endReading, photoChanged } from './cell-photos.ts'
import { correctedMeanwhile } from './cell-review-cases.ts'
import type { Refused } from './cell-reviews.ts'
import type { PhotoSale } from './photo-answers.ts'
import { type PhotoRow, readPhoto, updatePhoto } from './photo-row.ts'

/** A paper is looked for among its retailer’s sales; callers hold the transaction. */

/** Nobody can be asked about the paper: the sales of its retailer are looked through. */
export function askSales(ctx: CellContext, row: PhotoRow, dueAt: number): void {
  askOutside(ctx, row, 'find_sale', dueAt)
  updatePhoto(ctx.sql, row)
}

/**
 * The sales were looked through. A feed may come a night or a week late: until the photo is
 * forgotten it is asked again, as often as the authority would be.
 */
export function applySale(ctx: CellContext, id: string, sale: PhotoSale, now: number): void {
  const row = readPhoto(ctx.sql, id)
  if (!row) return
  if (row.state !== 'reading' && row.state !== 'needs_fields') {
    endAsking(ctx, row)
    updatePhoto(ctx.sql, row)
    return
  }
  if (sale.submission !== null) {
    submitPhoto(ctx, row, sale.submission, now)
    return
  }
  const { problem } = row
  if (row.state === 'reading') endReading(ctx, row, { state: 'needs_fields', problem })
  const waitDays = ctx.rules.authorityWaitDaysMax
  const waiting = { submittedAt: row.createdAt, checks: 0, waitDays }
  const again = nextAuthorityCheck({ kind: 'not_delivered' }, waiting, now)
  const dueAt = sale.feeds ? again : null
  if (dueAt !== null) {
    askSales(ctx, row, dueAt)
    return
  }
  endAsking(ctx, row)
  updatePhoto(ctx.sql, row)
}

/**
 * The shopper has read the paper better: the sales are looked through again, at once. Whoever has
 * the photo before them sees what was typed.
 */
export function correctPhoto(
  ctx: CellContext,
  row: PhotoRow,
  fields: PaperFields,
  now: number,
): PhotoRow | Refused {
  // What was typed says nothing by itself: goods on the picture have to agree with the sale, and
  // nobody may go on guessing at somebody else's purchase.
  const isReady = row.state === 'needs_fields' && row.reading && namesGoods(row.reading.items)
  if (!isReady) return { problem: 'not_now' }
  if (row.typed.length >= PAPER_TRIES_MAX) return { problem: 'corrections_exhausted' }
  row.typed = [...row.typed, fields]
  row.state = 'reading'
  askSales(ctx, row, now)
  correctedMeanwhile(ctx, photoChanged(ctx, row).id, now)
  return row
}
