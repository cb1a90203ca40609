import { describe, expect, test } from 'vitest'
import { base64Of, bytesOfBase64 } from './base64.ts'
import { AT_SAMPLES, RING, SAMPLES, sampleOf } from './corpus.test-data.ts'
import { readCode } from './registry.ts'
import { proveCode } from './signature/prove.ts'

/** What a text is worth: the canonical receipt when it is proved, null when it is refused. */
async function worth(text: string): Promise<string | null> {
  const reading = readCode(text)
  if (!reading.ok) return null
  const { seal, ...code } = reading.code
  const { signature } = await proveCode(reading.code, RING)
  return signature === 'valid' ? JSON.stringify(code) : null
}

/** The text with one bit of one character turned. */
function flipped(text: string, at: number, bit: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1)
}

/** The lowest bit, and the one between the cases. */
const BITS = [0x01, 0x20]

async function survivors(
  text: string,
  from = 0,
  to = text.length,
  bits: readonly number[] = BITS,
): Promise<number[]> {
  const found: number[] = []
  for (let at = from; at < to; at += 1) {
    for (const bit of bits) {
      if ((await worth(flipped(text, at, bit))) !== null) found.push(at)
    }
  }
  return found
}

const SIGNED = SAMPLES.filter(({ signature }) => signature === 'valid')
const signedOf = (country: string) => SIGNED.filter((sample) => sample.country === country)

describe('each byte of a signed sample, flipped, is refused', () => {
  const atSigned = AT_SAMPLES.filter(({ failed }) => !failed)

  test.each(atSigned.filter((_, at) => at % 25 === 0))('Austria: $text', async ({ text }) => {
    expect(await survivors(text)).toEqual([])
  })

  test('every byte of every Austrian sample', async () => {
    for (const { text } of atSigned) {
      expect(await survivors(text, 0, text.length, [0x01]), text).toEqual([])
    }
  }, 300_000)

  test.each(signedOf('in'))('India: $truth.identity', async ({ text }) => {
    expect(await survivors(text)).toEqual([])
  })

  test.each(signedOf('cl'))('Chile: $truth.identity', async ({ text }) => {
    expect(await survivors(text)).toEqual([])
  })

  test.each(signedOf('de'))(
    'Germany: $truth.identity, but for the start, which no device signs and we do not use',
    async ({ text }) => {
      const from = text.split(';').slice(0, 6).join(';').length + 1
      const to = text.indexOf(';', from)
      expect(await survivors(text, 0, from)).toEqual([])
      expect(await survivors(text, to)).toEqual([])
      const honest = await worth(text)
      for (const at of await survivors(text, from, to)) {
        expect(await worth(flipped(text, at, 0x01))).toBeOneOf([honest, null])
      }
    },
  )

  test.each(signedOf('sa'))(
    'Saudi Arabia: $truth.identity, hash, signature and key; the rest is not covered',
    async ({ text }) => {
      const bytes = bytesOfBase64(text) ?? new Uint8Array()
      const ends = [0]
      for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
        if ((bytes[at] ?? 0) <= 8) ends[bytes[at] ?? 0] = at + 2 + (bytes[at + 1] ?? 0)
      }
      for (let at = (ends[5] ?? 0) + 2; at < (ends[8] ?? 0); at += 1) {
        const other = Uint8Array.from(bytes)
        other[at] = (other[at] ?? 0) ^ 0x01
        expect(await worth(base64Of(other)), String(at)).toBeNull()
      }
    },
  )
})

describe('each field of a checksum sample, changed, is noticed', () => {
  const isRefused = (text: string) => !readCode(text).ok

  test('Serbia: every byte of the record', () => {
    const [place = '', value = ''] = sampleOf('rs').split('vl=')
    const record = bytesOfBase64(decodeURIComponent(value)) ?? new Uint8Array()
    expect(record.length).toBeGreaterThan(500)
    for (let at = 0; at < record.length; at += 1) {
      const other = Uint8Array.from(record)
      other[at] = (other[at] ?? 0) ^ 0x01
      const text = `${place}vl=${encodeURIComponent(base64Of(other))}`
      expect(readCode(text), String(at)).toMatchObject({ ok: false, country: 'rs' })
    }
  })

  test.each([0, 1])('Spain, TicketBAI %i: every character after the host', (index) => {
    const text = sampleOf('es', index)
    for (let at = text.indexOf('?') + 1; at < text.length; at += 1) {
      expect(isRefused(flipped(text, at, 0x01)), text.slice(at)).toBe(true)
    }
  })

  test('Slovenia: every digit, by every other digit', () => {
    const text = sampleOf('si')
    for (let at = 0; at < text.length; at += 1) {
      for (const digit of '0123456789'.replace(text.charAt(at), '')) {
        expect(isRefused(text.slice(0, at) + digit + text.slice(at + 1))).toBe(true)
      }
    }
  })

  test.each([0, 1])('Brazil %i: every digit of the key, by every other digit', (index) => {
    const text = sampleOf('br', index)
    const from = text.indexOf('p=') + 2
    for (let at = from; at < from + 44; at += 1) {
      for (const digit of '0123456789'.replace(text.charAt(at), '')) {
        expect(isRefused(text.slice(0, at) + digit + text.slice(at + 1)), text.slice(at)).toBe(true)
      }
    }
  })

  test('Chile: a number outside of the authorisation, or another issuer’s', () => {
    const text = sampleOf('cl')
    for (const other of [
      text.replace('<F>375</F>', '<F>376</F>'),
      text.replace('<DD><RE>44300251-0', '<DD><RE>44300252-0'),
      text.replace('</RE><TD>33</TD><F>', '</RE><TD>39</TD><F>'),
    ]) {
      expect(readCode(other)).toEqual({
        ok: false,
        country: 'cl',
        reason: 'checksum',
        field: 'CAF',
      })
    }
  })
})
