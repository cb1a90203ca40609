import { z } from 'zod'
import { ClientId } from '#schema/id'
import { parseJson } from '../outside/exchange.ts'
import { PAYOUT_ID_KEY, ProviderId, WALLET_ID_KEY } from './yookassa-wire.ts'

const NOTIFICATION_CHARS_MAX = 64 * 1024

/**
 * A notification (yookassa.ru/developers/using-api/webhooks) carries no signature: anyone can post
 * one. So it is only a reason to ask the provider about a payout, and only these ids are read.
 */
const Notification = z.object({
  type: z.literal('notification'),
  event: z.enum(['payout.succeeded', 'payout.canceled']),
  object: z.object({ id: ProviderId, metadata: z.record(z.string(), z.unknown()) }),
})

interface PayoutNotification {
  providerId: string
  payoutId: string
  /** Where to look for the payout; null when the payout was sent without it. */
  walletId: string | null
}

/** Which payout a webhook's body is about, or null when it is not about one of ours. */
export function parseYookassaNotification(body: string): PayoutNotification | null {
  if (body.length > NOTIFICATION_CHARS_MAX) return null
  const parsed = Notification.safeParse(parseJson(body))
  if (!parsed.success) return null
  const { id, metadata } = parsed.data.object
  const payoutId = ClientId.safeParse(metadata[PAYOUT_ID_KEY])
  if (!payoutId.success) return null
  const walletId = metadata[WALLET_ID_KEY]
  const isWallet = typeof walletId === 'string' && /^wal_[0-9a-z]{8,40}$/.test(walletId)
  return { providerId: id, payoutId: payoutId.data, walletId: isWallet ? walletId : null }
}
