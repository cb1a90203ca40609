import type { MarketCode } from '#schema/market'
import type { AskedPayout } from './provider.ts'

/**
 * The idempotency key of a payout: its market, wallet and id as a UUID by name (RFC 9562, version
 * 5). Ids are made by clients, so two wallets may bring the same one, and a wallet has money in
 * several markets; a key of all three makes what was paid to one no answer for another.
 */
export async function transactionId(
  market: MarketCode,
  { id, walletId = '' }: AskedPayout,
): Promise<string> {
  const name = new TextEncoder().encode(`kopilka:payout:${market}:${walletId}:${id}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', name))
  const bytes = digest.slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
