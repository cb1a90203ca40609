import type { AmountMinor } from '#schema/money'
import { minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import { escrow } from '../ledger/account.ts'
import { activationReleased, activationReserved } from '../ledger/posting.ts'
import { isUsedUp } from '../offers/rules/quota.ts'
import { wallMinuteIn } from '../offers/wall.ts'
import type { CellContext } from './cell-context.ts'
import { loadFacts } from './cell-facts.ts'
import { askLease, watchEscrow } from './cell-leases.ts'
import { first } from './sql-store.ts'
import { addTask, removeTask } from './tasks.ts'

/**
 * Activation reserves an offer's reward for one shopper until the purchase window and the
 * submission window have passed: an activated offer is never snatched away.
 */

export type ActivationRow = {
  walletId: string
  offerId: string
  sequence: number
  state: 'active' | 'used' | 'lapsed'
  partnerId: string
  reservedMinor: number
  activatedAt: number
  expiresAt: number
}

export type ActivationResult =
  | { kind: 'active'; reservedMinor: AmountMinor; expiresAt: number }
  /** The escrow is short; the lease with this number has been asked. */
  | { kind: 'short'; sequence: number }
  /** The offer can pay this wallet no more: there is nothing to reserve. */
  | { kind: 'used_up' }

export const activationId = (walletId: string, offerId: string, sequence: number) =>
  `activation:${walletId}:${offerId}:${sequence}`

const SELECT = `SELECT wallet_id AS walletId, offer_id AS offerId, sequence, state,
  partner_id AS partnerId, reserved_minor AS reservedMinor, activated_at AS activatedAt,
  expires_at AS expiresAt FROM activations`

/** A wallet's open activations. */
export function listActivations(ctx: CellContext, walletId: string): ActivationRow[] {
  return ctx.sql.all<ActivationRow>(
    `${SELECT} WHERE wallet_id = ? AND state = 'active' LIMIT 1000`,
    walletId,
  )
}

/** Every activation that a wallet ever made, newest first. */
export function allActivations(ctx: CellContext, walletId: string, limit: number): ActivationRow[] {
  return ctx.sql.all<ActivationRow>(
    `${SELECT} WHERE wallet_id = ? ORDER BY activated_at DESC, offer_id, sequence DESC LIMIT ?`,
    walletId,
    limit,
  )
}

/**
 * Reserves the most one receipt can cost. `wantMinor` is what all who are waiting need together, so
 * that one lease serves them. Repeating it answers with the open activation.
 */
export function activate(
  ctx: CellContext,
  walletId: string,
  offer: OfferVersion,
  costMinor: number,
  expiresAt: number,
  wantMinor: number,
  now: number,
): ActivationResult {
  const last = first<ActivationRow>(
    ctx.sql,
    `${SELECT} WHERE wallet_id = ? AND offer_id = ? ORDER BY sequence DESC LIMIT 1`,
    walletId,
    offer.offerId,
  )
  if (last?.state === 'active') {
    return { kind: 'active', reservedMinor: minor(last.reservedMinor), expiresAt: last.expiresAt }
  }
  if (isSpent(ctx, walletId, offer, now)) return { kind: 'used_up' }
  if (ctx.book.balance(escrow(offer.offerId)) < costMinor) {
    return {
      kind: 'short',
      sequence: askLease(ctx, offer.offerId, costMinor, wantMinor, now),
    }
  }
  const sequence = (last?.sequence ?? 0) + 1
  const id = activationId(walletId, offer.offerId, sequence)
  ctx.book.post([activationReserved(id, offer.offerId, costMinor)], now)
  ctx.sql.all(
    `INSERT INTO activations (wallet_id, offer_id, sequence, state, offer_version, partner_id,
       reserved_minor, activated_at, expires_at) VALUES (?, ?, ?, 'active', ?, ?, ?, ?, ?)`,
    walletId,
    offer.offerId,
    sequence,
    offer.version,
    offer.partnerId,
    costMinor,
    now,
    expiresAt,
  )
  addTask(ctx, {
    dueAt: expiresAt,
    id: `lapse:${id}`,
    body: { kind: 'lapse', walletId, offerId: offer.offerId, sequence },
  })
  emitReservation(ctx, id, offer, costMinor, now)
  return { kind: 'active', reservedMinor: minor(costMinor), expiresAt }
}

function isSpent(ctx: CellContext, walletId: string, offer: OfferVersion, now: number): boolean {
  const clock = wallMinuteIn(new Date(now).toISOString(), offer.rule.timeZone)
  const facts = loadFacts(ctx, walletId, [offer], clock, []).get(offer.offerId)
  return facts !== undefined && isUsedUp(offer, facts)
}

/** Marks the open activation as used by a credited receipt. Throws when there is none. */
export function spendActivation(
  ctx: CellContext,
  walletId: string,
  offerId: string,
  now: number,
): ActivationRow {
  const row = first<ActivationRow>(
    ctx.sql,
    `${SELECT} WHERE wallet_id = ? AND offer_id = ? AND state = 'active'`,
    walletId,
    offerId,
  )
  if (!row) throw new Error(`no open activation of ${offerId} for ${walletId}`)
  setState(ctx, row, 'used')
  const id = activationId(walletId, offerId, row.sequence)
  removeTask(ctx.sql, row.expiresAt, `lapse:${id}`)
  emitReservation(ctx, id, row, -row.reservedMinor, now)
  watchEscrow(ctx, offerId, now)
  return row
}

/**
 * The reservation's time has passed: the money returns to the open escrow, unless a receipt of the
 * wallet is still on its way, for which it is kept another day.
 */
export function lapseActivation(
  ctx: CellContext,
  task: { walletId: string; offerId: string; sequence: number },
  dueAt: number,
  now: number,
): void {
  const { walletId, offerId, sequence } = task
  const id = activationId(walletId, offerId, sequence)
  removeTask(ctx.sql, dueAt, `lapse:${id}`)
  const row = first<ActivationRow>(
    ctx.sql,
    `${SELECT} WHERE wallet_id = ? AND offer_id = ? AND sequence = ? AND state = 'active'`,
    walletId,
    offerId,
    sequence,
  )
  if (!row || row.expiresAt !== dueAt) return
  if (receiptUnderWay(ctx, walletId)) {
    const expiresAt = now + 86_400_000
    ctx.sql.all(
      'UPDATE activations SET expires_at = ? WHERE wallet_id = ? AND offer_id = ? AND sequence = ?',
      expiresAt,
      walletId,
      offerId,
      sequence,
    )
    addTask(ctx, { dueAt: expiresAt, id: `lapse:${id}`, body: { kind: 'lapse', ...task } })
    return
  }
  setState(ctx, row, 'lapsed')
  ctx.book.post([activationReleased(id, offerId, row.reservedMinor)], now)
  emitReservation(ctx, id, row, -row.reservedMinor, now)
  watchEscrow(ctx, offerId, now)
}

function receiptUnderWay(ctx: CellContext, walletId: string): boolean {
  const row = first(
    ctx.sql,
    `SELECT 1 AS one FROM receipts WHERE wallet_id = ?
       AND state IN ('received', 'verifying', 'awaiting_authority', 'awaiting_budget') LIMIT 1`,
    walletId,
  )
  return row !== null
}

function setState(ctx: CellContext, row: ActivationRow, state: 'used' | 'lapsed'): void {
  ctx.sql.all(
    'UPDATE activations SET state = ? WHERE wallet_id = ? AND offer_id = ? AND sequence = ?',
    state,
    row.walletId,
    row.offerId,
    row.sequence,
  )
}

function emitReservation(
  ctx: CellContext,
  activation: string,
  offer: { offerId: string; partnerId: string },
  changeMinor: number,
  now: number,
): void {
  const id = `reservation:${activation}:${changeMinor > 0 ? 'made' : 'closed'}`
  addTask(ctx, {
    dueAt: now,
    id,
    body: {
      kind: 'event',
      event: {
        type: 'reservation_changed',
        id,
        at: new Date(now).toISOString(),
        cell: ctx.name,
        offerId: offer.offerId,
        partnerId: offer.partnerId,
        changeMinor: minor(changeMinor),
      },
    },
  })
}
