import { describe, expect, test } from 'vitest'
import { base64Of, bytesOfBase64, latin1Of } from '../base64.ts'
import type { FiscalCode } from '../code.ts'
import {
  AT_SAMPLES,
  NO_KEYS,
  RING,
  registered,
  ringOf,
  SAMPLES,
  sampleOf,
} from '../corpus.test-data.ts'
import { readCode } from '../registry.ts'
import type { RegisteredKey } from './key-ring.ts'
import { type Proof, proveCode } from './prove.ts'
import { CERTIFICATE, OLD_CERTIFICATE, PUBLIC_KEY, RECEIPT, RSA_KEY } from './till.test-data.ts'

function codeOf(text: string): FiscalCode {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`${JSON.stringify(reading)}: ${text}`)
  return reading.code
}

const prove = (text: string, keys = RING): Promise<Proof> => proveCode(codeOf(text), keys)

describe('corpus', () => {
  test.each(SAMPLES)('$truth.identity proves what it does', async ({ text, signature, trust }) => {
    expect(await prove(text)).toMatchObject({ signature, trust })
  })

  test('Austrian receipts verify, those of a failed device are unsigned', async () => {
    for (const { text, failed } of AT_SAMPLES) {
      expect(await prove(text), text).toMatchObject(
        failed
          ? { signature: 'absent', trust: 'reference', key: null }
          : { signature: 'valid', trust: 'signed', covers: 'receipt' },
      )
    }
  })

  test('without its key an Austrian or Indian receipt proves nothing', async () => {
    for (const text of [AT_SAMPLES[0]?.text ?? '', sampleOf('in')]) {
      expect(await prove(text, NO_KEYS)).toMatchObject({
        signature: 'unknown_key',
        trust: 'signed_unregistered',
        covers: null,
      })
    }
  })
})

describe('an Austrian till, registered', () => {
  const SERIAL = '1a2b3c'
  const at = (key: RegisteredKey) => prove(RECEIPT, ringOf({ [SERIAL]: key }))

  test.each([
    ['certificate', CERTIFICATE],
    ['certificate of version 1', OLD_CERTIFICATE],
    ['public key', PUBLIC_KEY],
  ])('by its %s', async (_, pem) => {
    expect(await at(registered(pem))).toEqual({
      signature: 'valid',
      trust: 'signed',
      covers: 'receipt',
      key: { id: { country: 'at', id: SERIAL, provider: 'AT1' }, registeredBy: 'the corpus' },
      trouble: null,
    })
  })

  test.each([
    ['revoked', { revokedAt: '2026-07-01T00:00:00Z' }, 'valid', 'revoked'],
    ['registered later', { validFrom: '2026-06-03T00:00:00Z' }, 'valid', 'not_valid_then'],
    ['expired before', { validUntil: '2026-05-30T00:00:00Z' }, 'valid', 'not_valid_then'],
    ['of another kind', { key: RSA_KEY }, 'unknown_key', 'unusable'],
    ['no key at all', { key: 'x' }, 'unknown_key', 'unusable'],
  ])('a key that is %s makes nothing signed', async (_, change, signature, trouble) => {
    const key = { ...registered(PUBLIC_KEY), ...change }
    expect(await at(key)).toMatchObject({ signature, trust: 'signed_unregistered', trouble })
  })

  test('a certificate’s own term counts', async () => {
    const text = RECEIPT.replace('2026-06-01', '2028-06-01')
    expect(await prove(text, ringOf({ [SERIAL]: registered(CERTIFICATE) }))).toMatchObject({
      signature: 'invalid',
    })
    const key = { ...registered(CERTIFICATE), validUntil: '2026-06-01T00:00:00Z' }
    expect(await at(key)).toMatchObject({ signature: 'valid' })
  })

  test('an edited total is refused', async () => {
    const text = RECEIPT.replace('12,90', '92,90')
    expect(await prove(text, ringOf({ [SERIAL]: registered(PUBLIC_KEY) }))).toMatchObject({
      signature: 'invalid',
      trust: 'reference',
      covers: null,
    })
  })
})

describe('a key inside the code', () => {
  const de = sampleOf('de')
  const other = sampleOf('de', 1)
  const device = codeOf(de).identity.split(':')[1] ?? ''
  const deviceKey = registered({ kty: 'EC' })

  test('a German key that nobody registered proves only that somebody holds it', async () => {
    expect(await prove(de, NO_KEYS)).toMatchObject({
      signature: 'valid',
      trust: 'signed_unregistered',
      key: { id: { country: 'de', id: device }, registeredBy: null },
    })
  })

  test('a registered German device signs, another till’s key does not', async () => {
    const ring = ringOf({ [device]: deviceKey })
    expect(await prove(de, ring)).toMatchObject({ signature: 'valid', trust: 'signed' })
    expect(await prove(other, ring)).toMatchObject({ trust: 'signed_unregistered' })
    const parts = de.split(';')
    const swapped = [...parts.slice(0, 11), other.split(';')[11]].join(';')
    expect(await prove(swapped, ring)).toMatchObject({ signature: 'invalid', trust: 'reference' })
  })

  test('a revoked German device signs nothing', async () => {
    const ring = ringOf({ [device]: { ...deviceKey, revokedAt: '2026-01-01T00:00:00Z' } })
    expect(await prove(de, ring)).toMatchObject({
      trust: 'signed_unregistered',
      trouble: 'revoked',
    })
  })

  test('a Chilean authorisation counts when the tax service’s key has signed it', async () => {
    const cl = sampleOf('cl')
    expect(await prove(cl, NO_KEYS)).toMatchObject({ trust: 'signed_unregistered' })
    expect(await prove(cl, ringOf({ 300: registered(RSA_KEY) }))).toMatchObject({
      signature: 'invalid',
    })
    expect(await prove(cl, ringOf({ 300: registered(PUBLIC_KEY) }))).toMatchObject({
      trust: 'signed_unregistered',
      trouble: 'unusable',
    })
  })
})

describe('a Saudi signature does not cover the total', () => {
  const text = sampleOf('sa')
  const bytes = latin1Of(bytesOfBase64(text) ?? new Uint8Array())
  const edited = (from: string, to: string) =>
    base64Of(Uint8Array.from(bytes.replace(from, to), (mark) => mark.charCodeAt(0)))

  test('an edited total under a valid signature proves nothing, and says so', async () => {
    const forged = edited('4.60', '9.60')
    expect(codeOf(forged)).toMatchObject({ totalMinor: 960, identity: codeOf(text).identity })
    expect(await prove(forged)).toMatchObject({
      signature: 'valid',
      trust: 'reference',
      covers: 'document',
    })
  })

  test('another document hash is refused', async () => {
    expect(await prove(edited('a/DGYg', 'a/DGYh'))).toMatchObject({ signature: 'invalid' })
  })
})
