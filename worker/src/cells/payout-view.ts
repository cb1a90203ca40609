import { minor } from '#schema/money'
import type { Payout } from '#schema/payout'
import type { PayoutRow } from './cell-payouts.ts'

/** The shopper's view of a payout: the destination masked for ever. */
export function payoutView(row: PayoutRow): Payout {
  return {
    id: row.id,
    amountMinor: minor(row.amountMinor),
    state: row.state,
    destination: {
      code: row.destinationCode,
      masked: row.destinationMasked,
      bankName: row.bankName,
    },
    requestedAt: new Date(row.requestedAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    reason: row.reason,
    version: row.version,
  }
}
