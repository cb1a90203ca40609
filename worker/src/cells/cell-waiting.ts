import { type Receipt, type TimelineEntry, UnansweredReason } from '#schema/receipt'
import { differingAnswers } from '../receipts/journey.ts'
import type { CellContext } from './cell-context.ts'
import { caseChanged, caseOf, mayAskReview, newReview, reopen } from './cell-review-cases.ts'
import type { Refused } from './cell-reviews.ts'
import { findPhotos, type PhotoRow } from './photo-row.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import { readReview, reviewOfReceipt } from './review-row.ts'

/**
 * Codes that wait because nobody has vouched for them, or for whoever was first with them: their
 * shopper may show the paper to a person (decisions 0013, 0023). Callers hold the transaction.
 */

/** A till that was offline delivers: so long a service that knows no such receipt is asked again. */
const UNDELIVERED_MS = 86_400_000
/** A check may come a moment before its time. */
const GRACE_MS = 60_000
/** Photos of one receipt; its shopper has hardly taken more of them. */
const PHOTOS_MAX = 20

/** A code that may be somebody's invention: Russia's tax service answers for all of its. */
export const isDoubtful = ({ scan }: Pick<ReceiptRow, 'scan'>) =>
  'text' in scan && scan.operation === 'sale'

/** Somebody else was first with the code, and nobody has vouched for that copy either. */
const isContested = ({ state, claim, reason }: ReceiptRow) =>
  state === 'duplicate' && claim === 'none' && reason?.unproved === true

/**
 * Whether a person who sees its paper may decide about it. An answer that differs is the
 * authority's word for good.
 */
export function awaitsPerson(row: ReceiptRow): boolean {
  const { state, claim, reason, timeline } = row
  if (!isDoubtful(row)) return false
  if (isContested(row)) return true
  if (claim !== 'held' || (state !== 'awaiting_authority' && state !== 'verifying')) return false
  if (differingAnswers(timeline) > 0) return false
  return UnansweredReason.safeParse(reason?.code).success
}

/** How many answers of the receipt's timeline say that there is no such receipt. */
export const undeliveredAnswers = (timeline: readonly Pick<TimelineEntry, 'detail'>[]): number =>
  timeline.filter(({ detail }) => detail === 'not_delivered_yet').length

/** Until when checks have to come first, ms; null when nothing speaks against a person now. */
function checksUntil({ submittedAt, timeline }: ReceiptRow): number | null {
  const until = submittedAt + UNDELIVERED_MS
  const isChecked = timeline.some(({ at }) => Date.parse(at) >= until - GRACE_MS)
  return undeliveredAnswers(timeline) === 0 || isChecked ? null : until
}

/** From when a person may be asked, while that is later; null otherwise. */
export function personFrom(ctx: Pick<CellContext, 'sql'>, row: ReceiptRow): string | null {
  const until = checksUntil(row)
  return until !== null && personAsked(ctx, row) === 'later' ? new Date(until).toISOString() : null
}

/** Whether its shopper may ask a person about a receipt, or has; null where nobody need. */
export function personAsked(
  { sql }: Pick<CellContext, 'sql'>,
  row: ReceiptRow,
): Receipt['personAsked'] {
  if (!awaitsPerson(row)) return null
  if (reviewOfReceipt(sql, row.id)?.state === 'open') return 'asked'
  return checksUntil(row) === null ? 'possible' : 'later'
}

/** Why a photo for that receipt cannot be taken now; null when it can. */
export function refusedPhotoFor(
  ctx: CellContext,
  walletId: string,
  receiptId: string,
  now: number,
): Refused | null {
  const row = readReceipt(ctx.sql, receiptId)
  if (row?.walletId !== walletId) return { problem: 'not_found' }
  if (personAsked(ctx, row) !== 'possible') return { problem: 'not_now' }
  return mayAskReview(ctx, walletId, now) ? null : { problem: 'reviews_exhausted' }
}

/** The receipt that a photo was taken for, as long as a person may be asked about it. */
export function waitingOf({ sql }: CellContext, { forReceiptId, walletId }: PhotoRow) {
  const row = forReceiptId === null ? null : readReceipt(sql, forReceiptId)
  return row?.walletId === walletId && personAsked({ sql }, row) === 'possible' ? row : null
}

/**
 * Somebody else was first with the code of a photo, unproved: whoever has the paper goes to a
 * person instead of being sent away.
 */
export function contest(ctx: CellContext, row: ReceiptRow, now: number): void {
  if (!isContested(row)) return
  const condition = "wallet_id = ? AND receipt_id = ? AND country IS NULL AND state = 'submitted'"
  for (const photo of findPhotos(ctx.sql, condition, [row.walletId, row.id], PHOTOS_MAX)) {
    if (personAsked(ctx, row) !== 'possible') return
    askPerson(ctx, photo, row.id, now)
  }
}

/**
 * The photo is read: a person compares it with what the code of its receipt says. What was asked
 * about it before its numbers were found is asked again; what was answered stands.
 */
export function askPerson(
  ctx: CellContext,
  { id: photoId, walletId }: PhotoRow,
  receiptId: string,
  now: number,
): void {
  const id = caseOf(photoId)
  const known = readReview(ctx.sql, id)
  if ((known && known.state !== 'withdrawn') || !mayAskReview(ctx, walletId, now)) return
  if (known) {
    reopen(ctx, { ...known, receiptId }, now)
    return
  }
  const part = { id, kind: 'photo', walletId, photoId, receiptId } as const
  caseChanged(ctx, newReview(ctx, part, now), now)
}
