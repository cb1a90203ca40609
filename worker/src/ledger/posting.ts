import { minor } from '#schema/money'
import {
  bank,
  clearingDeposits,
  clearingFunding,
  clearingOffer,
  clearingPayouts,
  committed,
  escrow,
  fees,
  funds,
  reserved,
  unallocated,
  walletAvailable,
  walletHeld,
  walletPaying,
} from './account.ts'
import type { Transfer } from './transfer.ts'

/**
 * The posting rules: which event moves what. Pure; amounts in kopecks; every id is a function of
 * the event, so a repeated event makes the same transfers and the book's UNIQUE refuses them.
 */

/** A lease arrives in a cell. */
export function leaseGranted(leaseId: string, offerId: string, grantedMinor: number): Transfer {
  return {
    id: `${leaseId}:granted`,
    debit: clearingOffer(offerId),
    credit: escrow(offerId),
    amountMinor: minor(grantedMinor),
    code: 'lease_granted',
    reference: leaseId,
  }
}

/** Idle escrow leaves a cell: debited here before the budget is told. */
export function leaseReturned(returnId: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${returnId}:returned`,
    debit: escrow(offerId),
    credit: clearingOffer(offerId),
    amountMinor: minor(amountMinor),
    code: 'lease_returned',
    reference: returnId,
  }
}

/** What one offer pays on one receipt. */
export type RewardPosting = {
  readonly receiptId: string
  readonly walletId: string
  readonly offerId: string
  readonly partnerId: string
  readonly rewardMinor: number
  readonly feeMinor: number
  /** Held until the return window has passed. */
  readonly held: boolean
  /** From the shopper's own reservation instead of the open escrow. */
  readonly fromReserved: boolean
}

/** Reward and fee of one offer on one receipt. */
export function rewardPosted(posting: RewardPosting): Transfer[] {
  const source = posting.fromReserved ? reserved(posting.offerId) : escrow(posting.offerId)
  const reward: Transfer = {
    id: `${posting.receiptId}:${posting.offerId}:reward`,
    debit: source,
    credit: posting.held ? walletHeld(posting.walletId) : walletAvailable(posting.walletId),
    amountMinor: minor(posting.rewardMinor),
    code: posting.held ? 'reward_held' : 'reward',
    reference: posting.receiptId,
  }
  if (posting.feeMinor === 0) return [reward]
  return [
    reward,
    {
      id: `${posting.receiptId}:${posting.offerId}:fee`,
      debit: source,
      credit: fees(posting.partnerId),
      amountMinor: minor(posting.feeMinor),
      code: 'fee',
      reference: posting.receiptId,
    },
  ]
}

/** An activation reserves its reward and fee. */
export function activationReserved(
  activationId: string,
  offerId: string,
  amountMinor: number,
): Transfer {
  return {
    id: `${activationId}:reserve`,
    debit: escrow(offerId),
    credit: reserved(offerId),
    amountMinor: minor(amountMinor),
    code: 'reserve',
    reference: activationId,
  }
}

/** What is left of a reservation goes back to the open escrow: used up, or lapsed. */
export function activationReleased(
  activationId: string,
  offerId: string,
  amountMinor: number,
): Transfer {
  return {
    id: `${activationId}:lapse`,
    debit: reserved(offerId),
    credit: escrow(offerId),
    amountMinor: minor(amountMinor),
    code: 'reserve_lapsed',
    reference: activationId,
  }
}

/** The return window has passed: held money becomes withdrawable. */
export function holdReleased(walletId: string, availableAt: number, amountMinor: number): Transfer {
  return {
    id: `hold:${walletId}:${availableAt}`,
    debit: walletHeld(walletId),
    credit: walletAvailable(walletId),
    amountMinor: minor(amountMinor),
    code: 'hold_released',
    reference: walletId,
  }
}

type PayoutPosting = {
  readonly payoutId: string
  readonly walletId: string
  readonly amountMinor: number
}

/** The shopper asks for a payout: the money leaves `available` before anybody is called. */
export function payoutAsked({ payoutId, walletId, amountMinor }: PayoutPosting): Transfer {
  return {
    id: `${payoutId}:asked`,
    debit: walletAvailable(walletId),
    credit: walletPaying(walletId),
    amountMinor: minor(amountMinor),
    code: 'payout_asked',
    reference: payoutId,
  }
}

/**
 * The provider has paid. Shares its id with `payoutReturned`: only one of the two can be posted.
 */
export function payoutSucceeded({ payoutId, walletId, amountMinor }: PayoutPosting): Transfer {
  return {
    id: `${payoutId}:closed`,
    debit: walletPaying(walletId),
    credit: clearingPayouts,
    amountMinor: minor(amountMinor),
    code: 'payout_succeeded',
    reference: payoutId,
  }
}

/** The provider has definitively not paid: the money comes back. */
export function payoutReturned({ payoutId, walletId, amountMinor }: PayoutPosting): Transfer {
  return {
    id: `${payoutId}:closed`,
    debit: walletPaying(walletId),
    credit: walletAvailable(walletId),
    amountMinor: minor(amountMinor),
    code: 'payout_returned',
    reference: payoutId,
  }
}

/** The provider had paid, and the recipient's bank sent the money back: it is the shopper's again. */
export function payoutUndone({ payoutId, walletId, amountMinor }: PayoutPosting): Transfer {
  return {
    id: `${payoutId}:undone`,
    debit: clearingPayouts,
    credit: walletAvailable(walletId),
    amountMinor: minor(amountMinor),
    code: 'payout_undone',
    reference: payoutId,
  }
}

/** Budget object: the partner's book has handed money to the offer. */
export function budgetFunded(commitId: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${commitId}:funded`,
    debit: clearingFunding(offerId),
    credit: unallocated(offerId),
    amountMinor: minor(amountMinor),
    code: 'budget_funded',
    reference: commitId,
  }
}

