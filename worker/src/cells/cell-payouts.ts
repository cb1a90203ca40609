import type { PayoutMethod } from '#schema/market'
import { minor } from '#schema/money'
import type { PayoutRequest, PayoutState } from '#schema/payout'
import type { ProblemCode } from '#schema/problem'
import { walletAvailable } from '../ledger/account.ts'
import { payoutAsked, payoutReturned, payoutSucceeded, payoutUndone } from '../ledger/posting.ts'
import { decidePayout, type PayoutFacts } from '../payouts/payout.ts'
import type { Absent, ProviderOutcome } from '../payouts/provider.ts'
import { afterAsk, mayBounce, type WayToAsk, wayToAsk, wayToCheck } from '../payouts/schedule.ts'
import { recoverClaim } from './cell-claims.ts'
import type { CellContext } from './cell-context.ts'
import { readFlag, writeFlag } from './flags.ts'
import { first } from './sql-store.ts'
import { addTask, removeTask } from './tasks.ts'

/** Step 12: a payout's life in the cell. Money leaves `available` before anybody is called. */

export type PayoutRow = {
  id: string
  walletId: string
  amountMinor: number
  state: PayoutState
  version: number
  contentHash: string
  destinationCode: PayoutMethod
  destinationMasked: string
  bankName: string | null
  destinationSealed: string | null
  providerId: string | null
  attempts: number
  firstSentAt: number | null
  requestedAt: number
  updatedAt: number
  taskDueAt: number | null
  reason: string | null
  lastError: string | null
}

const SELECT = `SELECT id, wallet_id AS walletId, amount_minor AS amountMinor, state, version,
  content_hash AS contentHash, destination_code AS destinationCode,
  destination_masked AS destinationMasked, bank_name AS bankName,
  destination_sealed AS destinationSealed, provider_id AS providerId, attempts,
  first_sent_at AS firstSentAt, requested_at AS requestedAt, updated_at AS updatedAt,
  task_due_at AS taskDueAt, reason, last_error AS lastError FROM payouts`

export function readPayout(ctx: CellContext, id: string): PayoutRow | null {
  return first<PayoutRow>(ctx.sql, `${SELECT} WHERE id = ?`, id)
}

/** A wallet's payouts, newest first, before the given one. */
export function listPayouts(
  ctx: CellContext,
  walletId: string,
  before: { requestedAt: number; id: string },
  limit: number,
): PayoutRow[] {
  return ctx.sql.all<PayoutRow>(
    `${SELECT} WHERE wallet_id = ? AND (requested_at, id) < (?, ?)
     ORDER BY requested_at DESC, id DESC LIMIT ?`,
    walletId,
    before.requestedAt,
    before.id,
    limit,
  )
}

export type PayoutFilter = {
  readonly state: PayoutState | null
  /** Only those without an end that were first sent before these moments (schedule.ts). */
  readonly stuckBefore: { readonly unnamed: number; readonly named: number } | null
}

/** Payouts of the whole cell for the operator, newest first. */
export function listCellPayouts(
  ctx: CellContext,
  { state, stuckBefore }: PayoutFilter,
  before: { at: number; id: string },
  limit: number,
): PayoutRow[] {
  return ctx.sql.all<PayoutRow>(
    `${SELECT} WHERE (?1 IS NULL OR state = ?1) AND (requested_at, id) < (?2, ?3)
       AND (?5 IS NULL OR (state NOT IN ('arrived', 'came_back') AND
         first_sent_at <= CASE WHEN provider_id IS NULL THEN ?5 ELSE ?6 END))
     ORDER BY requested_at DESC, id DESC LIMIT ?4`,
    state,
    before.at,
    before.id,
    limit,
    stuckBefore?.unnamed ?? null,
    stuckBefore?.named ?? null,
  )
}

/** A request with what the caller knows of the person, and the destination sealed and masked. */
export type PayoutOrder = {
  readonly walletId: string
  readonly request: PayoutRequest
  readonly person: Pick<
    PayoutFacts,
    'adultConfirmedAt' | 'reauthenticatedAt' | 'phoneChangedAt' | 'bankKnown' | 'contentTag'
  >
  readonly destinationSealed: string
  readonly destinationMasked: string
  readonly bankName: string | null
}

export type PayoutAnswer = { ok: true; row: PayoutRow; created: boolean } | Refused
type Refused = { ok: false; code: ProblemCode }

