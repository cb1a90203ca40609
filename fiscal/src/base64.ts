/** Base64 and hex by hand: the platform's decoders forgive what would give a receipt two texts. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map<number, number>([
  ...[...ALPHABET].map((mark, value) => [mark.charCodeAt(0), value] as const),
  ['-'.charCodeAt(0), 62],
  ['_'.charCodeAt(0), 63],
])

/**
 * Bytes of base64 or base64url, padded or not; a blank stands for the `+` that links lose. Null for
 * any other character, a length that cannot be, and bits that no byte owns: these would let one
 * signature be written in several ways.
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bare = text.replace(/={1,2}$/, '')
  const rest = bare.length % 4
  if (rest === 1) return null
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (let index = 0; index < bare.length; index += 1) {
    const mark = bare.charCodeAt(index)
    const value = mark === 0x20 ? 62 : VALUES.get(mark)
    if (value === undefined) return null
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = held >> bits
    at += 1
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null
}

/** The same of the standard alphabet alone, for texts that no link has been through. */
export function bytesOfStandardBase64(text: string): Uint8Array | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? bytesOfBase64(text) : null
}

/** Standard base64 with padding. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const held = (first << 16) | (second << 8) | third
    for (let shift = 18; shift >= 0; shift -= 6) text += ALPHABET.charAt((held >> shift) & 63)
  }
  const spare = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - spare) + '='.repeat(spare)
}

/** Base64url without padding, as JOSE has it. */
export function base64urlOf(bytes: Uint8Array): string {
  return base64Of(bytes).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_')
}

/** Lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** ISO-8859-1, of which ASCII is a part; null when the text has other characters. */
export function latin1Bytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit > 0xff) return null
    bytes[at] = unit
  }
  return bytes
}

/** The text of ISO-8859-1 bytes. */
export function latin1Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** The text of UTF-8 bytes; null when they are not UTF-8. */
export function utf8Of(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
