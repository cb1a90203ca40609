import type { CellContext } from './cell-context.ts'
import { caseChanged, caseOf, newReview } from './cell-review-cases.ts'
import type { PhotoRow } from './photo-row.ts'
import { readReview } from './review-row.ts'
import { SLOTS, slotOf } from './slot.ts'

/** A share of what photos became without a person is looked at by one all the same. */

const BPS = 10_000

/**
 * Puts a share of what photos became without a person before one, beside the shopper's reward.
 * Which ones follows from the receipt's id, a keyed hash that nobody can aim at.
 */
export function spotCheck(ctx: CellContext, photo: PhotoRow, now: number): void {
  const { id: photoId, walletId, receiptId } = photo
  if (receiptId === null) return
  if (slotOf(receiptId) * BPS >= ctx.rules.spotCheckBps * SLOTS) return
  const id = caseOf(photoId, 's')
  if (readReview(ctx.sql, id)) return
  const part = { id, kind: 'spot_check', walletId, photoId, receiptId } as const
  caseChanged(ctx, newReview(ctx, part, now), now)
}
