import { sha256 } from '@noble/hashes/sha2.js'
import { bytesOfBase64, hexOf } from '#fiscal/base64'
import type { Jwk, KeyRing, RegisteredKey } from '#fiscal/signature/key-ring'
import { certificateOf, pointOf } from '#fiscal/signature/public-key'

/**
 * Keys as whoever runs `scan` has them: an object of names, or a key set (RFC 7517, `{"keys":[…]}`
 * or its list alone). A key answers to its name in any spelling, and to what it says of itself:
 * `kid`, the serial number of its certificate, SHA-256 of its point.
 */

type Key = Jwk | string
type Named = { readonly name: string; readonly key: Key }

/** The ring, or what is wrong with the keys in words. */
export function keyRingOf(told: unknown): KeyRing | string {
  const entries = entriesOf(told)
  if (entries === null) return 'is not an object of keys by their names.'
  const keys = new Map<string, RegisteredKey>()
  const named: Named[] = []
  for (const [name, value] of entries) {
    const key = keyOf(value)
    if (key === null) return `: the key "${name}" is neither a JWK nor PEM.`
    named.push({ name, key })
  }
  for (const { name, key } of named) keys.set(nameOf(name), registered(key))
  // What a key is called comes before what it might be called.
  for (const { name, key } of named) {
    for (const other of otherNames(name, key)) {
      if (!keys.has(other)) keys.set(other, registered(key))
    }
  }
  return { find: ({ id }) => Promise.resolve(keys.get(nameOf(id)) ?? null) }
}

function entriesOf(told: unknown): [string, unknown][] | null {
  if (typeof told !== 'object' || told === null) return null
  const set = 'keys' in told ? told.keys : told
  if (!Array.isArray(set)) return Object.entries(told)
  return set.map((key: unknown, at) => [`#${at + 1}`, key])
}

/** JWK, PEM, or the base64 of a PEM without the lines around it. */
function keyOf(value: unknown): Key | null {
  if (typeof value === 'object' && value !== null) return 'kty' in value ? (value as Jwk) : null
  if (typeof value !== 'string') return null
  if (value.includes('-----BEGIN ')) return value
  if (bytesOfBase64(value.replace(/\s/g, ''))?.[0] !== SEQUENCE) return null
  const kinds = ['CERTIFICATE', 'PUBLIC KEY'].map(
    (kind) => `-----BEGIN ${kind}-----\n${value}\n-----END ${kind}-----`,
  )
  return kinds.find((pem) => certificateOf(pem) !== null) ?? null
}

const SEQUENCE = 0x30

function registered(key: Key): RegisteredKey {
  return { key, validFrom: null, validUntil: null, revokedAt: null, registeredBy: 'KEYS' }
}

/** Hex in any spelling is one name: `1A:2B`, `0x1a2b`, `001a2b`. */
function nameOf(id: string): string {
  const bare = id.replace(/[:\s]/g, '').replace(/^0x/i, '')
  return /^[0-9a-f]+$/i.test(bare) ? bare.toLowerCase().replace(/^0+(?=.)/, '') : id
}

const DECIMAL_DIGITS_MAX = 60

/** Names that follow: a serial number in decimal is one in hex, which is how codes print it. */
function otherNames(name: string, key: Key): string[] {
  const names: string[] = []
  if (name.length <= DECIMAL_DIGITS_MAX && /^\d+$/.test(name)) {
    names.push(BigInt(name).toString(16))
  }
  if (typeof key !== 'string' && 'kid' in key && typeof key.kid === 'string') names.push(key.kid)
  const serial = typeof key === 'string' ? certificateOf(key)?.serial : null
  if (serial) names.push(serial)
  const point = pointOf(key)
  if (point !== null) names.push(hexOf(sha256(point)))
  return names.map(nameOf)
}
