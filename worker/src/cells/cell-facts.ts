import type { OfferVersion } from '#schema/offer'
import { type EvaluationFacts, NO_FACTS, type OfferFacts } from '../offers/facts.ts'
import { versionsInForce } from '../offers/in-force.ts'
import { type CapDays, capDays } from '../offers/period.ts'
import { dayOf } from '../offers/wall.ts'
import type { CellContext } from './cell-context.ts'
import type { PaidReward } from './receipt-row.ts'

/** Counted is each day of purchase: a life with an offer is the sum of its days, a period too. */
const DAY = 'day:'

/**
 * What the cell knows about a wallet and the offers of a snapshot: counters and open activations.
 * Offers that the wallet has never touched are left out; two queries whatever the offers.
 */
export function loadFacts(
  ctx: CellContext,
  walletId: string,
  offers: readonly OfferVersion[],
  purchasedAt: string,
  exhausted: readonly string[],
): EvaluationFacts {
  const known = new Set(offers.map(({ offerId }) => offerId))
  const facts = new Map<string, OfferFacts>()
  const factsOf = (offerId: string) => facts.get(offerId) ?? NO_FACTS
  const amend = (offerId: string, part: Partial<OfferFacts>) => {
    if (known.has(offerId)) facts.set(offerId, { ...factsOf(offerId), ...part })
  }
  const counters = readCounters(ctx, walletId)
  const periods = periodsOf(counters, offers, purchasedAt)
  for (const { offerId, period, earnedMinor, receipts } of counters) {
    const days = periods.get(offerId)
    const counts = days && period >= DAY + days.from && period <= DAY + days.to ? 1 : 0
    const former = factsOf(offerId)
    amend(offerId, {
      earnedMinor: former.earnedMinor + earnedMinor,
      creditedReceipts: former.creditedReceipts + receipts,
      periodEarnedMinor: former.periodEarnedMinor + counts * earnedMinor,
      periodReceipts: former.periodReceipts + counts * receipts,
    })
  }
  const activations = ctx.sql.all<{ offerId: string; reservedMinor: number; activatedAt: number }>(
    `SELECT offer_id AS offerId, reserved_minor AS reservedMinor, activated_at AS activatedAt
     FROM activations WHERE wallet_id = ? AND state = 'active'`,
    walletId,
  )
  for (const { offerId, reservedMinor, activatedAt } of activations) {
    amend(offerId, { reservedMinor, activatedAt: new Date(activatedAt).toISOString() })
  }
  for (const offerId of exhausted) amend(offerId, { budgetExhausted: true })
  return facts
}

type Counter = { offerId: string; period: string; earnedMinor: number; receipts: number }

function readCounters(ctx: CellContext, walletId: string): Counter[] {
  return ctx.sql.all<Counter>(
    `SELECT offer_id AS offerId, period, earned_minor AS earnedMinor, receipts
     FROM counters WHERE wallet_id = ?`,
    walletId,
  )
}

/** The cap's period of every counted offer, by the version that the purchase is judged by. */
function periodsOf(
  counters: readonly Counter[],
  offers: readonly OfferVersion[],
  purchasedAt: string,
): ReadonlyMap<string, CapDays | null> {
  const counted = new Set(counters.map(({ offerId }) => offerId))
  const versions = offers.filter(({ offerId }) => counted.has(offerId))
  return new Map(
    versionsInForce(versions, purchasedAt).map(({ offerId, rule }) => [
      offerId,
      capDays(rule, purchasedAt),
    ]),
  )
}

/**
 * Counts a credited reward whether or not its version has caps that look back: the next version may
 * have them, and means what was earned before as well.
 */
export function countReward(
  ctx: CellContext,
  walletId: string,
  reward: PaidReward,
  purchasedAt: string,
): void {
  ctx.sql.all(
    `INSERT INTO counters (wallet_id, offer_id, period, earned_minor, receipts)
     VALUES (?1, ?2, ?3, ?4, 1)
     ON CONFLICT (wallet_id, offer_id, period) DO UPDATE SET
       earned_minor = earned_minor + ?4, receipts = receipts + 1`,
    walletId,
    reward.offerId,
    DAY + dayOf(purchasedAt),
    reward.rewardMinor,
  )
}
