import { type AmountMinor, minor, sumMinor } from '#schema/money'
import type { Receipt, ReceiptLine, ReceiptReason, ReceiptSummary } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { takenBack } from '../offers/verdict.ts'
import { isReturn } from '../receipts/returned.ts'
import type { CellContext } from './cell-context.ts'
import { personAsked, personFrom } from './cell-waiting.ts'
import type { Judgement, ReceiptRow } from './receipt-row.ts'

/** The wire's view of a stored receipt: the same record for shopper, partner and operator. */
export function receiptView(ctx: Pick<CellContext, 'rules' | 'sql'>, row: ReceiptRow): Receipt {
  const judged = row.judged
  const heldUntil = judged?.rewards.flatMap((paid) => paid.availableAt ?? []) ?? []
  return {
    ...receiptSummary(ctx, row),
    version: row.version,
    scan: row.scan,
    store: judged?.store ?? null,
    lines: judged ? lines(judged) : [],
    verdicts: judged ? verdictsOn(judged, null) : [],
    personAsked: personAsked(ctx, row),
    personFrom: personFrom(ctx, row),
    isReturn: judged !== null && isReturn(judged),
    availableAt: heldUntil.length > 0 ? new Date(Math.max(...heldUntil)).toISOString() : null,
    heldMinor: sumMinor(
      judged?.rewards.flatMap((paid) =>
        paid.availableAt === null ? [] : paid.rewardMinor - takenOf(judged, paid.offerId),
      ) ?? [],
    ),
    timeline: row.timeline,
  }
}

export function receiptSummary(
  { rules }: Pick<CellContext, 'rules'>,
  row: ReceiptRow,
): ReceiptSummary {
  const waits = row.state === 'awaiting_authority' || row.state === 'verifying'
  return {
    id: row.id,
    market: rules.code,
    state: row.state,
    submittedAt: new Date(row.submittedAt).toISOString(),
    purchasedAt: row.purchasedAt,
    totalMinor: row.totalMinor,
    rewardMinor: minor(row.rewardMinor),
    returnedMinor: minor(row.returnedMinor),
    storeName: row.storeName,
    reason: row.reason satisfies ReceiptReason | null,
    nextCheckAt:
      waits && row.reason && row.taskDueAt !== null ? new Date(row.taskDueAt).toISOString() : null,
  }
}

function lines(judged: Judgement): ReceiptLine[] {
  return judged.document.lines.map((line, index) => {
    const match = judged.matches[index]
    return {
      ...line,
      index,
      product:
        match?.product && match.certain
          ? {
              id: match.product.id,
              name: match.name,
              category: match.product.category,
              by: match.by,
            }
          : null,
      verdicts: verdictsOn(judged, index).sort(rewardsFirst),
      rewardMinor: rewardOf(judged, index),
      returnedMicro: returnedOf(judged, index),
    }
  })
}

/** What was said when it was judged, and of each reward what a return has taken of it since. */
function verdictsOn(judged: Judgement, line: number | null): Verdict[] {
  const said = judged.verdicts.filter((verdict) => verdict.line === line)
  const returned = said.flatMap((verdict) => {
    if (verdict.rule !== 'rewarded') return []
    const takenMinor = takenOf(judged, verdict.offerId, line)
    return takenMinor > 0 ? takenBack(verdict, takenMinor) : []
  })
  return [...said, ...returned]
}

/** What returns took back of one offer's reward, on one line when it is given. */
function takenOf({ takenBack = [] }: Judgement, offerId: string | null, line?: number | null) {
  const reversals = takenBack.flatMap(({ reversals }) => reversals)
  const parts = reversals.flatMap((one) => (one.offerId === offerId ? one.lines : []))
  return sumMinor(
    parts.flatMap((part) => (line === undefined || part.line === line ? part.amountMinor : [])),
  )
}

function returnedOf({ returned = [], takenBack = [] }: Judgement, index: number): number {
  const goods = [...returned, ...takenBack.map((back) => back.goods)]
  const own = goods.flatMap(({ lines }) => lines.filter(({ line }) => line === index))
  return own.reduce((sum, { quantityMicro }) => sum + quantityMicro, 0)
}

const rewardsFirst = (a: { rewardMinor: number }, b: { rewardMinor: number }) =>
  b.rewardMinor - a.rewardMinor

/** What was posted for the line: nothing while the receipt waits for a budget. */
function rewardOf(judged: Judgement, index: number): AmountMinor {
  return sumMinor(
    judged.rewards.flatMap((paid) =>
      paid.lines.flatMap((part) => (part.line === index ? part.amountMinor : [])),
    ),
  )
}
