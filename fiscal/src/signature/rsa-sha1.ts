import { sha1 } from '@noble/hashes/legacy.js'
import type { RsaKey } from '../seal.ts'

/**
 * RSASSA-PKCS1-v1_5 with SHA-1 (RFC 8017, 8.2.2) in whole numbers: platforms refuse the keys of 512
 * bits that Chile's authorisations have. The padding is built and compared, never parsed.
 */

const MODULUS_BYTES_MIN = 62
const MODULUS_BYTES_MAX = 512
const EXPONENT_MAX = 65_537n
/** DigestInfo of SHA-1. */
const DIGEST_HEAD = '3021300906052b0e03021a05000414'

function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** True when the key signed the message. Never throws. */
export function isRsaSha1(key: RsaKey, signature: Uint8Array, message: Uint8Array): boolean {
  const modulus = numberOf(key.modulus)
  const exponent = numberOf(key.exponent)
  const size = Math.ceil(modulus.toString(16).length / 2)
  const isKey = size >= MODULUS_BYTES_MIN && size <= MODULUS_BYTES_MAX && (modulus & 1n) === 1n
  if (!isKey || exponent < 3n || exponent > EXPONENT_MAX || signature.length !== size) return false
  const number = numberOf(signature)
  if (number >= modulus) return false
  const tail = BigInt(`0x${DIGEST_HEAD}`) << 160n
  const digest = numberOf(sha1(message))
  const tailBytes = DIGEST_HEAD.length / 2 + 20
  const padding = 'ff'.repeat(size - tailBytes - 3)
  const expected = (BigInt(`0x0001${padding}00`) << BigInt(8 * tailBytes)) | tail | digest
  return powerModulo(number, exponent, modulus) === expected
}
