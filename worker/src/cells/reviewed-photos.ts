import type { CellContext } from './cell-context.ts'
import { type PhotoRow, readPhoto } from './photo-row.ts'

/** Photos that a person has, or has declined. */

const PHOTOS_SHOWN_MAX = 20

/**
 * Photos of the wallet that a person has or has declined, newest first: what has become a receipt
 * is among the receipts.
 */
export function reviewedPhotos(ctx: CellContext, walletId: string): PhotoRow[] {
  const rows = ctx.sql.all<{ photoId: string }>(
    `SELECT photo_id AS photoId FROM reviews JOIN photos ON photos.id = photo_id
     WHERE reviews.wallet_id = ? AND kind = 'photo' AND reviews.state IN ('open', 'declined')
       AND photos.state IN ('reading', 'needs_fields')
     ORDER BY asked_at DESC LIMIT ?`,
    walletId,
    PHOTOS_SHOWN_MAX,
  )
  return rows.flatMap(({ photoId }) => readPhoto(ctx.sql, photoId) ?? [])
}
