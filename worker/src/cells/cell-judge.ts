import type { OfferVersion } from '#schema/offer'
import type { ReceiptReason, TimelineEntry } from '#schema/receipt'
import { escrow } from '../ledger/account.ts'
import { activationReleased, rewardPosted } from '../ledger/posting.ts'
import { type EvaluatedReward, evaluate } from '../offers/evaluate.ts'
import type { EvaluationFacts } from '../offers/facts.ts'
import { unpaid } from '../offers/verdict.ts'
import { type Evidence, purchasedAt } from '../receipts/evidence.ts'
import { activationId, spendActivation } from './cell-activations.ts'
import { recoverClaim } from './cell-claims.ts'
import type { CellContext } from './cell-context.ts'
import { loadFacts } from './cell-facts.ts'
import { askLease } from './cell-leases.ts'
import { creditLimit, limitReason } from './cell-limits.ts'
import { judgingInput } from './judging-input.ts'
import { judgedEvent } from './receipt-event.ts'
import type { CreditLimit, Judgement, PaidReward, ReceiptRow } from './receipt-row.ts'
import { updateReceipt } from './receipt-row.ts'
import { clearReceiptTask, handOver } from './receipt-task.ts'
import { addTask } from './tasks.ts'

/**
 * Steps 5, 6 and 8 of the journey: evaluate (pure), and either credit everything in this
 * transaction or, when an escrow is short, post nothing and ask for a lease.
 */
export function judge(ctx: CellContext, row: ReceiptRow, evidence: Evidence, now: number): void {
  const exhausted = row.judged?.exhausted ?? []
  const limit = creditLimit(ctx, row)
  const judgement = evaluateReceipt(ctx, row, evidence, exhausted, limit)
  const short = judgement.rewards.filter(
    (reward) => !reward.fromReserved && ctx.book.balance(escrow(reward.offerId)) < cost(reward),
  )
  if (short.length > 0) awaitBudget(ctx, row, judgement, short, now)
  else if (judgement.rewards.length === 0) close(ctx, row, judgement, now)
  else credit(ctx, row, judgement, now)
}

const DAY_MS = 86_400_000

const cost = (reward: { rewardMinor: number; feeMinor: number }) =>
  reward.rewardMinor + reward.feeMinor

type Judged = Pick<ReceiptRow, 'walletId' | 'scan' | 'purchasedAt' | 'submittedAt' | 'till'>

/** What the evidence would earn now; nothing is posted. */
export function rewardOf(ctx: CellContext, row: Judged, evidence: Evidence): number {
  const { rewards } = evaluateReceipt(ctx, row, evidence, [], creditLimit(ctx, row))
  return rewards.reduce((sum, reward) => sum + reward.rewardMinor, 0)
}

/** Evaluates the evidence by its pinned snapshot with the wallet's present facts. */
function evaluateReceipt(
  ctx: CellContext,
  row: Judged,
  evidence: Evidence,
  exhausted: readonly string[],
  limit: CreditLimit | null,
): Judgement {
  const market = ctx.market(evidence.snapshotVersion)
  const boughtAt = purchasedAt(row.scan, evidence.document)
  const facts = loadFacts(ctx, row.walletId, market.offers, boughtAt, exhausted)
  const judged = { ...market, ...ctx.rules }
  const input = judgingInput(row, evidence, judged, { facts, limit })
  const { verdicts, rewards } = evaluate({ ...input, notableOnly: true })
  const named = new Set(verdicts.map((verdict) => verdict.offerId))
  const versions = new Map(market.offers.map((offer) => [key(offer), offer]))
  return {
    ...evidence,
    facts: [...facts],
    exhausted,
    limit,
    verdicts,
    partners: Object.fromEntries(
      market.offers.flatMap((offer) =>
        named.has(offer.offerId) ? [[offer.offerId, offer.partnerId]] : [],
      ),
    ),
    rewards: rewards.map((reward) => {
      const offer = versions.get(key(reward))
      return paidReward(reward, offer, facts)
    }),
  }
}

const key = (offer: { offerId: string; version: number }) => `${offer.offerId}@${offer.version}`

function paidReward(
  reward: EvaluatedReward,
  offer: OfferVersion | undefined,
  facts: EvaluationFacts,
): PaidReward {
  if (!offer) throw new Error(`evaluation paid an offer outside its snapshot: ${key(reward)}`)
  const reserved = facts.get(reward.offerId)?.reservedMinor ?? 0
  return {
    offerId: reward.offerId,
    version: reward.version,
    partnerId: reward.partnerId,
    title: offer.title,
    rewardMinor: reward.rewardMinor,
    feeMinor: reward.feeMinor,
    fromReserved: reward.usesActivation && reserved >= cost(reward),
    holdDays: reward.holdDays,
    availableAt: null,
    lines: reward.lines,
  }
}

