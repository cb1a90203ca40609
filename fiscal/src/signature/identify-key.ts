import { sha256 } from '@noble/hashes/sha2.js'
import { bytesOfBase64, bytesOfStandardBase64, hexOf } from '../base64.ts'
import type { FiscalCountry } from '../code.ts'
import { concat } from './der.ts'
import type { Jwk } from './key-ring.ts'
import { anyPointOf, type Certificate, certificateOf, importKey, rsaKeyOf } from './public-key.ts'

/** A key as somebody hands it in, to be known by the name that codes of its country use. */

type OfferedKey = {
  /** PEM of a certificate or a public key, a JWK, or (Germany) the point in base 64. */
  readonly key: string
  /** Serial, `kid` or IDK; empty when the key says it. */
  readonly keyId: string
  /** Austria: who issued the certificate; empty when the certificate says it. */
  readonly provider: string
}

type IdentifiedKey = {
  readonly keyId: string
  readonly provider: string
  /** Of a certificate; null for a bare key. */
  readonly validFrom: string | null
  readonly validUntil: string | null
}

type KeyRefusal = 'key_id_needed' | 'key_not_of_market' | 'key_provider_needed' | 'key_unreadable'

type Identified = IdentifiedKey | KeyRefusal

/** Reads an offered key by its country's rule, or says why it is of no use. Never throws. */
export async function identifyKey(
  country: FiscalCountry,
  offered: OfferedKey,
): Promise<Identified> {
  switch (country) {
    case 'at':
      return austrian(offered)
    case 'de':
      return german(offered)
    case 'in':
      return named(offered, await isRsa(offered.key))
    case 'cl':
      return named(offered, rsaKeyOf(jwkOf(offered.key) ?? offered.key) !== null)
    default:
      return 'key_not_of_market'
  }
}

/** A certificate names itself; a JWK is named by who hands it in. Both are P-256. */
async function austrian({ key, keyId, provider }: OfferedKey): Promise<Identified> {
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const
  const imported = await importKey(jwkOf(key) ?? key, ecdsa)
  if (imported === null) return 'key_unreadable'
  const certificate = certificateOf(key)
  const serial = certificate?.serial ?? (SERIAL.test(keyId) ? canonicalSerial(keyId) : null)
  if (serial === null) return 'key_id_needed'
  const issuer = providerOf(certificate?.issuer ?? '') ?? provider
  if (issuer === '') return 'key_provider_needed'
  return { keyId: serial, provider: issuer, ...validity(certificate) }
}

/** As `at.ts` reads it from a code. */
const SERIAL = /^[\w:.-]{1,80}$/
const canonicalSerial = (text: string) =>
  /^[0-9a-f]+$/i.test(text) ? text.toLowerCase().replace(/^0+(?=.)/, '') : text

/** The three qualified providers (RKSV, Detailspezifikation, table of `ZDA`). */
const PROVIDERS = [
  ['AT1', /a-?trust/i],
  ['AT2', /globaltrust/i],
  ['AT3', /prime ?sign/i],
] as const

const providerOf = (issuer: string): string | null =>
  PROVIDERS.find(([, name]) => name.test(issuer))?.[0] ?? null

const POINT_BYTES = [65, 97]

/** Known by the SHA-256 of its point, which receipts carry themselves. */
function german({ key }: OfferedKey): Identified {
  const certificate = certificateOf(key)
  const point = certificate ? anyPointOf(certificate) : bareOf(key)
  if (point === null || !POINT_BYTES.includes(point.length) || point[0] !== 4) {
    return 'key_unreadable'
  }
  return { keyId: hexOf(sha256(point)), provider: '', ...validity(certificate) }
}

const bareOf = (text: string) => bytesOfStandardBase64(text.replace(/\s/g, ''))

async function isRsa(key: string): Promise<boolean> {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
  return (await importKey(jwkOf(key) ?? key, rsa)) !== null
}

function named({ key, keyId }: OfferedKey, isKey: boolean): Identified {
  if (!isKey) return 'key_unreadable'
  if (!SERIAL.test(keyId)) return 'key_id_needed'
  return { keyId, provider: '', ...validity(certificateOf(key)) }
}

const validity = (certificate: Certificate | null) => ({
  validFrom: certificate?.validFrom ?? null,
  validUntil: certificate?.validUntil ?? null,
})

/** The JWK in a text; null when it is none. */
function jwkOf(text: string): Jwk | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && 'kty' in parsed ? (parsed as Jwk) : null
  } catch {
    return null
  }
}

/**
 * SHA-256 in hex of a certificate's or key's own bytes, whatever wraps them: two people who hold
 * the same one read the same number, and so do `openssl` and a provider's page.
 */
export function fingerprintOf(key: string): string {
  const jwk = jwkOf(key)
  const pem = /-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END/.exec(key)?.[1]
  const bytes = jwk
    ? concat(...[jwk.x, jwk.y, jwk.n, jwk.e].map((part) => bytesOfBase64(part ?? '') ?? EMPTY))
    : bareOf(pem ?? key)
  return hexOf(sha256(bytes ?? EMPTY))
}

const EMPTY = new Uint8Array()
