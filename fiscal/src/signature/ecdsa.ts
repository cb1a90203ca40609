import { brainpoolP256r1, brainpoolP384r1 } from '@noble/curves/misc.js'
import type { DeHash } from '../seal.ts'
import { concat, elementAt, elementsIn } from './der.ts'

/**
 * ECDSA over the curves of receipts. P-256 and P-384 are the platform's; brainpool no platform has.
 * A point of 65 bytes may be of either family: it is tried on P-256 first, and it cannot lie on
 * both curves.
 */

type Claim = {
  readonly message: Uint8Array
  /** `r‖s`, or DER, which some devices print against their specification. */
  readonly signature: Uint8Array
  /** An uncompressed point. */
  readonly publicKey: Uint8Array
  readonly hash: DeHash
}

const CURVES = [
  { pointBytes: 65, size: 32, name: 'P-256', other: brainpoolP256r1 },
  { pointBytes: 97, size: 48, name: 'P-384', other: brainpoolP384r1 },
] as const

/** True when the signature is of the message by the key. Never throws. */
export async function isEcdsa({ message, signature, publicKey, hash }: Claim): Promise<boolean> {
  const curve = CURVES.find(({ pointBytes }) => pointBytes === publicKey.length)
  if (curve === undefined) return false
  const candidates = plainSignatures(signature, curve.size)
  const key = await importPoint(publicKey, curve.name)
  for (const candidate of candidates) {
    const isValid =
      key === null
        ? isOtherCurve(curve.other, candidate, await digestOf(hash, message), publicKey)
        : await verifyWith(key, hash, candidate, message)
    if (isValid) return true
  }
  return false
}

/** The key, or null when the point is not on the curve. */
async function importPoint(point: Uint8Array, namedCurve: string): Promise<CryptoKey | null> {
  const algorithm = { name: 'ECDSA', namedCurve }
  try {
    return await crypto.subtle.importKey('raw', concat(point), algorithm, false, ['verify'])
  } catch {
    return null
  }
}

/** Verifies with a key that the platform holds. False, not an exception, for odd signatures. */
export async function verifyWith(
  key: CryptoKey,
  hash: DeHash,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  try {
    const algorithm = { name: 'ECDSA', hash }
    return await crypto.subtle.verify(algorithm, key, concat(signature), concat(message))
  } catch {
    return false
  }
}

async function digestOf(hash: DeHash, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, concat(message)))
}

function isOtherCurve(
  curve: typeof brainpoolP256r1,
  signature: Uint8Array,
  digest: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    return curve.verify(signature, digest, publicKey, { prehash: false, lowS: false })
  } catch {
    return false
  }
}

/** The signature as `r‖s`: as it stands, or out of DER. A text of one length may be either. */
function plainSignatures(signature: Uint8Array, size: number): Uint8Array[] {
  const plain = signature.length === 2 * size ? [signature] : []
  const sequence = elementAt(signature, 0)
  if (sequence?.tag !== 0x30 || sequence.end !== signature.length) return plain
  const [r, s, ...rest] = elementsIn(sequence.value) ?? []
  if (r?.tag !== 0x02 || s?.tag !== 0x02 || rest.length > 0) return plain
  const [first, second] = [padded(r.value, size), padded(s.value, size)]
  return first && second ? [...plain, concat(first, second)] : plain
}

/** An INTEGER's content as `size` bytes; null when it is negative, too large or padded oddly. */
function padded(content: Uint8Array, size: number): Uint8Array | null {
  const isNegative = ((content[0] ?? 0x80) & 0x80) !== 0
  const isOdd = content[0] === 0 && content.length > 1 && ((content[1] ?? 0) & 0x80) === 0
  const bare = content[0] === 0 ? content.subarray(1) : content
  if (isNegative || isOdd || bare.length > size) return null
  return concat(new Uint8Array(size - bare.length), bare)
}