function credit(ctx: CellContext, row: ReceiptRow, judgement: Judgement, now: number): void {
  const rewards = judgement.rewards.map((reward) => ({
    ...reward,
    availableAt: reward.holdDays > 0 ? holdHour(now + reward.holdDays * DAY_MS) : null,
  }))
  for (const reward of rewards) {
    const posting = {
      ...reward,
      receiptId: row.id,
      walletId: row.walletId,
      held: reward.availableAt !== null,
    }
    ctx.book.post(rewardPosted(posting), now)
    if (reward.availableAt !== null) hold(ctx, row.walletId, reward.availableAt, reward.rewardMinor)
    if (reward.fromReserved) releaseRest(ctx, row.walletId, reward, now)
    else ctx.pace.spent(reward.offerId, cost(reward), now)
  }
  recoverClaim(ctx, row.walletId, row.id, now)
  row.state = 'credited'
  row.rewardMinor = rewards.reduce((sum, reward) => sum + reward.rewardMinor, 0)
  finish(ctx, row, { ...judgement, rewards }, null, { step: 'credited' }, now)
}

/** The reservation paid; what it held beyond that returns to the open escrow. */
function releaseRest(ctx: CellContext, walletId: string, reward: PaidReward, now: number): void {
  const used = spendActivation(ctx, walletId, reward.offerId, now)
  const rest = used.reservedMinor - cost(reward)
  if (rest > 0) {
    const id = activationId(walletId, reward.offerId, used.sequence)
    ctx.book.post([activationReleased(id, reward.offerId, rest)], now)
  }
}

/** Held rewards of one wallet that fall due on the same hour share a row and a task. */
function hold(ctx: CellContext, walletId: string, availableAt: number, amountMinor: number): void {
  ctx.sql.all(
    `INSERT INTO holds (wallet_id, available_at, amount_minor) VALUES (?1, ?2, ?3)
     ON CONFLICT (wallet_id, available_at) DO UPDATE SET amount_minor = amount_minor + ?3`,
    walletId,
    availableAt,
    amountMinor,
  )
  addTask(ctx, {
    dueAt: availableAt,
    id: `mature:${walletId}`,
    body: { kind: 'mature', walletId, availableAt },
  })
}

/** Rounds up to the full hour, so that few rows and tasks hold many rewards. */
const holdHour = (at: number) => Math.ceil(at / 3_600_000) * 3_600_000

function close(ctx: CellContext, row: ReceiptRow, judgement: Judgement, now: number): void {
  row.state = 'no_reward'
  finish(ctx, row, judgement, closingReason(judgement), { step: 'no_reward' }, now)
}

/** A limit is the reason only when it is what kept an offer from paying. */
function closingReason({ limit, verdicts }: Judgement): ReceiptReason {
  if (!limit || !verdicts.some(({ rule }) => rule === limit.rule)) {
    return { code: 'nothing_matched' }
  }
  return limitReason(limit)
}

function finish(
  ctx: CellContext,
  row: ReceiptRow,
  judgement: Judgement,
  reason: ReceiptReason | null,
  entry: Omit<TimelineEntry, 'at'>,
  now: number,
): void {
  const saidMinor = judgement.verdicts.reduce((sum, verdict) => sum + verdict.rewardMinor, 0)
  if (saidMinor !== row.rewardMinor) {
    throw new Error(`${row.id} is credited ${row.rewardMinor}, its verdicts say ${saidMinor}`)
  }
  row.reason = reason
  row.judged = judgement
  row.version += 1
  row.timeline.push({ at: new Date(now).toISOString(), ...entry })
  handOver(ctx, row, judgedEvent(ctx, row, judgement, now), now)
  updateReceipt(ctx.sql, row)
  ctx.sql.all('DELETE FROM waiters WHERE receipt_id = ?', row.id)
  ctx.changed(row.id)
}

function awaitBudget(
  ctx: CellContext,
  row: ReceiptRow,
  judgement: Judgement,
  short: readonly PaidReward[],
  now: number,
): void {
  for (const reward of short) {
    ctx.sql.all(
      `INSERT INTO waiters (offer_id, receipt_id, need_minor) VALUES (?1, ?2, ?3)
       ON CONFLICT (offer_id, receipt_id) DO UPDATE SET need_minor = ?3`,
      reward.offerId,
      row.id,
      cost(reward),
    )
    askLease(ctx, reward.offerId, cost(reward), cost(reward), now)
  }
  if (row.state !== 'awaiting_budget') {
    row.timeline.push({ at: new Date(now).toISOString(), step: 'awaiting_budget' })
  }
  clearReceiptTask(ctx, row)
  row.state = 'awaiting_budget'
  row.judged = { ...judgement, verdicts: judgement.verdicts.map(unpaid), rewards: [] }
  row.version += 1
  updateReceipt(ctx.sql, row)
  ctx.changed(row.id)
}
