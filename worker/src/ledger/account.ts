/**
 * The chart of accounts (see README.md beside this file). A code names its account for ever; its
 * kind fixes the sign that the book's CHECK enforces.
 */

export type AccountKind = 'liability' | 'asset' | 'income' | 'expense' | 'mirror'

export type Account = { readonly code: string; readonly kind: AccountKind }

const liability = (code: string): Account => ({ code, kind: 'liability' })
const mirror = (code: string): Account => ({ code, kind: 'mirror' })

/** Owed to the shopper, inside the return window. */
export const walletHeld = (walletId: string) => liability(`wallet:${walletId}:held`)
/** Owed to the shopper, withdrawable. */
export const walletAvailable = (walletId: string) => liability(`wallet:${walletId}:available`)
/** Owed to the shopper, in a payout under way. */
export const walletPaying = (walletId: string) => liability(`wallet:${walletId}:paying`)

/** What a shopper owes after a return of a reward that had left the wallet. */
export const claims = (walletId: string): Account => ({ code: `claims:${walletId}`, kind: 'asset' })

/** A cell's lease of an offer's budget. */
export const escrow = (offerId: string) => liability(`escrow:${offerId}`)
/** Promised to shoppers who activated the offer. */
export const reserved = (offerId: string) => liability(`reserved:${offerId}`)
/** The other side of what a cell and an offer's budget have exchanged. */
export const clearingOffer = (offerId: string) => mirror(`clearing:${offerId}`)
/** The other side of what cells and the network book have exchanged for payouts. */
export const clearingPayouts: Account = mirror('clearing:payouts')
/** The network's fee, taken with the credit. */
export const fees = (partnerId: string): Account => ({ code: `fees:${partnerId}`, kind: 'income' })

/** Budget object: the partner's money behind one offer that no cell holds. */
export const unallocated = (offerId: string) => liability(`unallocated:${offerId}`)
/** The other side of what a partner's book and an offer's budget have exchanged. */
export const clearingFunding = (offerId: string) => mirror(`clearing:funding:${offerId}`)

/** Partner book: prefunded money, free to use. */
export const funds: Account = liability('funds')
/** Partner book: money handed to an offer. */
export const committed = (offerId: string) => liability(`committed:${offerId}`)
/** The other side of a partner's deposits; the network book holds the bank side. */
export const clearingDeposits: Account = mirror('clearing:deposits')

/** Network book: the real bank account. */
export const bank: Account = { code: 'bank', kind: 'asset' }

/** The kind that the chart gives to a code; null for a code that is not in it. */
export function kindOf(code: string): AccountKind | null {
  if (code === bank.code || /^claims:[^:]+$/.test(code)) return 'asset'
  if (/^fees:./.test(code)) return 'income'
  if (/^clearing:(?:payouts$|deposits$|funding:.|off_.)/.test(code)) return 'mirror'
  const isOwed =
    /^(?:wallet:[^:]+:(?:held|available|paying)|(?:escrow|reserved|unallocated|committed):.+|funds)$/
  return isOwed.test(code) ? 'liability' : null
}

/** The wallet an account belongs to, or null. */
export function walletOf(account: Account): string | null {
  const [kind, walletId] = account.code.split(':')
  return (kind === 'wallet' || kind === 'claims') && walletId !== undefined ? walletId : null
}
