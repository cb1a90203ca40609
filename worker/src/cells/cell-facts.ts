import type { OfferVersion } from '#schema/offer'
import { type EvaluationFacts, NO_FACTS, type OfferFacts } from '../offers/facts.ts'
import { versionsInForce } from '../offers/in-force.ts'
import { capDays } from '../offers/period.ts'
import type { CellContext } from './cell-context.ts'

/**
 * What the cell knows about a wallet and the offers of a snapshot: what it has earned, and open
 * activations. Offers that the wallet has never touched are left out; two queries whatever the
 * offers.
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
  const inForce = versionsInForce(offers, purchasedAt)
  const periods = new Map(inForce.map(({ offerId, rule }) => [offerId, capDays(rule, purchasedAt)]))
  const earned = inForce.some(looksBack) ? readEarned(ctx, walletId) : []
  for (const { offerId, day, earnedMinor, receipts } of earned) {
    const days = periods.get(offerId)
    const counts = days && day >= days.from && day <= days.to ? 1 : 0
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

/** Whether a version has caps on what was earned before; without any, nobody looks. */
function looksBack({ rule }: OfferVersion): boolean {
  const { perShopperMinor, perShopperReceipts, perPeriod } = rule.caps
  return perShopperMinor !== null || perShopperReceipts !== null || perPeriod !== null
}

type Earned = { offerId: string; day: string; earnedMinor: number; receipts: number }

/**
 * What a wallet has earned and kept, by offer and day of purchase, out of the book itself: a count
 * kept apart would cost rows with every credit, or forget what was earned before a version had
 * caps. What a return took back counts no more, and frees its caps.
 */
function readEarned(ctx: CellContext, walletId: string): Earned[] {
  return ctx.sql.all<Earned>(
    `WITH kept AS (
       SELECT reference, CASE WHEN code IN ('reward', 'reward_held')
           THEN substr(debit, instr(debit, ':') + 1) ELSE substr(credit, 8) END AS offerId,
         sum(CASE WHEN code IN ('reward', 'reward_held')
           THEN amount_minor ELSE -amount_minor END) AS minor
       FROM transfers WHERE wallet_id = ? AND code IN
         ('reward', 'reward_held', 'clawback_held', 'clawback', 'claim_opened')
       GROUP BY 1, 2 HAVING minor > 0)
     SELECT offerId, substr(purchased_at, 1, 10) AS day, sum(minor) AS earnedMinor,
       count(*) AS receipts
     FROM kept JOIN receipts ON receipts.id = reference GROUP BY 1, 2`,
    walletId,
  )
}