/** Decides and posts `available → paying`; the same id again answers with the payout as it is. */
export function requestPayout(ctx: CellContext, order: PayoutOrder, now: number): PayoutAnswer {
  const { request, walletId } = order
  const former = readPayout(ctx, request.id)
  if (former && former.walletId !== walletId) return { ok: false, code: 'id_reused' }
  const decision = decidePayout(
    request,
    {
      ...order.person,
      availableMinor: ctx.book.balance(walletAvailable(walletId)),
      frozen: readFlag(ctx.sql, 'payouts_frozen') !== null,
      previous: former?.contentHash ?? null,
    },
    ctx.rules,
    now,
  )
  if (!decision.ok) return decision
  if (former) return { ok: true, row: former, created: false }
  const { id, amountMinor, destination } = request
  ctx.book.post([payoutAsked({ payoutId: id, walletId, amountMinor })], now)
  ctx.sql.all(
    `INSERT INTO payouts (id, wallet_id, amount_minor, state, version, content_hash,
       destination_code, destination_masked, bank_name, destination_sealed, attempts,
       requested_at, updated_at, task_due_at)
     VALUES (?1, ?2, ?3, 'asked', 1, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?9, ?9)`,
    id,
    walletId,
    amountMinor,
    order.person.contentTag,
    destination.code,
    order.destinationMasked,
    order.bankName,
    order.destinationSealed,
    now,
  )
  addTask(ctx, task(id, now))
  const row = readPayout(ctx, id)
  if (!row) throw new Error(`payout ${id} vanished after its insert`)
  return { ok: true, row, created: true }
}

const taskId = (payoutId: string) => `payout:${payoutId}`
const task = (payoutId: string, dueAt: number) => ({
  dueAt,
  id: taskId(payoutId),
  body: { kind: 'payout', payoutId } as const,
})

/**
 * Called durably before a question leaves: counts it, and says which question is safe at this
 * moment. Null when there is nothing to ask: the payout has ended and nobody has news of it, or
 * payouts are frozen.
 */
export function beginAsking(
  ctx: CellContext,
  payoutId: string,
  now: number,
): { row: PayoutRow; way: WayToAsk } | null {
  const row = readPayout(ctx, payoutId)
  if (!row || (isEnd(row.state) && !isDoubted(row))) return null
  if (row.firstSentAt === null && readFlag(ctx.sql, 'payouts_frozen') !== null) return null
  const way = isEnd(row.state) ? wayToCheck(row) : wayToAsk(row, now)
  ctx.sql.all(
    `UPDATE payouts SET attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, ?)
     WHERE id = ?`,
    now,
    payoutId,
  )
  return { row: { ...row, attempts: row.attempts + 1, firstSentAt: row.firstSentAt ?? now }, way }
}

export const isEnd = (state: PayoutState) => state === 'arrived' || state === 'came_back'

/** It has ended, and somebody says that the provider has news all the same. */
const isDoubted = ({ taskDueAt }: PayoutRow) => taskDueAt !== null

/** A payout as it was when the question left. */
export type AskedRow = Pick<PayoutRow, 'id' | 'taskDueAt'>

/**
 * Applies the provider's answer once. After the end only what a bank sends back changes anything,
 * and that once. News that came while the question was out keeps its own question.
 */
export function applyOutcome(
  ctx: CellContext,
  asked: AskedRow,
  outcome: ProviderOutcome | Absent,
  now: number,
): void {
  const payoutId = asked.id
  const kept = readPayout(ctx, payoutId)
  if (!kept) return
  const isNudged = kept.taskDueAt !== asked.taskDueAt
  const row = { ...kept, taskDueAt: isNudged ? kept.taskDueAt : null }
  if (kept.taskDueAt !== null && !isNudged) removeTask(ctx.sql, kept.taskDueAt, taskId(payoutId))
  if (isEnd(row.state)) {
    ctx.sql.all('UPDATE payouts SET task_due_at = ? WHERE id = ?', row.taskDueAt, payoutId)
    const hasBounced = row.state === 'arrived' && mayBounce(row.destinationCode)
    if (hasBounced && outcome.kind === 'canceled') undo(ctx, row, outcome.reason, now)
    else contradict(ctx, row, outcome, now)
    return
  }
  const next = afterAsk(outcome, row, now)
  const posting = { payoutId, walletId: row.walletId, amountMinor: row.amountMinor }
  const changed: PayoutRow = {
    ...row,
    providerId: next.providerId,
    updatedAt: now,
    version: row.version + 1,
  }
  switch (next.kind) {
    case 'arrived':
      ctx.book.post([payoutSucceeded(posting)], now)
      end(changed, 'arrived', null)
      addTask(ctx, {
        dueAt: now,
        id: `book_payout:${payoutId}`,
        body: { kind: 'book_payout', payoutId, amountMinor: row.amountMinor },
      })
      break
    case 'came_back':
      ctx.book.post([payoutReturned(posting)], now)
      recoverClaim(ctx, row.walletId, payoutId, now)
      end(changed, 'came_back', next.reason)
      break
    case 'wait':
      changed.state = 'on_its_way'
      changed.lastError = next.lastError
      if (isNudged) break
      changed.taskDueAt = next.at
      addTask(ctx, task(payoutId, next.at))
  }
  if (changed.state === row.state) changed.version = row.version
  write(ctx, changed)
  if (changed.state !== row.state) emit(ctx, changed, now)
  ctx.changed(payoutId)
}

