import type { MarketRules } from '#schema/market'
import type { EvaluationInput } from '../offers/evaluate.ts'
import { type Evidence, purchasedAt } from '../receipts/evidence.ts'
import { type ReturnedGoods, remainingOf } from '../receipts/returned.ts'
import type { JudgingMarket } from './cell-context.ts'
import type { Judgement, ReceiptRow } from './receipt-row.ts'

/** What the offers of a receipt's snapshot look at: its goods without those that went back. */
export function judgingInput(
  row: Pick<ReceiptRow, 'scan' | 'submittedAt'>,
  evidence: Evidence,
  market: JudgingMarket & Pick<MarketRules, 'blockedCategories'>,
  known: Pick<EvaluationInput, 'facts' | 'limit'>,
  since: readonly ReturnedGoods[] = [],
): EvaluationInput {
  return {
    document: remainingOf(evidence.document, [...(evidence.returned ?? []), ...since]),
    store: evidence.store,
    lines: evidence.matches,
    offers: market.offers,
    names: market.names,
    blockedCategories: market.blockedCategories,
    submittedAt: new Date(row.submittedAt).toISOString(),
    purchasedAt: purchasedAt(row.scan, evidence.document),
    ...known,
  }
}

/** The facts and the limit that were kept with a judgement. */
export function asJudged({ facts, limit }: Judgement): Pick<EvaluationInput, 'facts' | 'limit'> {
  return { facts: new Map(facts), limit }
}
