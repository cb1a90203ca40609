import { minor, sumMinor } from '#schema/money'
import type {
  AccountRow,
  OperatorPayout,
  OperatorReceipt,
  OperatorReturn,
  TransferRow,
} from '#schema/operator'
import type { ReceiptState, ReceiptSummary } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { evaluate } from '../offers/evaluate.ts'
import { unpaid } from '../offers/verdict.ts'
import { staffActions } from '../receipts/journey.ts'
import { isReturn } from '../receipts/returned.ts'
import type { CellContext } from './cell-context.ts'
import { listCellPayouts, type PayoutFilter, type PayoutRow } from './cell-payouts.ts'
import { asJudged, judgingInput } from './judging-input.ts'
import { payoutView } from './payout-view.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import { receiptSummary, receiptView } from './receipt-view.ts'
import { appliedReturns, type ReturnRow } from './return-row.ts'

/** What the operator's desk reads from one cell. Nothing here changes anything. */

export type DeskReceipt = Omit<OperatorReceipt, 'shopperMasked'>
export type DeskReceiptSummary = ReceiptSummary & { walletId: string; cell: string }

/** A receipt with its transfers and what may be done with it; null when it is not in this cell. */
export function deskReceipt(ctx: CellContext, id: string): DeskReceipt | null {
  const row = readReceipt(ctx.sql, id)
  if (!row) return null
  const told = appliedReturns(ctx.sql, row.walletId).filter(({ saleId }) => saleId === id)
  const transfers = [id, ...told.map(({ returnId }) => returnId)].flatMap((reference) =>
    listTransfers(ctx, { reference, account: null, before: null }, 100),
  )
  return {
    receipt: receiptView(ctx, row),
    cell: ctx.name,
    walletId: row.walletId,
    snapshotVersion: row.snapshotVersion,
    transfers,
    returns: told.map((one) => returnView(ctx, row, one)),
    actions: staffActions(row),
  }
}

function returnView(
  ctx: CellContext,
  { judged }: ReceiptRow,
  { fingerprint, returnId, at, document }: ReturnRow,
): OperatorReturn {
  const own = (judged?.takenBack ?? []).filter((back) => back.returnId === returnId)
  const taken = own.flatMap(({ reversals }) => reversals.map(({ rewardMinor }) => rewardMinor))
  return {
    identity: fingerprint,
    receiptId: readReceipt(ctx.sql, returnId) === null ? null : returnId,
    printedAt: document.time,
    toldAt: new Date(at).toISOString(),
    totalMinor: minor(document.totalMinor),
    takenMinor: sumMinor(taken),
  }
}

/** Where a page of a list of all cells ends: the next one begins before it. */
export type DeskBefore = { readonly at: number; readonly id: string }

export type ReceiptFilter = {
  readonly state: ReceiptState | null
  readonly walletId: string | null
}

