import { sha256 } from '@noble/hashes/sha2.js'
import type { DeHash, DeSeal } from '../seal.ts'
import { concat, element, integerContent } from './der.ts'
import { isEcdsa } from './ecdsa.ts'

/**
 * What a German device signs (BSI TR-03151, log message of a transaction): the concatenation of DER
 * elements below, without an outer sequence. The start of the transaction is not among them.
 */

const VERSION = Uint8Array.of(0x02, 0x01, 0x02)
/** `id-SE-API-transaction-log`, 0.4.0.127.0.7.3.7.1.1. */
const LOG_TYPE = Uint8Array.of(0x06, 0x09, 0x04, 0x00, 0x7f, 0x00, 0x07, 0x03, 0x07, 0x01, 0x01)
/** `ecdsa-plain-SHA…`, 0.4.0.127.0.7.1.1.4.1.n. */
const PLAIN_ECDSA = [0x04, 0x00, 0x7f, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01]
const HASH_NUMBER: Readonly<Record<DeHash, number>> = { 'SHA-256': 3, 'SHA-384': 4, 'SHA-512': 5 }

const encoder = new TextEncoder()

function algorithmOf(hash: DeHash): Uint8Array {
  const identifier = Uint8Array.from([...PLAIN_ECDSA, HASH_NUMBER[hash]])
  return element(0x30, element(0x06, identifier))
}

/** What of a seal is signed; the device's name follows from the key. */
type Signed = Omit<DeSeal, 'kind' | 'signature' | 'device'>

function timeOf({ loggedAt, timeFormat }: Signed): Uint8Array {
  if (timeFormat === 'unixTime') return element(0x02, integerContent(Date.parse(loggedAt) / 1000))
  const digits = `${loggedAt.replace(/\D/g, '')}Z`
  return timeFormat === 'utcTime'
    ? element(0x17, encoder.encode(digits.slice(2)))
    : element(0x18, encoder.encode(digits))
}

/** The signed bytes of a receipt. */
export function deMessage(seal: Signed): Uint8Array {
  return concat(
    VERSION,
    LOG_TYPE,
    element(0x80, encoder.encode('FinishTransaction')),
    element(0x81, encoder.encode(seal.clientId)),
    element(0x82, encoder.encode(seal.processData)),
    element(0x83, encoder.encode(seal.processType)),
    element(0x85, integerContent(seal.transaction)),
    element(0x04, sha256(seal.publicKey)),
    algorithmOf(seal.hash),
    element(0x02, integerContent(seal.counter)),
    timeOf(seal),
  )
}

/** True when the key in the code signed what the code says. Whose key it is, is another question. */
export function isSignedDe(seal: DeSeal): Promise<boolean> {
  const { hash, publicKey, signature } = seal
  return isEcdsa({ message: deMessage(seal), signature, publicKey, hash })
}
