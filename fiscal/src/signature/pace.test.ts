import { expect, test } from 'vitest'
import { base64Of, bytesOfBase64 } from '../base64.ts'
import { AT_SAMPLES, RING, registered, ringOf, SAMPLES, sampleOf } from '../corpus.test-data.ts'
import { readCode } from '../registry.ts'
import { element } from './der.ts'
import { proveCode } from './prove.ts'
import { CERTIFICATE } from './till.test-data.ts'

/** A signature is verified within milliseconds, whatever somebody has written into its place. */

const LIMIT_MS = 5
const ROUNDS = 15

/** The quickest of some rounds: other work of the machine slows a round down, and never speeds it. */
async function quickestMs(text: string, keys = RING): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    const reading = readCode(text)
    if (reading.ok) await proveCode(reading.code, keys)
    quickest = Math.min(quickest, performance.now() - start)
  }
  return quickest
}

const SIGNED = SAMPLES.filter(({ signature }) => signature !== 'absent').map(({ text }) => text)
const AUSTRIAN = AT_SAMPLES.find(({ failed }) => !failed)?.text ?? ''

test.each([...SIGNED, AUSTRIAN])('every signed sample, read and verified: %s', async (text) => {
  expect(await quickestMs(text)).toBeLessThan(LIMIT_MS)
})

/** Bytes in base64 in the place of a field, as long as a code may be at all. */
const FILL = 4_000
const fieldOf = (text: string, mark: string, at: number) => text.split(mark)[at] ?? ''
const German = (at: number, value: string) => sampleOf('de').split(';').with(at, value).join(';')
const bytes = (length: number, value = 0xff) => new Uint8Array(length).fill(value)
const room = (text: string, field: string) =>
  Math.trunc(((FILL - text.length + field.length) * 3) / 4) - 8

function hostile(): Record<string, string> {
  const de = sampleOf('de')
  const inDe = room(de, fieldOf(de, ';', 10))
  const many = element(
    0x30,
    bytes(inDe - 8, 0x02).map((one, at) => (at % 2 === 0 ? one : 0)),
  )
  const deep = Array.from({ length: 120 }).reduce<Uint8Array>(
    (inner) => element(0x30, inner),
    bytes(20),
  )
  const cl = sampleOf('cl')
  const inCl = Math.trunc(room(cl, '') / 2) - 100
  const modulus = base64Of(bytes(inCl))
  const largest = base64Of(bytes(512))
  const exponent = base64Of(Uint8Array.of(1, 0, 1))
  const stamp = (M: string, E: string, FRMT: string) =>
    cl
      .replace(/<M>[^<]*/, `<M>${M}`)
      .replace(/<E>[^<]*/, `<E>${E}`)
      .replace(/(<FRMT[^>]*>)[^<]*/, `$1${FRMT}`)
  const sa = bytesOfBase64(sampleOf('sa')) ?? bytes(0)
  const point = bytesOfBase64(fieldOf(de, ';', 11)) ?? bytes(65)
  return {
    'a signature of thousands of bytes': German(10, base64Of(bytes(inDe))),
    'a signature of thousands of DER elements': German(10, base64Of(many)),
    'a signature of nested DER': German(10, base64Of(deep)),
    'a point on neither curve': German(11, base64Of(point.with(64, 1))),
    'a point on neither larger curve': German(11, base64Of(bytes(97).with(0, 4))),
    'process data of thousands of marks': German(3, `Beleg^${'1.00_'.repeat(600)}`),
    'a modulus of thousands of bytes': stamp(modulus, exponent, modulus),
    'the largest modulus and exponent': stamp(largest, base64Of(bytes(512)), largest),
    'the largest modulus that is a key': stamp(largest, exponent, base64Of(bytes(512, 0x7f))),
    'a Saudi key of nothing': base64Of(sa.map((byte, at) => (at > sa.length - 200 ? 0xff : byte))),
    'an Indian signature of thousands of bytes': sampleOf('in').replace(
      /[^.]*$/,
      'A'.repeat(2_000),
    ),
    'an Austrian serial that is not registered': AUSTRIAN.replace(/_[^_]*(_[^_]*_[^_]*)$/, '_ff$1'),
  }
}

test.each(Object.entries(hostile()))('%s', async (_, text) => {
  expect(text.length).toBeLessThanOrEqual(FILL)
  expect(await quickestMs(text)).toBeLessThan(LIMIT_MS)
})

test.each([
  ['a megabyte', 'A'.repeat(1_000_000)],
  ['a megabyte of a certificate', CERTIFICATE.replace('\n', `\n${'A'.repeat(1_000_000)}`)],
  ['a chain of thousands', CERTIFICATE.repeat(3_000)],
  ['the longest that is looked at', CERTIFICATE.replace('\n', `\n${'A'.repeat(18_000)}`)],
])('a registered key that is %s', async (_, key) => {
  const reading = readCode(AUSTRIAN)
  if (!reading.ok || reading.code.seal?.kind !== 'at') throw new Error('no Austrian receipt')
  const ring = ringOf({ [reading.code.seal.serial]: registered(key) })
  expect(await quickestMs(AUSTRIAN, ring)).toBeLessThan(LIMIT_MS)
})

test('a megabyte of every format’s beginning is refused before anything is verified', async () => {
  for (const text of [...SIGNED, AUSTRIAN]) {
    const long = text.slice(0, 60) + 'A'.repeat(1_000_000)
    expect(await quickestMs(long)).toBeLessThan(LIMIT_MS)
  }
})
