import type { SearchHit } from '#schema/operator'

/**
 * The page that shows what was found. A shopper opens as their receipts, which every operator may
 * read; an offer as the transfers of its account.
 */
export function hitHref({ kind, id }: Pick<SearchHit, 'kind' | 'id'>): string {
  const value = encodeURIComponent(id)
  switch (kind) {
    case 'receipt':
      return `/operator/receipts/receipt?id=${value}`
    case 'payout':
      return `/operator/payouts/payout?id=${value}`
    case 'transfer':
      return `/operator/books?view=transfers&reference=${value}`
    case 'partner':
      return `/operator/partners?id=${value}`
    case 'offer':
      return accountHref(`escrow:${id}`)
    case 'shopper':
      return `/operator/receipts?wallet=${value}`
  }
}

/** The transfers of one account. */
export function accountHref(code: string): string {
  return `/operator/books?view=transfers&account=${encodeURIComponent(code)}`
}
