import type { RuScan } from '#schema/receipt'

/** What a fiscal sign covers. */
export type SignedFields = Omit<RuScan, 'fp'>

const UINT32_MAX = 4_294_967_295

/**
 * Stands in for the crypto module of a fiscal drive: an HMAC over `fn|i|t|s|n`, cut to 32 bits. It
 * lets the simulated service tell a forged sign (406) from a receipt that has not arrived (404).
 */
export async function fiscalSign(key: string, fields: SignedFields): Promise<number> {
  const encoder = new TextEncoder()
  const secret = await crypto.subtle.importKey(
    'raw',
    encoder.encode(key),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const { fn, i, time, totalMinor, kind } = fields
  const covered = encoder.encode(`${fn}|${i}|${time}|${totalMinor}|${kind}`)
  const mac = new DataView(await crypto.subtle.sign('HMAC', secret, covered))
  // Zero is not a sign; the printed range begins with 1.
  return (mac.getUint32(0) % UINT32_MAX) + 1
}
