import { describe, expect, test } from 'vitest'
import { base64Of, bytesOfBase64 } from '../base64.ts'
import { SAMPLES } from '../corpus.test-data.ts'
import { readCode } from '../registry.ts'
import { fingerprintOf, identifyKey } from './identify-key.ts'
import { certificateOf } from './public-key.ts'
import { CERTIFICATE, OLD_CERTIFICATE, PUBLIC_KEY, RSA_KEY } from './till.test-data.ts'

const offered = (key: string, keyId = '', provider = '') => ({ key, keyId, provider })

describe('an Austrian key', () => {
  test.each([CERTIFICATE, OLD_CERTIFICATE])('of a certificate names itself', async (pem) => {
    expect(await identifyKey('at', offered(pem, 'ffff', 'AT1'))).toEqual({
      keyId: '1a2b3c',
      provider: 'AT1',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    })
  })

  test('without a known issuer or a serial is asked for them', async () => {
    expect(await identifyKey('at', offered(CERTIFICATE))).toBe('key_provider_needed')
    expect(await identifyKey('at', offered(PUBLIC_KEY, '', 'AT1'))).toBe('key_id_needed')
    const named = await identifyKey('at', offered(PUBLIC_KEY, '001A2B', 'AT1'))
    expect(named).toMatchObject({ keyId: '1a2b', provider: 'AT1', validUntil: null })
  })

  test('is refused when it is of another algorithm, or nothing at all', async () => {
    for (const key of [RSA_KEY, 'x'.repeat(60), '{"kty":"EC"}', '{}']) {
      expect(await identifyKey('at', offered(key, '1a', 'AT1'))).toBe('key_unreadable')
    }
  })
})

test('a German key has the number that its receipts have, bare or in PEM', async () => {
  const seals = SAMPLES.flatMap(({ text }) => {
    const reading = readCode(text)
    return reading.ok && reading.code.seal?.kind === 'de' ? [reading.code.seal] : []
  })
  expect(seals.length).toBeGreaterThan(0)
  for (const { publicKey, device } of seals) {
    const bare = await identifyKey('de', offered(base64Of(publicKey)))
    expect(bare).toMatchObject({ keyId: device })
  }
  const spki = certificateOf(PUBLIC_KEY)?.publicKey ?? new Uint8Array()
  const point = base64Of(spki.subarray(-65))
  expect(await identifyKey('de', offered(PUBLIC_KEY))).toEqual(
    await identifyKey('de', offered(point)),
  )
  expect(await identifyKey('de', offered(RSA_KEY))).toBe('key_unreadable')
})

test('Indian and Chilean keys are RSA and named by hand; elsewhere no till signs', async () => {
  expect(await identifyKey('in', offered(RSA_KEY, 'kid-1'))).toMatchObject({ keyId: 'kid-1' })
  expect(await identifyKey('in', offered(RSA_KEY))).toBe('key_id_needed')
  expect(await identifyKey('cl', offered(RSA_KEY, '300'))).toMatchObject({ keyId: '300' })
  expect(await identifyKey('cl', offered(PUBLIC_KEY, '300'))).toBe('key_unreadable')
  expect(await identifyKey('kz', offered(PUBLIC_KEY, '1'))).toBe('key_not_of_market')
})

test('a fingerprint is of the bytes and not of how they were wrapped', () => {
  const spki = bytesOfBase64(PUBLIC_KEY.replace(/-----[A-Z ]+-----|\s/g, '')) ?? new Uint8Array()
  expect(fingerprintOf(PUBLIC_KEY)).toBe(fingerprintOf(base64Of(spki)))
  expect(fingerprintOf(PUBLIC_KEY)).not.toBe(fingerprintOf(CERTIFICATE))
})
