import type { CellEvent } from '#schema/event'
import { minor } from '#schema/money'
import type { Verdict, VerdictValue } from '#schema/verdict'
import { type BasketLine, basketOf, boundedSum } from '../offers/basket.ts'
import { keptOf } from '../offers/reversal.ts'
import { remainingOf } from '../receipts/returned.ts'
import type { CellContext } from './cell-context.ts'
import type { Judgement, ReceiptRow, TakenBack } from './receipt-row.ts'

/** What leaves the cell when a receipt has been judged: the record that reports are made of. */
export function judgedEvent(
  { name: cell, rules }: Pick<CellContext, 'name' | 'rules'>,
  row: ReceiptRow,
  judgement: Judgement,
  now: number,
): CellEvent {
  const { store } = judgement
  const document = remainingOf(judgement.document, judgement.returned ?? [])
  const basket = basketOf(document, judgement.matches, rules.blockedCategories)
  return {
    type: 'receipt_judged',
    id: `judged:${row.id}`,
    at: new Date(now).toISOString(),
    cell,
    receiptId: row.id,
    walletId: row.walletId,
    storeName: store?.name ?? null,
    retailerId: store?.retailerId ?? null,
    purchasedAt: row.purchasedAt,
    totalMinor: row.totalMinor,
    rewardMinor: minor(row.rewardMinor),
    baseMinor: basket.baseMinor,
    goods: goodsOf(basket.lines).slice(0, GOODS_MAX),
    lines: paidFirst(judgement.verdicts).flatMap((verdict) => {
      if (verdict.offerId === null) return []
      const partnerId = judgement.partners[verdict.offerId]
      if (partnerId === undefined) return []
      const line = verdict.line === null ? undefined : document.lines[verdict.line]
      return [
        {
          offerId: verdict.offerId,
          partnerId,
          line: verdict.line,
          lineName: line?.name ?? '',
          sumMinor: line?.sumMinor ?? document.totalMinor,
          rewardMinor: verdict.rewardMinor,
          rule: verdict.rule,
          limitedBy: verdict.limitedBy,
          seen: shortened(verdict.seen),
          needed: shortened(verdict.needed),
          action: verdict.action,
          holdDays: verdict.holdDays,
        },
      ]
    }),
    spends: judgement.rewards.map((reward) => ({
      offerId: reward.offerId,
      partnerId: reward.partnerId,
      rewardMinor: minor(reward.rewardMinor),
      feeMinor: minor(reward.feeMinor),
      fromReservedMinor: minor(reward.fromReserved ? reward.rewardMinor + reward.feeMinor : 0),
    })),
  }
}

/** A queue's message holds 128 kB; what is paid comes first, its money stands in `spends` anyway. */
const LINES_MAX = 150
const GOODS_MAX = 300

function paidFirst(verdicts: readonly Verdict[]): Verdict[] {
  const looked = verdicts.filter((verdict) => verdict.offerId !== null)
  return looked.sort((a, b) => b.rewardMinor - a.rewardMinor).slice(0, LINES_MAX)
}

/** Lists of shops and goods are the partner's own: the first name stands for them. */
function shortened(value: VerdictValue | null): VerdictValue | null {
  if (value?.kind !== 'names') return value
  return { ...value, names: value.names.slice(0, 1), more: value.more + value.names.length - 1 }
}

type Goods = Extract<CellEvent, { type: 'receipt_judged' }>['goods'][number]

/** The surely recognised goods, one entry per product however many lines it takes. */
function goodsOf(lines: readonly BasketLine[]): Goods[] {
  const goods = new Map<string, Goods>()
  for (const { standing, product, units, sumMinor } of lines) {
    if (standing !== 'known' || product === null) continue
    const known = goods.get(product.id)
    goods.set(product.id, {
      productId: product.id,
      units: units + (known?.units ?? 0),
      sumMinor: boundedSum([sumMinor, known?.sumMinor ?? 0]),
    })
  }
  return [...goods.values()]
}

/** A receipt ended without being judged: refused, duplicate, or released. */
export function closedEvent(cell: string, row: ReceiptRow, now: number): CellEvent {
  return {
    type: 'receipt_closed',
    id: `closed:${row.id}:${row.version}`,
    at: new Date(now).toISOString(),
    cell,
    receiptId: row.id,
    walletId: row.walletId,
    state: row.state,
    reason: row.reason?.code ?? null,
  }
}

/** Goods of a receipt went back: what its offers took back, for the reports. */
export function returnedEvent(
  cell: string,
  sale: ReceiptRow,
  { returnId, goods, reversals }: TakenBack,
  now: number,
): CellEvent {
  const { rewards = [], document, takenBack = [] } = sale.judged ?? {}
  const kept = keptOf(
    rewards,
    takenBack.flatMap((back) => back.reversals),
  )
  const at = new Date(now).toISOString()
  return {
    type: 'receipt_returned',
    id: `returned:${returnId}`,
    at,
    cell,
    receiptId: returnId,
    saleId: sale.id,
    creditedAt: sale.timeline.find(({ step }) => step === 'credited')?.at ?? at,
    walletId: sale.walletId,
    storeName: sale.storeName,
    reversals: reversals.map(({ offerId, rewardMinor, feeMinor, lines }) => ({
      offerId,
      partnerId: rewards.find((paid) => paid.offerId === offerId)?.partnerId ?? '',
      rewardMinor: minor(rewardMinor),
      feeMinor: minor(feeMinor),
      isWhole: kept.some((reward) => reward.offerId === offerId && reward.rewardMinor === 0),
      lines: lines.slice(0, LINES_MAX).map(({ line, amountMinor }) => ({
        line,
        lineName: (line === null ? undefined : document?.lines[line]?.name) ?? '',
        sumMinor: minor(
          line === null
            ? goods.totalMinor
            : (goods.lines.find((part) => part.line === line)?.sumMinor ?? 0),
        ),
        rewardMinor: minor(amountMinor),
      })),
    })),
  }
}
