/**
 * What the cell knows about one wallet and one offer when a receipt is judged. A new mechanic adds
 * facts here and a rule beside the others, never a branch in the receipt's journey.
 */
export type OfferFacts = {
  /** Earned by this offer over its whole life. */
  earnedMinor: number
  /** Receipts credited by this offer over its whole life. */
  creditedReceipts: number
  /**
   * The same two in the days that `capDays(rule, purchasedAt)` names; zero without such a cap.
   */
  periodEarnedMinor: number
  periodReceipts: number
  /** ISO instant of the activation that is still open, or null. */
  activatedAt: string | null
  /** What that activation holds, reward and fee. */
  reservedMinor: number
  /** The budget answered that nothing is left; only a reservation still pays. */
  budgetExhausted: boolean
}

/** Facts per offer id; an offer that is not there has none. */
export type EvaluationFacts = ReadonlyMap<string, OfferFacts>

/** A wallet that an offer has never seen. */
export const NO_FACTS: OfferFacts = {
  earnedMinor: 0,
  creditedReceipts: 0,
  periodEarnedMinor: 0,
  periodReceipts: 0,
  activatedAt: null,
  reservedMinor: 0,
  budgetExhausted: false,
}
