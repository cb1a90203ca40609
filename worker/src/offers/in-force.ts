import type { OfferVersion } from '#schema/offer'
import { compareText } from './verdict.ts'
import { wallMinuteIn } from './wall.ts'

function wasPublished(version: OfferVersion, purchasedAt: string): boolean {
  return wallMinuteIn(version.publishedAt, version.rule.timeZone) <= purchasedAt
}

/**
 * One version per offer: the newest that was published when the purchase was made, else the first.
 * A partner who publishes worse terms changes nothing for what is already bought. Sorted by offer
 * id.
 */
export function versionsInForce(
  versions: readonly OfferVersion[],
  purchasedAt: string,
): OfferVersion[] {
  const chosen = new Map<string, OfferVersion>()
  for (const version of [...versions].sort((a, b) => a.version - b.version)) {
    if (!chosen.has(version.offerId) || wasPublished(version, purchasedAt)) {
      chosen.set(version.offerId, version)
    }
  }
  return [...chosen.values()].sort((a, b) => compareText(a.offerId, b.offerId))
}
