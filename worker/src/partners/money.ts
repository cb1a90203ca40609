import type { FundsEntry } from '#schema/partner'

/**
 * Ports to the books that hold partners' money. Every call is idempotent by its id: after a lost
 * answer the same call is made again with the same id and amount.
 */
export interface PartnerMoney {
  /** Free money, and everything handed over to offers, whether or not it has been spent. */
  balance(partnerId: string): Promise<{ fundsMinor: number; committedMinor: number }>
  /** Movements of the free money, newest first, before `before` (null: from the newest). */
  entries(
    partnerId: string,
    before: number | null,
    limit: number,
  ): Promise<{ items: FundsEntry[]; last: number }>
  /** Puts money behind an offer; `funds_short` moves nothing. */
  commit(
    offerId: string,
    partnerId: string,
    commitId: string,
    amountMinor: number,
  ): Promise<'ok' | 'funds_short'>
  /**
   * Takes back what an ended offer's budget has not spent or promised; answers how much that was.
   * Begun anew after a lost answer, it finishes what was begun.
   */
  release(offerId: string, partnerId: string): Promise<number>
  /** An incoming payment that the operator has confirmed. */
  deposit(
    partnerId: string,
    depositId: string,
    amountMinor: number,
    reference: string,
  ): Promise<void>
}

/** The budget of one offer: what the partner put in, and what cells hold or have spent of it. */
export interface OfferBudget {
  money(
    offerId: string,
  ): Promise<{ fundedMinor: number; allocatedMinor: number; leftMinor: number }>
}
