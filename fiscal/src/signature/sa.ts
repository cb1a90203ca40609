import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { SaSeal } from '../seal.ts'

/** SubjectPublicKeyInfo of an uncompressed point on secp256k1, up to the point itself. */
const HEAD = Uint8Array.of(
  ...[0x30, 0x56, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a, 0x03, 0x42, 0x00],
)

/**
 * True when the key in the code signed the hash in the code (SHA-256 with ECDSA over the 32 bytes).
 * The seller, the time and the total are not covered.
 */
export function isSignedSa({ documentHash, signature, publicKey }: SaSeal): boolean {
  if (!HEAD.every((byte, at) => byte === publicKey[at])) return false
  try {
    return secp256k1.verify(signature, sha256(documentHash), publicKey.subarray(HEAD.length), {
      prehash: false,
      lowS: false,
      format: 'der',
    })
  } catch {
    return false
  }
}
