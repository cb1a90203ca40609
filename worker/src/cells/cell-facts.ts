import type { OfferVersion } from '#schema/offer'
import { type EvaluationFacts, NO_FACTS, type OfferFacts } from '../offers/facts.ts'
import { capPeriodKey } from '../offers/period.ts'
import type { CellContext } from './cell-context.ts'
import type { PaidReward } from './receipt-row.ts'

/** The key under which a wallet's whole life with an offer is counted. */
const LIFE = 'life'

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
  const periods = new Map(
    offers.map((offer) => [offer.offerId, capPeriodKey(offer.rule, purchasedAt)]),
  )
  const facts = new Map<string, OfferFacts>()
  const amend = (offerId: string, part: Partial<OfferFacts>) => {
    if (periods.has(offerId)) facts.set(offerId, { ...(facts.get(offerId) ?? NO_FACTS), ...part })
  }
  const counters = ctx.sql.all<{
    offerId: string
    period: string
    earnedMinor: number
    receipts: number
  }>(
    `SELECT offer_id AS offerId, period, earned_minor AS earnedMinor, receipts
     FROM counters WHERE wallet_id = ?`,
    walletId,
  )
  for (const { offerId, period, earnedMinor, receipts } of counters) {
    if (period === LIFE) amend(offerId, { earnedMinor, creditedReceipts: receipts })
    else if (period === periods.get(offerId)) {
      amend(offerId, { periodEarnedMinor: earnedMinor, periodReceipts: receipts })
    }
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

/**
 * Counts a credited reward for the caps that look back; an offer without such caps costs no row.
 */
export function countReward(ctx: CellContext, walletId: string, reward: PaidReward): void {
  for (const period of reward.counts) {
    ctx.sql.all(
      `INSERT INTO counters (wallet_id, offer_id, period, earned_minor, receipts)
       VALUES (?1, ?2, ?3, ?4, 1)
       ON CONFLICT (wallet_id, offer_id, period) DO UPDATE SET
         earned_minor = earned_minor + ?4, receipts = receipts + 1`,
      walletId,
      reward.offerId,
      period,
      reward.rewardMinor,
    )
  }
}

/**
 * The counters that an offer's caps need: its life when capped over it, the period when capped by
 * it.
 */
export function counterKeys(offer: OfferVersion, purchasedAt: string): string[] {
  const { perShopperMinor, perShopperReceipts } = offer.rule.caps
  const period = capPeriodKey(offer.rule, purchasedAt)
  const keys = period === null ? [] : [period]
  return perShopperMinor === null && perShopperReceipts === null ? keys : [LIFE, ...keys]
}
