import type { OfferDraft, OfferPreview } from '#schema/offer'
import type { Database } from '../members/database.ts'
import { findPartner } from '../partners/partners.d1.ts'
import { maxCostPerReceipt } from './cost.ts'
import { ruleFacts } from './draft-facts.d1.ts'
import { pastCost } from './past.ts'
import { pastSales } from './past-sales.d1.ts'
import { publishProblems } from './publish-check.ts'
import { describeOffer } from './text/describe.ts'

/** The texts, the cost and what stands in the way of publishing, without writing anything. */
export async function previewOffer(
  db: Database,
  partnerId: string,
  draft: OfferDraft,
  now: string,
): Promise<OfferPreview> {
  const { feeBps } = await findPartner(db, partnerId)
  const { names, checks } = await ruleFacts(db, draft.rule)
  const receiptMinorMax = maxCostPerReceipt(draft.rule, feeBps)
  return {
    ...describeOffer(draft.rule, names),
    estimate: {
      receiptMinorMax,
      receiptsAtLeast:
        receiptMinorMax === null ? null : Math.floor(draft.budgetMinor / receiptMinorMax),
      past: pastCost(draft.rule, feeBps, await pastSales(db, draft.rule, now)),
      problems: publishProblems(draft, { ...checks, committedMinor: 0, feeBps, now }),
    },
  }
}
