import type { ReviewedScan } from '#schema/receipt'

/**
 * The identity of a receipt on paper (decision 0013): shop, minute, total. Two purchases may share
 * it, so that a likeness between wallets is a question to a person and never an answer.
 */

/** What is known of the shop; an empty text where nothing is. */
export type Seller = {
  readonly taxNumber: string
  readonly retailerId: string
  readonly storeId: string
}

/** The canonical name of a seller: whoever reads the same receipt has to arrive at the same. */
export function sellerKey({ taxNumber, retailerId }: Seller): string {
  return taxNumber || retailerId
}

const REVIEWED = 'reviewed:'

/** The network-wide identity, claimed in the directory like a fiscal one. */
export function paperFingerprint({ seller, time, totalMinor }: ReviewedScan): string {
  return `${REVIEWED}${seller}:${time}:${totalMinor}`
}

/** Minute and total of a paper identity; null for any other. */
export function paperOf(fingerprint: string): { time: string; totalMinor: number } | null {
  const parts = /^reviewed:.+:(\d{4}-\d\d-\d\dT\d\d:\d\d):(\d+)$/.exec(fingerprint)
  return parts?.[1] === undefined ? null : { time: parts[1], totalMinor: Number(parts[2]) }
}

export const isPaperFingerprint = (fingerprint: string) => fingerprint.startsWith(REVIEWED)

/**
 * Whether two receipts of one minute and total may be one purchase. Different stores tell apart
 * what different wallets bring; within a wallet nothing but the seller does, because a reviewer may
 * have picked the wrong store.
 */
export function looksSame(
  one: Seller & { readonly walletId: string },
  other: Seller & { readonly walletId: string },
): boolean {
  if (one.walletId !== other.walletId && differ(one.storeId, other.storeId)) return false
  if (agree(one.taxNumber, other.taxNumber) || agree(one.retailerId, other.retailerId)) return true
  const isTold = differ(one.taxNumber, other.taxNumber) || differ(one.retailerId, other.retailerId)
  return !isTold
}

const agree = (one: string, other: string) => one !== '' && one === other
const differ = (one: string, other: string) => one !== '' && other !== '' && one !== other
