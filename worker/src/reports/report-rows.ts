import type { CellEvent } from '#schema/event'
import { MARKETS, type MarketCode } from '#schema/market'
import { allocate } from '#schema/money'
import type { VerdictValue } from '#schema/verdict'
import { inMarket, marketOf } from '../cells/market-name.ts'
import { dayOf, wallMinuteIn } from '../offers/wall.ts'

/**
 * Turns a cell's event into rows of the reports. Pure: what is written follows from the event
 * alone.
 */

type RedemptionRow = {
  /** Which of the event's verdicts; with the event's id it names the row. */
  index: number
  offerId: string
  storeName: string | null
  lineName: string
  sumMinor: number
  rewardMinor: number
  feeMinor: number
  rule: string
  limitedBy: string | null
  seen: VerdictValue | null
  needed: VerdictValue | null
  action: string
  holdDays: number
}

type RollupRow = {
  offerId: string
  partnerId: string
  redemptions: number
  refusals: number
  rewardMinor: number
  feeMinor: number
  /** Change of what activations hold, and what was newly reserved. */
  reservedMinor: number
  newlyReservedMinor: number
}

/** What was bought on one receipt; whose it is is not in it. */
export type SoldRows = {
  /** Calendar day of the purchase, by the clock of the shop. */
  day: string
  /** When the shop is not known, `unknownRetailer` of the market. */
  retailerId: string
  baseMinor: number
  goods: Judged['goods']
}

export type ReportRows = {
  /** Calendar day of the market's zone. */
  day: string
  redemptions: RedemptionRow[]
  rollups: RollupRow[]
  sold: SoldRows | null
}

type Judged = Extract<CellEvent, { type: 'receipt_judged' }>
type Returned = Extract<CellEvent, { type: 'receipt_returned' }>
type Reservation = Extract<CellEvent, { type: 'reservation_changed' }>

/** The rows of an event, or null when no report counts it. */
export function reportRows(event: CellEvent): ReportRows | null {
  const { market } = marketOf(event.cell ?? '')
  const day = dayOf(wallMinuteIn(event.at, MARKETS[market].timeZone))
  if (event.type === 'receipt_judged') {
    return {
      day,
      redemptions: redemptionsOf(event),
      rollups: rollupsOf(event),
      sold: soldOf(market, event),
    }
  }
  if (event.type === 'receipt_returned') {
    return {
      day: dayOf(wallMinuteIn(event.creditedAt, MARKETS[market].timeZone)),
      redemptions: takenBackOf(event),
      rollups: event.reversals.map(reversalRollup),
      sold: null,
    }
  }
  if (event.type === 'reservation_changed') {
    return { day, redemptions: [], rollups: [reservationRollup(event)], sold: null }
  }
  return null
}

/** What sales in shops that nobody knows are counted under; markets are not mixed. */
export const unknownRetailer = (market: MarketCode): string => inMarket(market, '')

function soldOf(
  market: MarketCode,
  { purchasedAt, retailerId, baseMinor, goods }: Judged,
): SoldRows {
  const retailer = retailerId ?? unknownRetailer(market)
  return { day: dayOf(purchasedAt), retailerId: retailer, baseMinor, goods }
}

/** A row of its own for what each offer took back, line by line; the redemption itself stays. */
function takenBackOf({ storeName, reversals }: Returned): RedemptionRow[] {
  const rows = reversals.flatMap(({ offerId, feeMinor, lines }) => {
    const weights = lines.map(({ rewardMinor }) => rewardMinor)
    const fees = lines.length > 0 ? allocate(feeMinor, weights) : []
    return lines.map(({ lineName, sumMinor, rewardMinor }, at) => ({
      offerId,
      storeName,
      lineName,
      sumMinor,
      rewardMinor: -rewardMinor,
      feeMinor: 0 - (fees[at] ?? 0),
      rule: 'returned',
      limitedBy: null,
      seen: null,
      needed: null,
      action: 'none',
      holdDays: 0,
    }))
  })
  return rows.map((row, index) => ({ index, ...row }))
}

function reversalRollup(reversal: Returned['reversals'][number]): RollupRow {
  const { offerId, partnerId, rewardMinor, feeMinor, isWhole } = reversal
  return {
    ...emptyRollup(offerId, partnerId),
    redemptions: isWhole ? -1 : 0,
    rewardMinor: -rewardMinor,
    feeMinor: 0 - feeMinor,
  }
}

/** The fee of an offer on a receipt, split over its lines in proportion to their rewards. */
function feesOf(event: Judged): ReadonlyMap<number, number> {
  const fees = new Map<number, number>()
  for (const spend of event.spends) {
    const paid = event.lines.flatMap((line, index) =>
      line.offerId === spend.offerId && line.rewardMinor > 0 ? [{ line, index }] : [],
    )
    if (paid.length === 0) continue
    const parts = allocate(
      spend.feeMinor,
      paid.map(({ line }) => line.rewardMinor),
    )
    for (const [at, { index }] of paid.entries()) fees.set(index, parts[at] ?? 0)
  }
  return fees
}

function redemptionsOf(event: Judged): RedemptionRow[] {
  const fees = feesOf(event)
  return event.lines.map((line, index) => ({
    index,
    offerId: line.offerId,
    storeName: event.storeName,
    lineName: line.lineName,
    sumMinor: line.sumMinor,
    rewardMinor: line.rewardMinor,
    feeMinor: fees.get(index) ?? 0,
    rule: line.rule,
    limitedBy: line.limitedBy,
    seen: line.seen ?? null,
    needed: line.needed ?? null,
    action: line.action ?? 'none',
    holdDays: line.holdDays ?? 0,
  }))
}

function emptyRollup(offerId: string, partnerId: string): RollupRow {
  return {
    offerId,
    partnerId,
    redemptions: 0,
    refusals: 0,
    rewardMinor: 0,
    feeMinor: 0,
    reservedMinor: 0,
    newlyReservedMinor: 0,
  }
}

/** One row per offer: a receipt that it paid on is one redemption, however many lines it paid. */
function rollupsOf(event: Judged): RollupRow[] {
  const rollups = new Map<string, RollupRow>()
  const of = (offerId: string, partnerId: string) => {
    const known = rollups.get(offerId) ?? emptyRollup(offerId, partnerId)
    rollups.set(offerId, known)
    return known
  }
  for (const line of event.lines) {
    if (line.rule !== 'rewarded') of(line.offerId, line.partnerId).refusals += 1
  }
  for (const spend of event.spends) {
    const rollup = of(spend.offerId, spend.partnerId)
    rollup.redemptions += 1
    rollup.rewardMinor += spend.rewardMinor
    rollup.feeMinor += spend.feeMinor
  }
  return [...rollups.values()]
}

function reservationRollup({ offerId, partnerId, changeMinor }: Reservation): RollupRow {
  return {
    ...emptyRollup(offerId, partnerId),
    reservedMinor: changeMinor,
    newlyReservedMinor: Math.max(0, changeMinor),
  }
}