/** Budget object: unallocated money goes back to the partner's book. */
export function budgetWithdrawn(id: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${id}:withdrawn`,
    debit: unallocated(offerId),
    credit: clearingFunding(offerId),
    amountMinor: minor(amountMinor),
    code: 'budget_withdrawn',
    reference: id,
  }
}

/** Budget object: a lease leaves for a cell. */
export function budgetAllocated(leaseId: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${leaseId}:granted`,
    debit: unallocated(offerId),
    credit: clearingOffer(offerId),
    amountMinor: minor(amountMinor),
    code: 'lease_granted',
    reference: leaseId,
  }
}

/** Budget object: idle money of a cell has come back. */
export function budgetReturned(returnId: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${returnId}:returned`,
    debit: clearingOffer(offerId),
    credit: unallocated(offerId),
    amountMinor: minor(amountMinor),
    code: 'lease_returned',
    reference: returnId,
  }
}

/** Partner book: an incoming payment, confirmed by the operator. */
export function depositBooked(depositId: string, amountMinor: number): Transfer {
  return {
    id: `${depositId}:deposit`,
    debit: clearingDeposits,
    credit: funds,
    amountMinor: minor(amountMinor),
    code: 'deposit',
    reference: depositId,
  }
}

/** Partner book: money is put behind an offer. */
export function offerCommitted(commitId: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${commitId}:commit`,
    debit: funds,
    credit: committed(offerId),
    amountMinor: minor(amountMinor),
    code: 'commit',
    reference: commitId,
  }
}

/** Partner book: an ended offer gives back what was not spent. */
export function offerUncommitted(id: string, offerId: string, amountMinor: number): Transfer {
  return {
    id: `${id}:uncommit`,
    debit: committed(offerId),
    credit: funds,
    amountMinor: minor(amountMinor),
    code: 'uncommit',
    reference: id,
  }
}

/** Network book: a partner's payment has arrived on the bank account. */
export function depositReceived(depositId: string, amountMinor: number): Transfer {
  return {
    id: `${depositId}:received`,
    debit: bank,
    credit: clearingDeposits,
    amountMinor: minor(amountMinor),
    code: 'deposit_received',
    reference: depositId,
  }
}

/** Network book: the provider has paid a shopper out of the bank account. */
export function payoutPaid(payoutId: string, amountMinor: number): Transfer {
  return {
    id: `${payoutId}:paid`,
    debit: clearingPayouts,
    credit: bank,
    amountMinor: minor(amountMinor),
    code: 'payout_paid',
    reference: payoutId,
  }
}

/** Network book: what the provider had paid has come back to the bank account. */
export function payoutRefunded(payoutId: string, amountMinor: number): Transfer {
  return {
    id: `${payoutId}:refunded`,
    debit: bank,
    credit: clearingPayouts,
    amountMinor: minor(amountMinor),
    code: 'payout_refunded',
    reference: payoutId,
  }
}
