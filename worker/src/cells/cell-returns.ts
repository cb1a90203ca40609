import { minor } from '#schema/money'
import type { FiscalDocument } from '#schema/receipt'
import { rewardTakenBack } from '../ledger/clawback.ts'
import { evaluate } from '../offers/evaluate.ts'
import { keptOf, type Reversal, reversalsOf } from '../offers/reversal.ts'
import type { Evidence } from '../receipts/evidence.ts'
import { findSale, goodsOf, type ReturnedGoods, remainingOf } from '../receipts/returned.ts'
import { takeSources } from './cell-claims.ts'
import type { CellContext } from './cell-context.ts'
import { judge } from './cell-judge.ts'
import { watchEscrow } from './cell-leases.ts'
import { asJudged, judgingInput } from './judging-input.ts'
import { closedEvent, returnedEvent } from './receipt-event.ts'
import {
  type Judgement,
  type ReceiptRow,
  readReceipt,
  type TakenBack,
  updateReceipt,
} from './receipt-row.ts'
import { handOver } from './receipt-task.ts'
import { readReturn, removeWaitingReturn, waitingReturns, writeReturn } from './return-row.ts'
import { addTask } from './tasks.ts'

/**
 * Returns of goods (decision 0016): a return finds its sale among the wallet's own receipts, the
 * sale is judged again without what went back, and the difference is taken. Callers hold the
 * transaction.
 */

/** Step 5 of a return's own receipt: it is authentic. It earns nothing and rests at once. */
export function takeReturn(
  ctx: CellContext,
  row: ReceiptRow,
  evidence: Evidence,
  now: number,
): void {
  row.judged = {
    ...evidence,
    facts: [],
    exhausted: [],
    limit: null,
    verdicts: [],
    partners: {},
    rewards: [],
  }
  const former = readReturn(ctx.sql, row.fingerprint)
  const { document } = evidence
  const found = former?.saleId ? null : findOwnSale(ctx, row.walletId, document)
  const told = { fingerprint: row.fingerprint, returnId: row.id, walletId: row.walletId }
  const sale = found && readReceipt(ctx.sql, found.id)
  if (!former) writeReturn(ctx.sql, { ...told, saleId: sale?.id ?? null, at: now, document })
  else if (sale) writeReturn(ctx.sql, { ...former, saleId: sale.id })
  const back = sale && found ? apply(ctx, sale, row.id, found.goods, now) : null
  const ownSale = former?.walletId === row.walletId ? former.saleId : null
  rest(ctx, row, sale ?? (ownSale === null ? null : readReceipt(ctx.sql, ownSale)), back, now)
}

/**
 * A return that somebody else than the shopper tells of, with the sale that it names.
 * `unknown_sale` says that this cell holds no such sale: the claim's holder is in another one.
 */
export type ReturnReport = {
  readonly fingerprint: string
  readonly saleFingerprint: string
  /** As an authority or the retailer itself vouches for it. */
  readonly document: FiscalDocument
}

export type ReportOutcome = 'applied' | 'waits' | 'known' | 'unknown_sale' | 'other_goods'

export function reportReturn(
  ctx: CellContext,
  { fingerprint, saleFingerprint, document }: ReturnReport,
  now: number,
): ReportOutcome {
  const former = readReturn(ctx.sql, fingerprint)
  if (former?.saleId) return 'known'
  const sale = heldSale(ctx, saleFingerprint)
  if (!sale) return 'unknown_sale'
  const { walletId } = sale
  const own = former?.walletId === walletId ? former.returnId : null
  const returnId = own ?? ctx.receiptId(fingerprint, walletId, 0)
  const told = { fingerprint, returnId, walletId, at: now, document }
  if (!sale.judged) {
    writeReturn(ctx.sql, { ...told, saleId: null })
    return 'waits'
  }
  const goods = goodsOf(whatIsLeft(sale.judged), document)
  if (!goods) return 'other_goods'
  writeReturn(ctx.sql, { ...told, saleId: sale.id })
  const back = apply(ctx, sale, returnId, goods, now)
  tell(ctx, returnId, sale, back, now)
  return 'applied'
}

