import { claims, walletAvailable } from '../ledger/account.ts'
import { claimRecovered, type HeldPart, type Sources, sourcesOf } from '../ledger/clawback.ts'
import type { CellContext } from './cell-context.ts'

/**
 * What a shopper owes after a return, and what a wallet has to answer for it: while something is
 * owed nothing is held or available (decision 0016).
 */

/** What of an amount the wallet can give back now; `ownAt`: the hold of the reward itself. */
export function takeSources(
  ctx: CellContext,
  walletId: string,
  amountMinor: number,
  ownAt: number | null,
): Sources {
  const held = ctx.sql.all<HeldPart>(
    `SELECT available_at AS availableAt, amount_minor AS amountMinor FROM holds
     WHERE wallet_id = ? AND released_at IS NULL`,
    walletId,
  )
  const availableMinor = ctx.book.balance(walletAvailable(walletId))
  const sources = sourcesOf(amountMinor, { held, availableMinor }, ownAt)
  for (const part of sources.held) cutHold(ctx, walletId, part)
  return sources
}

/** What was taken of a hold does not become available; an empty hold is forgotten by its task. */
function cutHold(ctx: CellContext, walletId: string, { availableAt, amountMinor }: HeldPart): void {
  ctx.sql.all(
    'DELETE FROM holds WHERE wallet_id = ? AND available_at = ? AND amount_minor = ?',
    walletId,
    availableAt,
    amountMinor,
  )
  ctx.sql.all(
    `UPDATE holds SET amount_minor = amount_minor - ?
     WHERE wallet_id = ? AND available_at = ?`,
    amountMinor,
    walletId,
    availableAt,
  )
}

/** Money has come into the wallet by `cause`: what is owed is taken of it first. */
export function recoverClaim(ctx: CellContext, walletId: string, cause: string, now: number): void {
  const owedMinor = 0 - ctx.book.balance(claims(walletId))
  if (owedMinor === 0) return
  const sources = takeSources(ctx, walletId, owedMinor, null)
  ctx.book.post(claimRecovered(cause, walletId, sources), now)
}
