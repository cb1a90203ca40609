import { bytesOfBase64, hexOf, latin1Of } from '../base64.ts'
import { instantOf } from '../moment.ts'
import type { RsaKey } from '../seal.ts'
import { concat, type Element, elementAt, elementsIn } from './der.ts'
import type { Jwk } from './key-ring.ts'

/** Keys as partners and states hand them out: JWK, or PEM of a public key or a certificate. */

export type Certificate = {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** Of the certificate; null for a bare key. */
  readonly validFrom: string | null
  readonly validUntil: string | null
  /** Lower-case hex without zeros in front, as codes name it; null for a bare key. */
  readonly serial: string | null
  /** The names of who issued it, as they stand there; empty for a bare key. */
  readonly issuer: string
}

const PEM = /-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----/
const PEM_CHARS_MAX = 20_000

/** What a PEM text holds; null when it is neither a public key nor a certificate. */
export function certificateOf(pem: string): Certificate | null {
  if (pem.length > PEM_CHARS_MAX) return null
  const [, kind, body = ''] = PEM.exec(pem) ?? []
  const bytes = bytesOfBase64(body.replace(/\s/g, ''))
  if (kind === undefined || bytes === null) return null
  if (kind === 'PUBLIC KEY') {
    return { publicKey: bytes, validFrom: null, validUntil: null, serial: null, issuer: '' }
  }
  const [body0] = elementsIn(elementAt(bytes, 0)?.value ?? new Uint8Array()) ?? []
  const parts = elementsIn(body0?.value ?? new Uint8Array()) ?? []
  // An explicit version stands first, except in certificates of version 1.
  const at = parts[0]?.tag === 0xa0 ? 1 : 0
  const publicKey = parts[at + 5]
  const [from, until] = elementsIn(parts[at + 3]?.value ?? new Uint8Array()) ?? []
  if (publicKey?.tag !== 0x30) return null
  return {
    publicKey: publicKey.whole,
    validFrom: timeOf(from),
    validUntil: timeOf(until),
    serial: hexOf(parts[at]?.value ?? new Uint8Array()).replace(/^0+(?=.)/, ''),
    issuer: latin1Of(parts[at + 2]?.value ?? new Uint8Array()),
  }
}

/** UTCTime and GeneralizedTime of a certificate (RFC 5280, 4.1.2.5). */
function timeOf(time: Element | undefined): string | null {
  const text = time === undefined ? '' : latin1Of(time.value)
  const digits = /^(\d{12}|\d{14})Z$/.exec(text)?.[1] ?? ''
  const full =
    digits.length === 12 ? `${Number(digits.slice(0, 2)) < 50 ? 20 : 19}${digits}` : digits
  const iso = full.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z')
  return instantOf(Date.parse(iso))
}

type Algorithm =
  | { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' }
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }

/** The key for the platform's own verification; null when it is not one of this algorithm. */
export async function importKey(
  key: Jwk | string,
  algorithm: Algorithm,
): Promise<CryptoKey | null> {
  try {
    if (typeof key !== 'string') {
      const { kty, crv, x, y, n, e } = key
      const bare = algorithm.name === 'ECDSA' ? { kty, crv, x, y } : { kty, n, e }
      return await crypto.subtle.importKey('jwk', bare as JsonWebKey, algorithm, false, ['verify'])
    }
    const certificate = certificateOf(key)
    if (certificate === null) return null
    const bytes = concat(certificate.publicKey)
    return await crypto.subtle.importKey('spki', bytes, algorithm, false, ['verify'])
  } catch {
    return null
  }
}

/** Modulus and exponent of an RSA key; null for any other. */
export function rsaKeyOf(key: Jwk | string): RsaKey | null {
  if (typeof key !== 'string') {
    const modulus = bytesOfBase64(key.n ?? '')
    const exponent = bytesOfBase64(key.e ?? '')
    return modulus && exponent && key.kty === 'RSA' ? { modulus, exponent } : null
  }
  const certificate = certificateOf(key)
  const outer = elementAt(certificate?.publicKey ?? new Uint8Array(), 0)
  const [, bits] = elementsIn(outer?.value ?? new Uint8Array()) ?? []
  const inner = elementAt(bits?.value.subarray(1) ?? new Uint8Array(), 0)
  const [modulus, exponent] = elementsIn(inner?.value ?? new Uint8Array()) ?? []
  if (modulus?.tag !== 0x02 || exponent?.tag !== 0x02) return null
  return { modulus: modulus.value, exponent: exponent.value }
}

/** The point of an elliptic key of any size: the content of its bit string. */
export function anyPointOf({ publicKey }: Certificate): Uint8Array | null {
  const [, bits] = elementsIn(elementAt(publicKey, 0)?.value ?? new Uint8Array()) ?? []
  const point = bits?.tag === 0x03 ? bits.value.subarray(1) : null
  return point?.[0] === 4 && point.length % 2 === 1 ? point : null
}

/** The uncompressed point of an elliptic key, as codes carry it; null for any other key. */
export function pointOf(key: Jwk | string): Uint8Array | null {
  if (typeof key === 'string') {
    const certificate = certificateOf(key)
    return certificate && anyPointOf(certificate)
  }
  const [x, y] = [bytesOfBase64(key.x ?? ''), bytesOfBase64(key.y ?? '')]
  const isPoint = key.kty === 'EC' && x !== null && y !== null && x.length === y.length
  return isPoint && x.length > 0 ? concat(Uint8Array.of(4), x, y) : null
}
