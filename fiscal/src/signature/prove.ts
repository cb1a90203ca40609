import { base64urlOf, latin1Bytes } from '../base64.ts'
import type { FiscalCode, Trust } from '../code.ts'
import type { AtSeal, ClSeal, DeSeal, InSeal, Seal } from '../seal.ts'
import { isSignedDe } from './de.ts'
import { verifyWith } from './ecdsa.ts'
import type { KeyId, KeyRing, RegisteredKey } from './key-ring.ts'
import { certificateOf, importKey, rsaKeyOf } from './public-key.ts'
import { isRsaSha1 } from './rsa-sha1.ts'
import { isSignedSa } from './sa.ts'

export type Signature = 'valid' | 'invalid' | 'unknown_key' | 'absent'

/** Why a key that is in the register does not count. */
type KeyTrouble = 'revoked' | 'not_valid_then' | 'unusable'

/** What a code proves, given the keys that we know. */
export type Proof = {
  readonly signature: Signature
  readonly trust: Trust
  /**
   * What a valid signature speaks of. `document`: of an invoice that is not in the code, so that
   * total, time and seller may have been edited under it.
   */
  readonly covers: 'receipt' | 'document' | null
  /** The key that the code names or carries; `registeredBy` is null when nobody vouches. */
  readonly key: { readonly id: KeyId; readonly registeredBy: string | null } | null
  readonly trouble: KeyTrouble | null
}

/**
 * Verifies the signature of a code. A key that is in the code itself proves only that somebody has
 * it, so it makes `signed_unregistered` until `keys` knows it. Never throws unless `keys` does.
 */
export function proveCode(code: FiscalCode, keys: KeyRing): Promise<Proof> {
  const { seal } = code
  if (seal === null) return Promise.resolve(unsigned(code))
  switch (seal.kind) {
    case 'at':
      return proveWithRing(code, keys, keyOf(seal), (key) => isSignedAt(seal, key))
    case 'in':
      return proveWithRing(code, keys, keyOf(seal), (key) => isSignedIn(seal, key))
    case 'de':
      return proveDe(code, keys, seal)
    case 'cl':
      return proveCl(code, keys, seal)
    case 'sa': {
      const signature = isSignedSa(seal) ? 'valid' : 'invalid'
      return Promise.resolve({ ...unsigned(code), signature, covers: 'document' })
    }
  }
}

function unsigned({ trust }: FiscalCode): Proof {
  return { signature: 'absent', trust, covers: null, key: null, trouble: null }
}

function keyOf(seal: Exclude<Seal, { kind: 'sa' }>): KeyId {
  switch (seal.kind) {
    case 'at':
      return { country: 'at', id: seal.serial, provider: seal.provider }
    case 'de':
      return { country: 'de', id: seal.device, provider: null }
    case 'in':
      return { country: 'in', id: seal.kid, provider: null }
    case 'cl':
      return { country: 'cl', id: seal.authority, provider: null }
  }
}

const invalid = (code: FiscalCode, id: KeyId): Proof => ({
  ...unsigned(code),
  signature: 'invalid',
  key: { id, registeredBy: null },
})

/** A signature by a key that is not in the code: without the register nothing can be said. */
async function proveWithRing(
  code: FiscalCode,
  keys: KeyRing,
  id: KeyId,
  isSigned: (key: RegisteredKey) => Promise<boolean | null>,
): Promise<Proof> {
  const registered = await keys.find(id)
  const unknown: Proof = {
    signature: 'unknown_key',
    trust: 'signed_unregistered',
    covers: null,
    key: { id, registeredBy: registered?.registeredBy ?? null },
    trouble: null,
  }
  if (registered === null) return unknown
  const isValid = await isSigned(registered)
  if (isValid === null) return { ...unknown, trouble: 'unusable' }
  if (!isValid) return invalid(code, id)
  const trouble = troubleOf(registered, code)
  const trust = trouble === null ? 'signed' : 'signed_unregistered'
  return { ...unknown, signature: 'valid', trust, covers: 'receipt', trouble }
}

/** A valid signature by a key that is in the code. */
async function proveInside(code: FiscalCode, keys: KeyRing, id: KeyId): Promise<Proof> {
  const registered = await keys.find(id)
  const trouble = registered && troubleOf(registered, code)
  return {
    signature: 'valid',
    trust: registered !== null && trouble === null ? 'signed' : 'signed_unregistered',
    covers: 'receipt',
    key: { id, registeredBy: registered?.registeredBy ?? null },
    trouble,
  }
}

async function proveDe(code: FiscalCode, keys: KeyRing, seal: DeSeal): Promise<Proof> {
  const id = keyOf(seal)
  return (await isSignedDe(seal)) ? proveInside(code, keys, id) : invalid(code, id)
}

/** The issuer's key signs the document; the tax service's key, when we know it, signs that key. */
async function proveCl(code: FiscalCode, keys: KeyRing, seal: ClSeal): Promise<Proof> {
  const id = keyOf(seal)
  if (!isRsaSha1(seal.key, seal.signature, seal.stamped)) return invalid(code, id)
  const authority = await keys.find(id)
  const key = authority && rsaKeyOf(authority.key)
  if (key !== null && !isRsaSha1(key, seal.authorisation, seal.authorised)) {
    return invalid(code, id)
  }
  const proof = await proveInside(code, keys, id)
  return authority !== null && key === null
    ? { ...proof, trust: 'signed_unregistered', trouble: 'unusable' }
    : proof
}

/** `{"alg":"ES256"}`, the only header that the regulation knows. */
const AT_HEADER = 'eyJhbGciOiJFUzI1NiJ9'

/** ES256 over the JWS of the text (RFC 7515), of which the code prints the payload alone. */
async function isSignedAt(seal: AtSeal, { key }: RegisteredKey): Promise<boolean | null> {
  const imported = await importKey(key, { name: 'ECDSA', namedCurve: 'P-256' })
  if (imported === null) return null
  const payload = base64urlOf(new TextEncoder().encode(seal.signedText))
  const message = new TextEncoder().encode(`${AT_HEADER}.${payload}`)
  return verifyWith(imported, 'SHA-256', seal.signature, message)
}

async function isSignedIn(seal: InSeal, { key }: RegisteredKey): Promise<boolean | null> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
  const imported = await importKey(key, algorithm)
  const message = latin1Bytes(seal.signedText)
  if (imported === null || message === null) return null
  try {
    const signature = Uint8Array.from(seal.signature)
    return await crypto.subtle.verify(algorithm, imported, signature, Uint8Array.from(message))
  } catch {
    return false
  }
}

/** The widest offset of a clock on a wall: receipts without a zone get as much grace. */
const WALL_CLOCK_GRACE_MS = 14 * 3_600_000

/** Why the key could not have signed at that time; null when it could. */
function troubleOf(registered: RegisteredKey, { issuedAt, clock }: FiscalCode): KeyTrouble | null {
  if (registered.revokedAt !== null) return 'revoked'
  const certificate = typeof registered.key === 'string' ? certificateOf(registered.key) : null
  const isInstant = clock?.kind === 'instant'
  const time = Date.parse(isInstant ? (issuedAt ?? '') : `${issuedAt}Z`)
  const grace = isInstant ? 0 : WALL_CLOCK_GRACE_MS
  const froms = [registered.validFrom, certificate?.validFrom ?? null]
  const untils = [registered.validUntil, certificate?.validUntil ?? null]
  const isEarly = froms.some((from) => from !== null && time + grace < Date.parse(from))
  const isLate = untils.some((until) => until !== null && time - grace > Date.parse(until))
  return isEarly || isLate ? 'not_valid_then' : null
}