/** The recipient's bank sent back what had arrived: it is the shopper's again. */
function undo(ctx: CellContext, row: PayoutRow, reason: string, now: number): void {
  const { id, walletId, amountMinor } = row
  ctx.book.post([payoutUndone({ payoutId: id, walletId, amountMinor })], now)
  recoverClaim(ctx, walletId, id, now)
  const changed: PayoutRow = { ...row, updatedAt: now, version: row.version + 1 }
  end(changed, 'came_back', reason)
  write(ctx, changed)
  addTask(ctx, {
    dueAt: now,
    id: `book_refund:${id}`,
    body: { kind: 'book_refund', payoutId: id, amountMinor },
  })
  emit(ctx, changed, now)
  ctx.changed(id)
}

/**
 * The provider says that it paid what it had definitively refused before: the network would lose
 * the money twice. Nothing is posted; payouts of the cell stop until a person has looked.
 */
function contradict(
  ctx: CellContext,
  row: PayoutRow,
  outcome: ProviderOutcome | Absent,
  now: number,
): void {
  if (row.state !== 'came_back' || outcome.kind !== 'succeeded') return
  const why = `payout ${row.id} was paid by the provider after its money had come back`
  ctx.sql.all('UPDATE payouts SET last_error = ? WHERE id = ?', why, row.id)
  writeFlag(ctx.sql, 'payouts_frozen', why, now)
}

function end(row: PayoutRow, state: 'arrived' | 'came_back', reason: string | null): void {
  row.state = state
  row.reason = reason
  row.lastError = null
  // The card number has served: only the mask stays.
  row.destinationSealed = null
}

/**
 * A webhook or the operator says that the provider has news: ask now. Harmless when it has none.
 * One that has ended is looked at once more, never sent: had the provider paid what came back, or
 * had the bank sent back what arrived, nobody else would tell.
 */
export function nudgePayout(ctx: CellContext, payoutId: string, now: number): boolean {
  const row = readPayout(ctx, payoutId)
  if (!row || (row.state === 'arrived' && !mayBounce(row.destinationCode))) return false
  if (row.taskDueAt !== null) removeTask(ctx.sql, row.taskDueAt, taskId(payoutId))
  // A question that is out now was asked before this news: another moment tells them apart.
  const dueAt = row.taskDueAt === now ? now + 1 : now
  ctx.sql.all('UPDATE payouts SET task_due_at = ? WHERE id = ?', dueAt, payoutId)
  addTask(ctx, task(payoutId, dueAt))
  return true
}

function write(ctx: CellContext, row: PayoutRow): void {
  ctx.sql.all(
    `UPDATE payouts SET state = ?, version = ?, destination_sealed = ?, provider_id = ?,
       updated_at = ?, task_due_at = ?, reason = ?, last_error = ? WHERE id = ?`,
    row.state,
    row.version,
    row.destinationSealed,
    row.providerId,
    row.updatedAt,
    row.taskDueAt,
    row.reason,
    row.lastError,
    row.id,
  )
}

function emit(ctx: CellContext, row: PayoutRow, now: number): void {
  const id = `payout:${row.id}:${row.state}`
  addTask(ctx, {
    dueAt: now,
    id: `event:${id}`,
    body: {
      kind: 'event',
      event: {
        type: 'payout_changed',
        id,
        at: new Date(now).toISOString(),
        cell: ctx.name,
        payoutId: row.id,
        walletId: row.walletId,
        amountMinor: minor(row.amountMinor),
        state: row.state,
      },
    },
  })
}
