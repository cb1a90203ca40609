import { isReviewedScan } from '#schema/receipt'
import type { ReviewCollision } from '#schema/review'
import { type Evidence, tellsMinute } from '../receipts/evidence.ts'
import { wallMinuteAt, wallMs } from '../receipts/journey.ts'
import { looksSame, type Seller } from '../reviews/paper.ts'
import type { CellContext } from './cell-context.ts'
import type { ReceiptRow } from './receipt-row.ts'
import { readReceipt } from './receipt-row.ts'

/**
 * Paper receipts that reviewers of any cell have approved, and the scans of this cell: whichever is
 * judged second finds the other (decision 0013). Callers hold the transaction.
 */

export type Purchase = Seller & {
  readonly time: string
  readonly totalMinor: number
  readonly walletId: string
  /** Itself, left out of what looks like it; empty before there is a receipt. */
  readonly receiptId: string
}

export type PaperMark = Purchase & { readonly distinctFrom: readonly string[] }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A scan is submitted within 30 days of its purchase and judged within 30 more. */
const MARKS_KEPT_MS = 90 * DAY_MS
const LIKE_MAX = 20

/** What the evidence says of the shop. */
export function sellerOf({ document, store }: Pick<Evidence, 'document' | 'store'>): Seller {
  return {
    taxNumber: document.sellerTaxNumber?.trim() ?? '',
    retailerId: store?.retailerId ?? '',
    storeId: store?.storeId ?? '',
  }
}

/** Remembers an approved paper receipt, and answers what this cell has judged that looks like it. */
export function markPaper(ctx: CellContext, mark: PaperMark, now: number): ReviewCollision[] {
  ctx.sql.all(
    `INSERT OR IGNORE INTO papers (time, total_minor, receipt_id, wallet_id, tax_number,
       retailer_id, store_id, distinct_from, at, is_gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    mark.time,
    mark.totalMinor,
    mark.receiptId,
    mark.walletId,
    mark.taxNumber,
    mark.retailerId,
    mark.storeId,
    JSON.stringify(mark.distinctFrom),
    now,
  )
  return likeIt(ctx, mark)
}

/** The paper receipt is closed without a credit: it stands in nobody's way any more. */
export function unmarkPaper(
  ctx: CellContext,
  paper: Pick<Purchase, 'time' | 'totalMinor' | 'receiptId'>,
  now: number,
): void {
  ctx.sql.all(
    `INSERT INTO papers (time, total_minor, receipt_id, wallet_id, tax_number, retailer_id,
       store_id, distinct_from, at, is_gone) VALUES (?, ?, ?, '', '', '', '', '[]', ?, 1)
     ON CONFLICT (time, total_minor, receipt_id) DO UPDATE SET is_gone = 1`,
    paper.time,
    paper.totalMinor,
    paper.receiptId,
    now,
  )
}

/** What was judged here, or approved anywhere, of the same minute, total and, perhaps, shop. */
export function likeIt(ctx: CellContext, purchase: Purchase): ReviewCollision[] {
  const found = new Map<string, ReviewCollision>()
  for (const { mark } of papersLike(ctx, purchase)) {
    found.set(mark.receiptId, {
      receiptId: mark.receiptId,
      isSameWallet: mark.walletId === purchase.walletId,
      isPaper: true,
      state: 'credited',
      storeName: null,
    })
  }
  for (const row of judgedLike(ctx, purchase)) {
    found.set(row.id, {
      receiptId: row.id,
      isSameWallet: row.walletId === purchase.walletId,
      isPaper: isReviewedScan(row.scan),
      state: row.state,
      storeName: row.storeName,
    })
  }
  return [...found.values()]
}

/** The wall-clock minutes between which a shop's own system may have put a sale of that minute. */
function aroundOf({ rules }: CellContext, time: string): [string, string] {
  const apartMs = rules.saleMinutesApartMax * MINUTE_MS
  return [wallMinuteAt(wallMs(time), -apartMs), wallMinuteAt(wallMs(time), apartMs)]
}

function judgedLike(ctx: CellContext, purchase: Purchase): ReceiptRow[] {
  const ids = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts WHERE purchased_at BETWEEN ? AND ? AND total_minor = ? AND id <> ?
       AND state IN ('credited', 'no_reward', 'awaiting_budget') LIMIT ?`,
    ...aroundOf(ctx, purchase.time),
    purchase.totalMinor,
    purchase.receiptId,
    LIKE_MAX,
  )
  return ids.flatMap(({ id }) => {
    const row = readReceipt(ctx.sql, id)
    if (!row?.judged) return []
    // The clock of a shop's own system may differ from its till's; tills are told apart.
    if (row.purchasedAt !== purchase.time && tellsMinute(row.scan)) return []
    return looksSame(purchase, { ...sellerOf(row.judged), walletId: row.walletId }) ? row : []
  })
}

function papersLike(ctx: CellContext, purchase: Purchase, isNear = false) {
  const { time } = purchase
  const around = isNear ? aroundOf(ctx, time) : [time, time]
  const marks = ctx.sql.all<Omit<PaperMark, 'distinctFrom'> & { apart: string; at: number }>(
    `SELECT time, total_minor AS totalMinor, receipt_id AS receiptId, wallet_id AS walletId,
       tax_number AS taxNumber, retailer_id AS retailerId, store_id AS storeId,
       distinct_from AS apart, at
     FROM papers WHERE time BETWEEN ? AND ? AND total_minor = ? AND receipt_id <> ?
       AND is_gone = 0 LIMIT ?`,
    ...around,
    purchase.totalMinor,
    purchase.receiptId,
    LIKE_MAX,
  )
  return marks.flatMap((mark) => {
    const apart: readonly string[] = JSON.parse(mark.apart)
    if (mark.walletId !== purchase.walletId && apart.includes(purchase.receiptId)) return []
    return looksSame(purchase, mark) ? [{ mark }] : []
  })
}

/** The approved paper that a scan looks like, its own wallet's first; null when there is none. */
export function paperBeside(
  ctx: CellContext,
  row: ReceiptRow,
  evidence: Evidence,
): { receiptId: string; isSameWallet: boolean; at: number } | null {
  if (isReviewedScan(row.scan)) return null
  const { walletId, id: receiptId, purchasedAt: time, totalMinor } = row
  const purchase = { ...sellerOf(evidence), time, totalMinor, walletId, receiptId }
  const marks = papersLike(ctx, purchase, !tellsMinute(row.scan))
  const own = marks.find(({ mark }) => mark.walletId === walletId)
  const { mark } = own ?? marks[0] ?? {}
  return mark
    ? { receiptId: mark.receiptId, isSameWallet: mark.walletId === walletId, at: mark.at }
    : null
}

/** Marks that no scan can meet any more. */
export function forgetPapers(ctx: CellContext, now: number): void {
  ctx.sql.all('DELETE FROM papers WHERE at < ?', now - MARKS_KEPT_MS)
}
