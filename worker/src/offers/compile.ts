import { MARKETS, type MarketCode } from '#schema/market'
import type { OfferVersion } from '#schema/offer'
import type { PublishedVersion } from './offers.d1.ts'
import type { MarketSnapshot, SnapshotStoreRow } from './snapshot.ts'
import { compareText } from './verdict.ts'
import { addDays, dayOf, wallMinuteIn } from './wall.ts'

/** A published version with what has happened to its offer since. */
type VersionRow = {
  version: PublishedVersion
  /** ISO instants: the offer is paused or ended since, its partner is suspended since. */
  stoppedAt: string | null
  suspendedAt: string | null
  /** Pauses and suspensions that are over, in any order. */
  stops: readonly Stop[]
}

/** From and to, ISO instants. */
export type Stop = readonly [from: string, to: string]

export type SnapshotRows = {
  market: MarketCode
  versions: readonly VersionRow[]
  /** Active retailers. */
  retailers: readonly { id: string; name: string; taxNumber: string }[]
  stores: readonly Omit<SnapshotStoreRow, 'tills'>[]
  tills: readonly { storeId: string; registration: string; fiscalDrive: string }[]
  /** Names of the products that the versions' targets list. */
  targetProducts: readonly { id: string; name: string }[]
}

/** A day more than the tax service may take, so that no zone's midnight cuts off a receipt. */
const MARGIN_DAYS = 1

const MS_TO_NEXT_MINUTE = 59_999

/**
 * The first wall minute that lies wholly after an instant: the purchase in the minute of a pause
 * still earns.
 */
function minuteAfter(instant: string, timeZone: string): string {
  const later = new Date(Date.parse(instant) + MS_TO_NEXT_MINUTE).toISOString()
  return wallMinuteIn(later, timeZone)
}

function offerOf({ version, stoppedAt, suspendedAt, stops }: VersionRow): OfferVersion {
  const { timeZone } = version.rule
  const [first] = [stoppedAt, suspendedAt].filter((at) => at !== null).sort()
  return {
    ...version,
    stoppedAt: first === undefined ? null : minuteAfter(first, timeZone),
    stops: stops
      .map(([from, to]) => ({ from: minuteAfter(from, timeZone), to: wallMinuteIn(to, timeZone) }))
      .filter(({ from, to }) => from < to)
      .sort((a, b) => compareText(a.from, b.from)),
  }
}

/**
 * The last calendar day on which a receipt may still be judged by an offer: bought on the last day,
 * submitted on the last day of the window, delivered by the till on the last day that the tax
 * service allows.
 */
export function lastJudgementDay(
  market: MarketCode,
  rule: Pick<OfferVersion['rule'], 'submissionDays'>,
  lastPurchaseAt: string,
): string {
  const waitDays = MARKETS[market].authorityWaitDaysMax
  return addDays(dayOf(lastPurchaseAt), rule.submissionDays + waitDays + MARGIN_DAYS)
}

/**
 * Compiles what is published into the snapshot `version`; `now` (ISO) drops offers that no receipt
 * can reach.
 */
export function compileSnapshot(
  rows: SnapshotRows,
  numbers: { version: number; productsVersion: number },
  now: string,
): MarketSnapshot {
  const today = dayOf(now)
  const tills = new Map<string, SnapshotStoreRow['tills']>()
  for (const { storeId, registration, fiscalDrive } of rows.tills) {
    const known = tills.get(storeId) ?? []
    known.push({ registration, fiscalDrive })
    tills.set(storeId, known)
  }
  return {
    market: rows.market,
    version: numbers.version,
    offers: rows.versions
      .map(offerOf)
      .filter(({ rule }) => lastJudgementDay(rows.market, rule, rule.endsAt) >= today),
    retailers: rows.retailers.map(({ id, name }) => ({ id, name })),
    stores: rows.stores.map((store) => ({ ...store, tills: tills.get(store.id) ?? [] })),
    taxNumbers: rows.retailers.map(({ id, name, taxNumber }) => ({
      taxNumber,
      partnerId: id,
      name,
    })),
    productsVersion: numbers.productsVersion,
    targetProducts: rows.targetProducts.map(({ id, name }) => ({ id, name })),
  }
}
