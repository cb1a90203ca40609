import { expect, test } from 'vitest'
import { readCode } from '#fiscal/registry'
import type { Jwk, KeyRing } from '#fiscal/signature/key-ring'
import { proveCode } from '#fiscal/signature/prove'
import samples from '../../fiscal/corpus/codes.json'
import keys from '../../fiscal/corpus/keys.json'

const KEYS: Readonly<Record<string, Jwk>> = keys
const RING: KeyRing = {
  find: async ({ id }) => {
    const key = KEYS[id]
    const never = { validFrom: null, validUntil: null, revokedAt: null }
    return key === undefined ? null : { key, ...never, registeredBy: 'the corpus' }
  },
}

test('signatures of all countries mean in workerd what they mean in Node', async () => {
  expect(samples.length).toBeGreaterThan(60)
  for (const { text, signature, trust } of samples) {
    const reading = readCode(text)
    if (!reading.ok) throw new Error(text)
    expect(await proveCode(reading.code, RING), text).toMatchObject({ signature, trust })
  }
})
