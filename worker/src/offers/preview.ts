import { MARKETS } from '#schema/market'
import type { OfferDraft, OfferPreview } from '#schema/offer'
import type { Database } from '../members/database.ts'
import { findPartner } from '../partners/partners.d1.ts'
import { committedTo } from './commit-budget.ts'
import { maxCostPerReceipt } from './cost.ts'
import { ruleFacts } from './draft-facts.d1.ts'
import { findOffer, type OfferPlace } from './offers.d1.ts'
import { pastCost } from './past.ts'
import { pastSales } from './past-sales.d1.ts'
import { publishProblems } from './publish-check.ts'
import { describeOffer } from './text/describe.ts'

/**
 * The texts, the cost and what stands in the way of publishing, without writing anything. With the
 * offer that the draft belongs to, also what that offer has committed already.
 */
export async function previewOffer(
  db: Database,
  { partnerId, offerId }: { partnerId: string; offerId: string | null },
  draft: OfferDraft,
  now: string,
): Promise<OfferPreview> {
  const { feeBps, market } = await findPartner(db, partnerId)
  const rules = MARKETS[market]
  const { names, checks } = await ruleFacts(db, draft.rule)
  const committedMinor = offerId === null ? 0 : await committedOf(db, { partnerId, offerId })
  const receiptMinorMax = maxCostPerReceipt(draft.rule, feeBps)
  return {
    ...describeOffer(draft.rule, names, rules),
    estimate: {
      receiptMinorMax,
      receiptsAtLeast:
        receiptMinorMax === null ? null : Math.floor(draft.budgetMinor / receiptMinorMax),
      past: pastCost(draft.rule, feeBps, await pastSales(db, market, draft.rule, now)),
      problems: publishProblems(draft, {
        ...checks,
        rules,
        partnerId,
        committedMinor,
        feeBps,
        now,
      }),
    },
  }
}

/** Refuses an offer that is not the partner's, as one that does not exist. */
async function committedOf(db: Database, place: OfferPlace): Promise<number> {
  const { offer } = await findOffer(db, place)
  return committedTo(db, offer.id)
}
