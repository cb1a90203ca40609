import { minor } from '#schema/money'
import type { FiscalDocument } from '#schema/receipt'
import { rewardTakenBack } from '../ledger/clawback.ts'
import { evaluate } from '../offers/evaluate.ts'
import { keptOf, type Reversal, reversalsOf } from '../offers/reversal.ts'
import type { Evidence } from '../receipts/evidence.ts'
import {
  findSale,
  goodsOf,
  isFedIdentity,
  isSameReturn,
  type ReturnedGoods,
  remainingOf,
} from '../receipts/returned.ts'
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
import {
  appliedReturns,
  type ReturnRow,
  readReturn,
  removeWaitingReturn,
  waitingReturns,
  writeReturn,
} from './return-row.ts'
import { addTask } from './tasks.ts'

/**
 * Returns of goods (decision 0016): a return finds its sale among the wallet's own receipts, the
 * sale is judged again without what went back, and the difference is taken. Callers hold the
 * transaction.
 */

/**
 * What is known of a scanned return beside its goods: the receipt that its shop names, or that it
 * is not about any of this wallet's.
 */
export type ReturnOf = { readonly saleId: string } | 'elsewhere'

/** Step 5 of a return's own receipt: it is authentic. It earns nothing and rests at once. */
export function takeReturn(
  ctx: CellContext,
  row: ReceiptRow,
  { evidence, returnOf = null }: { evidence: Evidence; returnOf?: ReturnOf | null },
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
  const former =
    readReturn(ctx.sql, row.fingerprint) ??
    toldReturn(ctx, row.walletId, row.fingerprint, evidence.document)
  if (former?.saleId) {
    const own = former.walletId === row.walletId ? readReceipt(ctx.sql, former.saleId) : null
    rest(ctx, row, own && { sale: own, returnId: former.returnId, back: null }, now)
    return
  }
  if (returnOf === 'elsewhere') {
    rest(ctx, row, null, now)
    return
  }
  takeOff(ctx, row, evidence.document, { former, namedId: returnOf?.saleId ?? null }, now)
}

/** Takes a return that nobody has told of yet off its sale, or remembers that it waits for one. */
function takeOff(
  ctx: CellContext,
  row: ReceiptRow,
  document: FiscalDocument,
  { former, namedId }: { former: ReturnRow | null; namedId: string | null },
  now: number,
): void {
  const { id: returnId, walletId, fingerprint } = row
  const found = namedId
    ? namedSale(ctx, namedId, walletId, document)
    : findOwnSale(ctx, walletId, document)
  const sale = found && readReceipt(ctx.sql, found.id)
  const told = { fingerprint, returnId, walletId, namedId, at: now, document }
  writeReturn(ctx.sql, { ...told, at: former?.at ?? now, saleId: sale?.id ?? null })
  if (!sale || !found) {
    rest(ctx, row, null, now)
    return
  }
  const back = apply(ctx, sale, returnId, found.goods, now)
  rest(ctx, row, { sale, returnId, back }, now)
}

/** The same return as somebody has told of it before, when one of the two lacks fiscal numbers. */
function toldReturn(
  ctx: CellContext,
  walletId: string,
  fingerprint: string,
  document: FiscalDocument,
): ReturnRow | null {
  const told = appliedReturns(ctx.sql, walletId).find(
    (other) =>
      isFedIdentity(other.fingerprint) !== isFedIdentity(fingerprint) &&
      isSameReturn(other.document, document),
  )
  return told ?? null
}

export const isTold = (...told: Parameters<typeof toldReturn>) => toldReturn(...told) !== null

/** The sale that a return names, while it is this wallet's and holds the goods. */
function namedSale(ctx: CellContext, id: string, walletId: string, document: FiscalDocument) {
  const sale = readReceipt(ctx.sql, id)
  if (!sale?.judged || sale.walletId !== walletId) return null
  const goods = goodsOf(whatIsLeft(sale.judged), document)
  return goods && { id, goods }
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
    const { namedId, fingerprint, document } = waiting
    if (namedId !== null && namedId !== sale.id) continue
    if (isTold(ctx, sale.walletId, fingerprint, document)) continue
    const remaining = remainingOf(evidence.document, returned)
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
  returnOf: ReturnOf | null,
): number[] {
  if (returnOf === 'elsewhere') return []
  const id = returnOf?.saleId ?? findOwnSale(ctx, walletId, document)?.id
  return id === undefined ? [] : versionsOf(readReceipt(ctx.sql, id))
}

/** Who has sent the receipt of a return, and whether that wallet holds a likely sale. Reads only. */
export function ownSaleOf(ctx: CellContext, receiptId: string, document: FiscalDocument) {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row) return null
  const { walletId, fingerprint } = row
  return { walletId, fingerprint, isOwn: findOwnSale(ctx, walletId, document) !== null }
}

/** The snapshot that a sale was judged by. */
export function versionsOf(sale: ReceiptRow | null): number[] {
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

export const whatIsLeft = (judged: Judgement) => remainingOf(judged.document, goodsBack(judged))

/** Takes goods off a sale that was judged, and the money that they had earned. */
export function apply(
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
  of: { sale: ReceiptRow; returnId: string; back: TakenBack | null } | null,
  now: number,
): void {
  row.state = 'no_reward'
  row.version += 1
  row.reason = of ? appliedTo(of.sale, of.returnId) : { code: 'return_unmatched' }
  row.timeline.push({ at: new Date(now).toISOString(), step: of ? 'returned' : 'no_reward' })
  const event = of?.back
    ? returnedEvent(ctx.name, of.sale, of.back, now)
    : closedEvent(ctx.name, row, now)
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
export function tell(
  ctx: CellContext,
  returnId: string,
  sale: ReceiptRow,
  back: TakenBack,
  now: number,
): void {
  const row = readReceipt(ctx.sql, returnId)
  if (row?.state === 'no_reward' && row.walletId === sale.walletId) {
    rest(ctx, row, { sale, returnId, back }, now)
    return
  }
  const event = returnedEvent(ctx.name, sale, back, now)
  addTask(ctx, { dueAt: now, id: `event:${event.id}`, body: { kind: 'event', event } })
}