/** Receipts of the cell, newest first. */
export function deskReceipts(
  ctx: CellContext,
  filter: ReceiptFilter,
  before: DeskBefore,
  limit: number,
): DeskReceiptSummary[] {
  // A wallet's receipts have an index of their own; "all or this one" would not use it.
  const ofWallet = filter.walletId === null ? '?5 IS NULL' : 'wallet_id = ?5'
  const rows = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts
     WHERE (submitted_at, id) < (?1, ?2) AND (?3 IS NULL OR state = ?3) AND ${ofWallet}
     ORDER BY submitted_at DESC, id DESC LIMIT ?4`,
    before.at,
    before.id,
    filter.state,
    limit,
    filter.walletId,
  )
  return rows.flatMap(({ id }) => {
    const row = readReceipt(ctx.sql, id)
    return row ? summary(ctx, row) : []
  })
}

/** Every submission of one fiscal identity in this cell, whoever holds the claim; newest first. */
export function receiptsOf(ctx: CellContext, fingerprint: string): string[] {
  return ctx.sql
    .all<{ id: string }>(
      'SELECT id FROM receipts WHERE fingerprint = ? ORDER BY submitted_at DESC LIMIT 20',
      fingerprint,
    )
    .map(({ id }) => id)
}

const summary = (ctx: CellContext, row: ReceiptRow): DeskReceiptSummary => ({
  ...receiptSummary(ctx, row),
  walletId: row.walletId,
  cell: ctx.name,
})

/**
 * Judges a stored receipt again by its pinned snapshot and the facts kept with it: every line by
 * every offer. Null when the receipt was never judged. The snapshot must be in memory.
 */
export function explain(ctx: CellContext, id: string, offerId: string | null): Verdict[] | null {
  const row = readReceipt(ctx.sql, id)
  if (!row?.judged) return null
  if (isReturn(row.judged)) return []
  const market = { ...ctx.market(row.judged.snapshotVersion), ...ctx.rules }
  const { verdicts } = evaluate(judgingInput(row, row.judged, market, asJudged(row.judged)))
  const said = row.state === 'awaiting_budget' ? verdicts.map(unpaid) : verdicts
  return said.filter((verdict) => offerId === null || verdict.offerId === offerId)
}

export function deskPayouts(
  ctx: CellContext,
  filter: PayoutFilter,
  before: DeskBefore,
  limit: number,
): OperatorPayout[] {
  return listCellPayouts(ctx, filter, before, limit).map((row) => deskPayout(ctx, row))
}

export function deskPayout(ctx: CellContext, row: PayoutRow): OperatorPayout {
  const { walletId, providerId, attempts, lastError } = row
  return { ...payoutView(row), walletId, cell: ctx.name, providerId, attempts, lastError }
}

export type TransferFilter = {
  readonly account: string | null
  /** A receipt, payout, lease or invoice: the beginning of the transfers' ids. */
  readonly reference: string | null
  /** Transfers of all books are paged together: by time (ms), then by book and number. */
  readonly before: { readonly at: number; readonly cell: string; readonly sequence: number } | null
}

/** Transfers of this book, newest first: the clock of one book does not run backwards. */
export function listTransfers(
  ctx: Pick<CellContext, 'sql' | 'name'>,
  filter: TransferFilter,
  limit: number,
): TransferRow[] {
  const rows = ctx.sql.all<Omit<TransferRow, 'cell' | 'at' | 'amountMinor'> & Moved>(
    `SELECT sequence, id, debit, credit, amount_minor AS amountMinor, code, reference, at
     FROM transfers
     WHERE (at, ?5, sequence) < (?1, ?6, ?7) AND (?2 IS NULL OR debit = ?2 OR credit = ?2)
       AND (?3 IS NULL OR id = ?3 OR (id > ?3 || ':' AND id < ?3 || ';'))
     ORDER BY sequence DESC LIMIT ?4`,
    filter.before?.at ?? Number.MAX_SAFE_INTEGER,
    filter.account,
    filter.reference,
    limit,
    ctx.name,
    filter.before?.cell ?? '',
    filter.before?.sequence ?? 0,
  )
  return rows.map((row) => ({
    ...row,
    cell: ctx.name,
    amountMinor: minor(row.amountMinor),
    at: new Date(row.at).toISOString(),
  }))
}

type Moved = { amountMinor: number; at: number }

/** Balances by class of account: wallets together, escrows by offer, and so on. */
export function accountTotals(ctx: Pick<CellContext, 'sql' | 'name'>): AccountRow[] {
  const rows = ctx.sql.all<{ code: string; kind: AccountRow['kind']; balanceMinor: number }>(
    `SELECT CASE WHEN code LIKE 'wallet:%'
         THEN 'wallet:*:' || replace(substr(code, instr(substr(code, 8), ':') + 8), ':', '')
         WHEN code LIKE 'claims:%' THEN 'claims:*'
         ELSE code END AS code,
       kind, sum(balance_minor) AS balanceMinor
     FROM accounts GROUP BY 1, kind ORDER BY 1 LIMIT 500`,
  )
  return rows.map((row) => ({ ...row, cell: ctx.name, balanceMinor: minor(row.balanceMinor) }))
}
