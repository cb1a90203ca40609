import { z } from 'zod'

/**
 * Every id carries its kind as a prefix, so that a log line or a wrong parameter explains itself.
 */
export const ID_PREFIXES = {
  user: 'usr',
  wallet: 'wal',
  receipt: 'rcp',
  photo: 'pho',
  review: 'rev',
  offer: 'off',
  partner: 'prt',
  store: 'sto',
  till: 'til',
  product: 'prd',
  alias: 'als',
  invoice: 'inv',
  activation: 'act',
  device: 'dev',
  message: 'msg',
  key: 'key',
  fiscalKey: 'fky',
} as const

export type IdKind = keyof typeof ID_PREFIXES

/** Random ids: 20 characters of Crockford base 32 (100 bits). */
const ID_CHARACTERS = 20
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** The wire schema of an id of one kind. */
export function idOf(kind: IdKind) {
  return z.string().regex(new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{8,40}$`))
}

/** Makes an id from random bytes handed in by the caller (at least 20 of them). */
export function makeId(kind: IdKind, random: Uint8Array): string {
  if (random.length < ID_CHARACTERS) throw new RangeError('an id needs 20 random bytes')
  let text = ''
  for (const byte of random.subarray(0, ID_CHARACTERS)) text += ALPHABET[byte & 31]
  return `${ID_PREFIXES[kind]}_${text}`
}

/** Ids that the client makes and keeps before sending: payouts. */
export const ClientId = z.uuid()
