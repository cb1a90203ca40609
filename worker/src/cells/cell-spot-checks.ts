import type { CellContext } from './cell-context.ts'
import { caseChanged, caseOf, newReview } from './cell-review-cases.ts'
import type { PhotoRow } from './photo-row.ts'
import { readReview } from './review-row.ts'
import { SLOTS, slotOf } from './slot.ts'
import { first } from './sql-store.ts'

/** A share of what photos became without a person is looked at by one all the same. */

const BPS = 10_000

/**
 * Puts a share of what photos became without a person before one, beside the shopper's reward.
 * Which ones follows from the receipt's id, a keyed hash that nobody can aim at. The case lies
 * where the photo is, also when the receipt is another market's: it is about the picture, and goes
 * with it.
 */
export function spotCheck(ctx: CellContext, photo: PhotoRow, now: number): void {
  const { id: photoId, walletId, receiptId, country } = photo
  if (receiptId === null) return
  if (slotOf(receiptId) * BPS >= ctx.rules.spotCheckBps * SLOTS) return
  const id = caseOf(photoId, 's')
  if (readReview(ctx.sql, id) || isChecked(ctx, receiptId)) return
  const part = { id, kind: 'spot_check', walletId, photoId, receiptId, country } as const
  caseChanged(ctx, newReview(ctx, part, now), now)
}

/** Whether another photo of the same receipt is being looked at, or was. */
function isChecked({ sql }: CellContext, receiptId: string): boolean {
  const query = "SELECT 1 AS found FROM reviews WHERE receipt_id = ? AND kind = 'spot_check'"
  return first(sql, query, receiptId) !== null
}
