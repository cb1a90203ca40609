import { PayoutDestination, type PayoutRequest } from '#schema/payout'

/**
 * Card and account numbers lie in the payout's row only until its end, and only sealed (PCI DSS
 * 4.0, requirement 3.5: unreadable wherever stored). AES-256-GCM; the payout's id is authenticated
 * with it, so that a sealed destination moved to another row does not open.
 */
const FORMAT = 'v1'
const KEY_BYTES = 32
export const SEAL_NONCE_BYTES = 12

/** The network's secret: 32 random bytes in base 64 (`openssl rand -base64 32`). */
interface SealKey {
  key: string
}

/** Seals a destination for the row of one payout. `nonce`: 12 random bytes, never used twice. */
export function sealDestination(
  destination: PayoutDestination,
  { payoutId, ...seal }: SealKey & { payoutId: string; nonce: Uint8Array<ArrayBuffer> },
): Promise<string> {
  return sealText(JSON.stringify(destination), { ...seal, boundTo: payoutId })
}

/** Opens what `sealDestination` made. Throws when altered, moved, or sealed by another key. */
export async function openDestination(
  sealed: string,
  { key, payoutId }: SealKey & { payoutId: string },
): Promise<PayoutDestination> {
  return PayoutDestination.parse(JSON.parse(await openText(sealed, { key, boundTo: payoutId })))
}

/** Seals a text that carries account numbers, bound to the id of its row. */
export async function sealText(
  text: string,
  { key, boundTo, nonce }: SealKey & { boundTo: string; nonce: Uint8Array<ArrayBuffer> },
): Promise<string> {
  if (nonce.length !== SEAL_NONCE_BYTES) throw new RangeError('a seal needs a nonce of 12 bytes')
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: bytesOf(boundTo) },
    await sealingKey(key),
    bytesOf(text),
  )
  return [FORMAT, toBase64(nonce), toBase64(new Uint8Array(sealed))].join('.')
}

/** Opens what `sealText` made. Throws when altered, moved, or sealed by another key. */
export async function openText(
  sealed: string,
  { key, boundTo }: SealKey & { boundTo: string },
): Promise<string> {
  const [format, nonce, body, ...rest] = sealed.split('.')
  if (format !== FORMAT || nonce === undefined || body === undefined || rest.length > 0) {
    throw new Error(`what is sealed for ${boundTo} is in an unknown format`)
  }
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: fromBase64(nonce), additionalData: bytesOf(boundTo) },
    await sealingKey(key),
    fromBase64(body),
  )
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened)
}

/**
 * A tag of what a request asks for: equal for a repeat, different for another content under the
 * same id. Keyed, because a plain hash of a card number is found by trying them all.
 */
export async function payoutContentTag(request: PayoutRequest, { key }: SealKey): Promise<string> {
  const { destination } = request
  const content = JSON.stringify([request.id, request.amountMinor, ...contentOf(destination)])
  const tag = await crypto.subtle.sign('HMAC', await taggingKey(key), bytesOf(content))
  return toBase64(new Uint8Array(tag))
}

function contentOf(destination: PayoutDestination): string[] {
  switch (destination.code) {
    case 'sbp':
      return ['sbp', destination.phone, destination.bankId]
    case 'bank_card':
      return ['bank_card', destination.cardNumber]
    case 'yoo_money':
      return ['yoo_money', destination.accountNumber]
    case 'iban':
      return ['iban', destination.iban, destination.holder, ...named(destination.personalNumber)]
  }
}

const named = (number: string | undefined) => (number === undefined ? [] : [number])

function sealingKey(key: string): Promise<CryptoKey> {
  return derive(key, 'payout destination', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
}

function taggingKey(key: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  return derive(key, 'payout content', algorithm, ['sign'])
}

/** One secret, a key of its own for each use (HKDF, RFC 5869). */
async function derive(
  key: string,
  use: string,
  algorithm: { name: string; length: number; hash?: string },
  usages: ('encrypt' | 'decrypt' | 'sign')[],
): Promise<CryptoKey> {
  const secret = fromBase64(key)
  if (secret.length !== KEY_BYTES) throw new Error('the seal key must be 32 bytes in base 64')
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(use) }
  return await crypto.subtle.deriveKey(hkdf, root, algorithm, false, usages)
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}

/** In pieces: a whole file at once would be more arguments than a call may have. */
const PIECE_BYTES = 8_192

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES))
  }
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
