import { type AmountMinor, minor, sumMinor } from '#schema/money'
import type { Receipt, ReceiptLine, ReceiptReason, ReceiptSummary } from '#schema/receipt'
import type { CellContext } from './cell-context.ts'
import type { Judgement, ReceiptRow } from './receipt-row.ts'

/** The wire's view of a stored receipt: the same record for shopper, partner and operator. */
export function receiptView({ rules }: Pick<CellContext, 'rules'>, row: ReceiptRow): Receipt {
  const judged = row.judged
  const heldUntil = judged?.rewards.flatMap((paid) => paid.availableAt ?? []) ?? []
  return {
    ...receiptSummary({ rules }, row),
    version: row.version,
    scan: row.scan,
    store: judged?.store ?? null,
    lines: judged ? lines(judged) : [],
    verdicts: judged ? judged.verdicts.filter((verdict) => verdict.line === null) : [],
    availableAt: heldUntil.length > 0 ? new Date(Math.max(...heldUntil)).toISOString() : null,
    heldMinor: sumMinor(
      judged?.rewards.flatMap((paid) => (paid.availableAt === null ? [] : paid.rewardMinor)) ?? [],
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
    purchasedAt: row.scan.time,
    totalMinor: row.scan.totalMinor,
    rewardMinor: minor(row.rewardMinor),
    storeName: row.storeName,
    reason: row.reason satisfies ReceiptReason | null,
    nextCheckAt:
      waits && row.reason && row.taskDueAt !== null ? new Date(row.taskDueAt).toISOString() : null,
  }
}

function lines(judged: Judgement): ReceiptLine[] {
  return judged.document.lines.map((line, index) => {
    const match = judged.matches[index]
    const verdicts = judged.verdicts.filter((verdict) => verdict.line === index)
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
      verdicts: [...verdicts].sort(rewardsFirst),
      rewardMinor: rewardOf(judged, index),
    }
  })
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
