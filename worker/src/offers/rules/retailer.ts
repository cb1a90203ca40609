import type { OfferVersion } from '#schema/offer'
import type { ReceiptStore } from '#schema/receipt'
import type { EvaluationNames } from '../names.ts'
import { nameList, type Refusal } from '../verdict.ts'

/**
 * Null when the shop may earn. An offer at all retailers pays in shops that the network does not
 * know yet, too.
 */
export function checkRetailer(
  offer: OfferVersion,
  store: ReceiptStore | null,
  names: EvaluationNames,
): Refusal | null {
  const { retailers } = offer.rule
  if (retailers === 'all') return null
  const retailerId = store?.retailerId ?? null
  if (retailerId !== null && retailers.includes(retailerId)) return null
  return {
    rule: retailerId === null ? 'retailer_unknown' : 'other_retailer',
    seen: store ? nameList([store.name]) : null,
    needed: nameList(
      retailers.map((id) => names.retailers.get(id)).filter((name) => name !== undefined),
    ),
  }
}
