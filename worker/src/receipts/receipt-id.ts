import { createHmac } from 'node:crypto'

/**
 * HMAC-SHA-256 of identity, wallet and attempt: the same work has the same id wherever it is made.
 */
export function receiptIdOf(
  key: string,
  fingerprint: string,
  walletId: string,
  attempt: number,
): string {
  const mac = createHmac('sha256', key).update(`${fingerprint}\n${walletId}\n${attempt}`)
  return `rcp_${mac.digest('hex').slice(0, 32)}`
}
