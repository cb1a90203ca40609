import type { ReceiptReason } from '#schema/receipt'
import { count } from '../offers/verdict.ts'
import type { CellContext } from './cell-context.ts'
import type { CreditLimit, ReceiptRow } from './receipt-row.ts'
import { first } from './sql-store.ts'

/** Limits on one wallet, exact: its cell is the only place where its receipts are counted. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * A receipt of the same day was submitted at most this long before: window plus authority's wait.
 */
const QUOTA_LOOKBACK_MS = 62 * DAY_MS

/** Credited receipts a day per wallet, and per wallet and till: counted over what was credited. */
export function creditLimit(
  ctx: CellContext,
  row: Pick<ReceiptRow, 'walletId' | 'purchasedAt' | 'submittedAt' | 'till'>,
): CreditLimit | null {
  const day = row.purchasedAt.slice(0, 10)
  const counted = first<{ day: number; till: number }>(
    ctx.sql,
    `SELECT count(*) AS day, coalesce(sum(till = ?), 0) AS till FROM receipts
     WHERE wallet_id = ? AND submitted_at > ? AND state = 'credited'
       AND purchased_at >= ? AND purchased_at < ?`,
    row.till,
    row.walletId,
    row.submittedAt - QUOTA_LOOKBACK_MS,
    `${day}T00:00`,
    `${day}T24:00`,
  )
  if (!counted) return null
  const { receiptsPerDayMax, receiptsPerTillMax } = ctx.rules
  if (counted.day >= receiptsPerDayMax)
    return reached('daily_limit', counted.day, receiptsPerDayMax)
  if (counted.till >= receiptsPerTillMax) {
    return reached('till_limit', counted.till, receiptsPerTillMax)
  }
  return null
}

function reached(rule: CreditLimit['rule'], credited: number, most: number): CreditLimit {
  return { rule, seen: count(credited + 1), needed: count(most) }
}

/** The same said of the receipt as a whole: so many are credited, of so many. */
export function limitReason({ rule, needed }: CreditLimit): ReceiptReason {
  const most = needed?.kind === 'count' ? String(needed.count) : ''
  return { code: rule, seen: most, needed: most }
}

/** When the wallet may submit a new receipt, in milliseconds; null when it may now. */
export function submissionsFrom(ctx: CellContext, walletId: string, now: number): number | null {
  let from: number | null = null
  for (const { windowMs, most } of [
    { windowMs: HOUR_MS, most: ctx.rules.uncreditedPerHourMax },
    { windowMs: DAY_MS, most: ctx.rules.uncreditedPerDayMax },
  ]) {
    const row = first<{ submittedAt: number }>(
      ctx.sql,
      `SELECT submitted_at AS submittedAt FROM receipts
       WHERE wallet_id = ? AND submitted_at > ? AND state <> 'credited'
       ORDER BY submitted_at DESC LIMIT 1 OFFSET ?`,
      walletId,
      now - windowMs,
      most - 1,
    )
    if (row) from = Math.max(from ?? 0, row.submittedAt + windowMs)
  }
  return from
}