function heldSale(ctx: CellContext, fingerprint: string): ReceiptRow | null {
  const [held] = ctx.sql.all<{ id: string }>(
    "SELECT id FROM receipts WHERE fingerprint = ? AND claim = 'held'",
    fingerprint,
  )
  return held ? readReceipt(ctx.sql, held.id) : null
}

/** A sale is about to be judged: what went back before does not earn. */
export function withReturns(
  ctx: CellContext,
  sale: ReceiptRow,
  evidence: Evidence,
  now: number,
): Evidence {
  const returned: ReturnedGoods[] = []
  for (const waiting of waitingReturns(ctx.sql, sale.walletId)) {
    const remaining = remainingOf(evidence.document, returned)
    const { document } = waiting
    const found = findSale([{ id: sale.id, remaining }], document, ctx.rules.returnDaysMax)
    if (!found) continue
    returned.push(found.goods)
    writeReturn(ctx.sql, { ...waiting, saleId: sale.id })
    const back = { returnId: waiting.returnId, goods: found.goods, reversals: [] }
    sale.timeline.push({ at: new Date(now).toISOString(), step: 'returned' })
    tell(ctx, waiting.returnId, sale, back, now)
  }
  return returned.length > 0 ? { ...evidence, returned } : evidence
}

/** The operator releases the receipt of a return: it waits for no sale any more. */
export function forgetReturn(ctx: CellContext, { fingerprint }: ReceiptRow): void {
  removeWaitingReturn(ctx.sql, fingerprint)
}

/**
 * Snapshots that taking a return needs in memory: that of the sale it would find now. Reads only.
 */
export function versionsForReturn(
  ctx: CellContext,
  walletId: string,
  document: FiscalDocument,
): number[] {
  const found = findOwnSale(ctx, walletId, document)
  return versionsOf(found && readReceipt(ctx.sql, found.id))
}

/** The same for a return that names its sale. */
export function versionsForReport(ctx: CellContext, report: ReturnReport): number[] {
  return versionsOf(heldSale(ctx, report.saleFingerprint))
}

function versionsOf(sale: ReceiptRow | null): number[] {
  const version = sale?.snapshotVersion ?? null
  return version === null ? [] : [version]
}

/** Sales of one wallet that are looked at for one return: the latest. */
const CANDIDATES_MAX = 200

