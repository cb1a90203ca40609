import { createHash } from 'node:crypto'
import type { CurrencyCode } from '#schema/currency'
import type { AmountMinor } from '#schema/money'
import type { Account } from './account.ts'

/**
 * One movement of money: debits one account, credits one, is never changed. The id is derived from
 * the work it belongs to (`receipt:offer:leg`), so that the same work can never be posted twice.
 */
export type Transfer = {
  readonly id: string
  readonly debit: Account
  readonly credit: Account
  readonly amountMinor: AmountMinor
  readonly code: TransferCode
  /** The receipt, payout, lease or invoice it belongs to. */
  readonly reference: string
}

export const TRANSFER_CODES = [
  'lease_granted',
  'lease_returned',
  'reward',
  'reward_held',
  'fee',
  'hold_released',
  'reserve',
  'reserve_lapsed',
  'payout_asked',
  'payout_succeeded',
  'payout_returned',
  'payout_undone',
  'budget_funded',
  'budget_withdrawn',
  'deposit',
  'deposit_received',
  'commit',
  'uncommit',
  'payout_paid',
  'payout_refunded',
] as const
type TransferCode = (typeof TRANSFER_CODES)[number]

/** A transfer as it stands in the book. */
export type PostedTransfer = {
  readonly sequence: number
  readonly id: string
  readonly currency: CurrencyCode
  readonly debit: string
  readonly credit: string
  readonly amountMinor: number
  readonly code: string
  readonly reference: string
  /** The wallet it touches; null for fees and leases. */
  readonly walletId: string | null
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

/** The hash before the first transfer. */
export const GENESIS_HASH: Uint8Array = new Uint8Array(32)

/** SHA-256 over the previous hash and every field: one flipped byte breaks the chain from there. */
export function chainHash(previous: Uint8Array, row: PostedTransfer): Uint8Array {
  const fields = [
    row.sequence,
    row.id,
    row.currency,
    row.debit,
    row.credit,
    row.amountMinor,
    row.code,
    row.reference,
    row.walletId,
    row.at,
  ]
  return new Uint8Array(
    createHash('sha256').update(previous).update(JSON.stringify(fields)).digest(),
  )
}
