import type { ShownDestination } from './create-request.ts'

/** A payout as the simulated provider keeps it. Instants are ms since the epoch. */
export type KeptPayout = {
  id: string
  key: string
  bodyHash: string
  amountMinor: number
  destination: ShownDestination
  description: string | null
  metadata: Record<string, string>
  createdAt: number
  /** When the pending payout takes its end. */
  settleAt: number
  end: 'succeeded' | 'canceled'
  reason: string | null
  /** How often it was sent (the first time included) and looked at. */
  sent: number
  looked: number
}

export type PayoutStatus = 'pending' | 'succeeded' | 'canceled'

export function statusAt(payout: KeptPayout, now: number): PayoutStatus {
  return now < payout.settleAt ? 'pending' : payout.end
}

/** The payout object of API v3 (yookassa.ru/developers/api#payout_object). */
export function payoutObject(payout: KeptPayout, status: PayoutStatus): Record<string, unknown> {
  return {
    id: payout.id,
    amount: { value: (payout.amountMinor / 100).toFixed(2), currency: 'RUB' },
    status,
    payout_destination: payout.destination,
    ...(payout.description === null ? {} : { description: payout.description }),
    created_at: new Date(payout.createdAt).toISOString(),
    ...(status === 'succeeded' ? { succeeded_at: new Date(payout.settleAt).toISOString() } : {}),
    ...(status === 'canceled' ? { cancellation_details: cancellation(payout.reason) } : {}),
    metadata: payout.metadata,
    test: false,
  }
}

const PAYOUT_NETWORK_REASONS = [
  'rejected_by_payee',
  'issuer_unavailable',
  'recipient_not_found',
  'recipient_check_failed',
  'one_time_limit_exceeded',
  'periodic_limit_exceeded',
]

function cancellation(reason: string | null): { party: string; reason: string } {
  const code = reason ?? 'general_decline'
  const party = PAYOUT_NETWORK_REASONS.includes(code) ? 'payout_network' : 'yoo_money'
  return { party, reason: code }
}

/** Why a payout may be canceled (payouts/after-the-payout/declined-payouts). */
export const CANCELLATION_REASONS = [
  'insufficient_funds',
  'fraud_suspected',
  'one_time_limit_exceeded',
  'periodic_limit_exceeded',
  'rejected_by_payee',
  'general_decline',
  'issuer_unavailable',
  'recipient_not_found',
  'recipient_check_failed',
  'identification_required',
] as const

/** An error answer (using-api/response-handling/response-format). */
export function errorBody(
  code: string,
  description: string,
  parameter?: string,
): Record<string, string> {
  const id = crypto.randomUUID()
  const named = parameter === undefined ? {} : { parameter }
  return { type: 'error', id, code, description, ...named }
}

/** The destination as the page shows it. */
export function maskShown(destination: ShownDestination): string {
  switch (destination.type) {
    case 'sbp':
      return `СБП · +${destination.phone.slice(0, 1)} ••• •••-••-${destination.phone.slice(-2)}`
    case 'bank_card':
      return `${destination.card.card_type} •••• ${destination.card.last4}`
    case 'yoo_money':
      return `ЮMoney •••• ${destination.account_number.slice(-4)}`
  }
}