function findOwnSale(ctx: CellContext, walletId: string, document: FiscalDocument) {
  const rows = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts
     WHERE wallet_id = ?1 AND state IN ('credited', 'no_reward', 'awaiting_budget')
       AND judged ->> '$.document.kind' = 1
       AND (judged ->> '$.document.sellerTaxNumber' = ?2
         OR judged ->> '$.document.tillRegistration' = ?3
         OR judged ->> '$.document.fiscalDrive' = ?4)
     ORDER BY submitted_at DESC LIMIT ${CANDIDATES_MAX}`,
    walletId,
    document.sellerTaxNumber,
    document.tillRegistration,
    document.fiscalDrive,
  )
  const candidates = rows.flatMap(({ id }) => {
    const judged = readReceipt(ctx.sql, id)?.judged
    return judged ? { id, remaining: whatIsLeft(judged) } : []
  })
  return findSale(candidates, document, ctx.rules.returnDaysMax)
}

const goodsBack = ({ returned = [], takenBack = [] }: Judgement): ReturnedGoods[] => [
  ...returned,
  ...takenBack.map(({ goods }) => goods),
]

const whatIsLeft = (judged: Judgement) => remainingOf(judged.document, goodsBack(judged))

/** Takes goods off a sale that was judged, and the money that they had earned. */
function apply(
  ctx: CellContext,
  sale: ReceiptRow,
  returnId: string,
  goods: ReturnedGoods,
  now: number,
): TakenBack {
  const { judged } = sale
  if (!judged) throw new Error(`${sale.id} was never judged`)
  sale.version += 1
  sale.timeline.push({ at: new Date(now).toISOString(), step: 'returned' })
  if (sale.state === 'awaiting_budget') {
    // Nothing is posted yet: it goes on waiting for what the rest of it earns.
    ctx.sql.all('DELETE FROM waiters WHERE receipt_id = ?', sale.id)
    judge(ctx, sale, { ...judged, returned: [...(judged.returned ?? []), goods] }, now)
    return { returnId, goods, reversals: [] }
  }
  const back = { returnId, goods, reversals: reversalsFor(ctx, sale, judged, goods) }
  for (const reversal of back.reversals) post(ctx, sale, returnId, reversal, now)
  sale.returnedMinor += back.reversals.reduce((sum, one) => sum + one.rewardMinor, 0)
  sale.judged = { ...judged, takenBack: [...(judged.takenBack ?? []), back] }
  updateReceipt(ctx.sql, sale)
  ctx.changed(sale.id)
  return back
}

/** Judges what is left by the snapshot and the facts of then; the difference is taken. */
function reversalsFor(
  ctx: CellContext,
  sale: ReceiptRow,
  judged: Judgement,
  goods: ReturnedGoods,
): Reversal[] {
  const { rewards, takenBack = [] } = judged
  if (rewards.length === 0) return []
  const kept = keptOf(
    rewards,
    takenBack.flatMap(({ reversals }) => reversals),
  )
  const since = [...takenBack.map((back) => back.goods), goods]
  const market = { ...ctx.market(judged.snapshotVersion), ...ctx.rules }
  const due = evaluate(judgingInput(sale, judged, market, asJudged(judged), since))
  return reversalsOf(kept, due.rewards)
}

function post(
  ctx: CellContext,
  sale: ReceiptRow,
  returnId: string,
  { offerId, rewardMinor, feeMinor }: Reversal,
  now: number,
): void {
  const paid = sale.judged?.rewards.find((reward) => reward.offerId === offerId)
  if (!paid) throw new Error(`${sale.id} was paid nothing by ${offerId}`)
  const { walletId } = sale
  const sources = takeSources(ctx, walletId, rewardMinor, paid.availableAt)
  const { partnerId } = paid
  const posting = { returnId, saleId: sale.id, walletId, offerId, partnerId, sources, feeMinor }
  ctx.book.post(rewardTakenBack(posting), now)
  watchEscrow(ctx, offerId, now)
}

/** The receipt of a return rests: with its sale, or until that is known. */
function rest(
  ctx: CellContext,
  row: ReceiptRow,
  sale: ReceiptRow | null,
  back: TakenBack | null,
  now: number,
): void {
  row.state = 'no_reward'
  row.version += 1
  row.reason = sale ? appliedTo(sale, row.id) : { code: 'return_unmatched' }
  row.timeline.push({ at: new Date(now).toISOString(), step: sale ? 'returned' : 'no_reward' })
  const event =
    sale && back ? returnedEvent(ctx.name, sale, back, now) : closedEvent(ctx.name, row, now)
  handOver(ctx, row, event, now)
  updateReceipt(ctx.sql, row)
  ctx.changed(row.id)
}

function appliedTo(sale: ReceiptRow, returnId: string) {
  const { takenBack = [] } = sale.judged ?? {}
  const own = takenBack.filter((back) => back.returnId === returnId)
  const reversals = own.flatMap((back) => back.reversals)
  const amountMinor = minor(reversals.reduce((sum, one) => sum + one.rewardMinor, 0))
  return { code: 'return_applied' as const, receiptId: sale.id, amountMinor }
}

/** Says what became of a return that did not come with its sale: on its own receipt, if there is. */
function tell(
  ctx: CellContext,
  returnId: string,
  sale: ReceiptRow,
  back: TakenBack,
  now: number,
): void {
  const row = readReceipt(ctx.sql, returnId)
  if (row?.state === 'no_reward' && row.walletId === sale.walletId) {
    rest(ctx, row, sale, back, now)
    return
  }
  const event = returnedEvent(ctx.name, sale, back, now)
  addTask(ctx, { dueAt: now, id: `event:${event.id}`, body: { kind: 'event', event } })
}
