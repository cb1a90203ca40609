import { isReviewedScan, type ReceiptState } from '#schema/receipt'
import type { ReviewCollision } from '#schema/review'
import { type Evidence, tellsMinute } from '../receipts/evidence.ts'
import { wallMinuteAt, wallMs } from '../receipts/journey.ts'
import { looksSame, type Seller } from '../reviews/paper.ts'
import type { CellContext } from './cell-context.ts'
import type { ReceiptRow } from './receipt-row.ts'

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
/** Likenesses told at once; the seller is compared before, so that no twin hides behind others. */
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
  return likeIt(ctx, mark, mark.distinctFrom)
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

/**
 * What was judged here, or approved anywhere, of the same minute, total and, perhaps, shop: its own
 * wallet's first. Another wallet's is left out once a person has told it apart.
 */
export function likeIt(
  ctx: CellContext,
  purchase: Purchase,
  distinctFrom: readonly string[] = [],
): ReviewCollision[] {
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
      isPaper: isReviewedScan(JSON.parse(row.scan)),
      state: row.state,
      storeName: row.storeName,
    })
  }
  return [...found.values()]
    .filter(({ receiptId, isSameWallet }) => isSameWallet || !distinctFrom.includes(receiptId))
    .sort((one, other) => Number(other.isSameWallet) - Number(one.isSameWallet))
    .slice(0, LIKE_MAX)
}

/** The wall-clock minutes between which a shop's own system may have put a sale of that minute. */
function aroundOf({ rules }: CellContext, time: string): [string, string] {
  const apartMs = rules.saleMinutesApartMax * MINUTE_MS
  return [wallMinuteAt(wallMs(time), -apartMs), wallMinuteAt(wallMs(time), apartMs)]
}

type JudgedRow = Seller & {
  readonly id: string
  readonly walletId: string
  readonly state: ReceiptState
  readonly storeName: string | null
  /** Written from a `ReceiptScan`; not outside input. */
  readonly scan: string
  readonly purchasedAt: string
}

/**
 * No limit before the sellers are compared: of the many receipts of one total that a network meets
 * in a few minutes, the twin may be the last.
 */
function judgedLike(ctx: CellContext, purchase: Purchase): JudgedRow[] {
  const rows = ctx.sql.all<JudgedRow>(
    `SELECT id, wallet_id AS walletId, state, store_name AS storeName, scan,
       purchased_at AS purchasedAt,
       trim(coalesce(judged ->> '$.document.sellerTaxNumber', '')) AS taxNumber,
       coalesce(judged ->> '$.store.retailerId', '') AS retailerId,
       coalesce(judged ->> '$.store.storeId', '') AS storeId
     FROM receipts WHERE purchased_at BETWEEN ? AND ? AND total_minor = ? AND id <> ?
       AND state IN ('credited', 'no_reward', 'awaiting_budget') AND judged IS NOT NULL`,
    ...aroundOf(ctx, purchase.time),
    purchase.totalMinor,
    purchase.receiptId,
  )
  return rows.filter((row) => {
    // The clock of a shop's own system may differ from its till's; tills are told apart.
    const isThen = row.purchasedAt === purchase.time || !tellsMinute(JSON.parse(row.scan))
    return isThen && looksSame(purchase, row)
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
       AND is_gone = 0`,
    ...around,
    purchase.totalMinor,
    purchase.receiptId,
  )
  return marks.flatMap((mark) => {
    const apart: readonly string[] = JSON.parse(mark.apart)
    if (mark.walletId !== purchase.walletId && apart.includes(purchase.receiptId)) return []
    return looksSame(purchase, mark) ? [{ mark }] : []
  })
}

/**
 * The approved paper that a scan looks like, its own wallet's first; null when there is none.
 * `toldApart` are papers of others that a person has compared it with.
 */
export function paperBeside(
  ctx: CellContext,
  row: ReceiptRow,
  evidence: Evidence,
  toldApart: readonly string[] = [],
): { receiptId: string; isSameWallet: boolean; at: number } | null {
  if (isReviewedScan(row.scan)) return null
  const { walletId, id: receiptId, purchasedAt: time, totalMinor } = row
  const purchase = { ...sellerOf(evidence), time, totalMinor, walletId, receiptId }
  const marks = papersLike(ctx, purchase, !tellsMinute(row.scan))
  const own = marks.find(({ mark }) => mark.walletId === walletId)
  const { mark } = own ?? marks.find((one) => !toldApart.includes(one.mark.receiptId)) ?? {}
  return mark
    ? { receiptId: mark.receiptId, isSameWallet: mark.walletId === walletId, at: mark.at }
    : null
}

/** Marks that no scan can meet any more. */
export function forgetPapers(ctx: CellContext, now: number): void {
  ctx.sql.all('DELETE FROM papers WHERE at < ?', now - MARKS_KEPT_MS)
}
