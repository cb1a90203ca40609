import { minor } from '#schema/money'
import type { Posting, Wallet } from '#schema/wallet'
import { walletAvailable, walletHeld, walletPaying } from '../ledger/account.ts'
import { holdReleased } from '../ledger/posting.ts'
import type { CellContext } from './cell-context.ts'
import { readReceipt } from './receipt-row.ts'
import { first } from './sql-store.ts'
import { removeTask } from './tasks.ts'

/** Held money whose return window has passed becomes withdrawable, once. */
export function mature(ctx: CellContext, walletId: string, availableAt: number, now: number): void {
  removeTask(ctx.sql, availableAt, `mature:${walletId}`)
  const hold = first<{ amountMinor: number }>(
    ctx.sql,
    `SELECT amount_minor AS amountMinor FROM holds
     WHERE wallet_id = ? AND available_at = ? AND released_at IS NULL`,
    walletId,
    availableAt,
  )
  if (!hold) return
  ctx.book.post([holdReleased(walletId, availableAt, hold.amountMinor)], now)
  ctx.sql.all(
    'UPDATE holds SET released_at = ? WHERE wallet_id = ? AND available_at = ?',
    now,
    walletId,
    availableAt,
  )
}

export function readWallet(ctx: CellContext, walletId: string): Wallet {
  const held = ctx.sql.all<{ availableAt: number; amountMinor: number }>(
    `SELECT available_at AS availableAt, amount_minor AS amountMinor FROM holds
     WHERE wallet_id = ? AND released_at IS NULL ORDER BY available_at LIMIT 100`,
    walletId,
  )
  const earned = first<{ total: number }>(
    ctx.sql,
    `SELECT coalesce(sum(reward_minor), 0) AS total FROM receipts WHERE wallet_id = ?`,
    walletId,
  )
  return {
    id: walletId,
    currency: ctx.rules.currency,
    availableMinor: minor(ctx.book.balance(walletAvailable(walletId))),
    heldMinor: minor(ctx.book.balance(walletHeld(walletId))),
    payingMinor: minor(ctx.book.balance(walletPaying(walletId))),
    owedMinor: minor(0),
    earnedMinor: minor(earned?.total ?? 0),
    held: held.map((hold) => ({
      availableAt: new Date(hold.availableAt).toISOString(),
      amountMinor: minor(hold.amountMinor),
    })),
  }
}

type WalletTransfer = {
  sequence: number
  id: string
  amountMinor: number
  code: string
  reference: string
  at: number
}

const KINDS: Partial<Record<string, Posting['kind']>> = {
  reward: 'accrual',
  reward_held: 'accrual',
  hold_released: 'hold_released',
  payout_asked: 'payout_asked',
  payout_succeeded: 'payout_succeeded',
  payout_returned: 'payout_returned',
  payout_undone: 'payout_returned',
}

/** The wallet's history out of the book, newest first, before the given sequence. */
export function listPostings(
  ctx: CellContext,
  walletId: string,
  before: number,
  limit: number,
): { postings: Posting[]; last: number } {
  const rows = ctx.sql.all<WalletTransfer>(
    `SELECT sequence, id, amount_minor AS amountMinor, code, reference, at FROM transfers
     WHERE wallet_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    walletId,
    before,
    limit,
  )
  const postings = rows.map((row) => posting(ctx, row))
  return { postings, last: rows.at(-1)?.sequence ?? 0 }
}

function posting(ctx: CellContext, row: WalletTransfer): Posting {
  const kind = KINDS[row.code]
  if (!kind) throw new Error(`a transfer of kind ${row.code} touches a wallet`)
  const [receiptId, offerId] = row.id.split(':')
  const receipt = kind === 'accrual' && receiptId ? readReceipt(ctx.sql, receiptId) : null
  const reward = receipt?.judged?.rewards.find((paid) => paid.offerId === offerId)
  const isPayout = kind.startsWith('payout')
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    kind,
    amountMinor: minor(kind === 'payout_asked' ? -row.amountMinor : row.amountMinor),
    receiptId: receipt?.id ?? null,
    storeName: receipt?.storeName ?? null,
    offerId: reward?.offerId ?? null,
    offerTitle: reward?.title ?? null,
    payoutId: isPayout ? row.reference : null,
    availableAt: reward?.availableAt ? new Date(reward.availableAt).toISOString() : null,
  }
}
