import { describe, expect, test } from 'vitest'
import { base64Of, bytesOfBase64, latin1Of } from './base64.ts'
import type { FiscalCode } from './code.ts'
import {
  AT_SAMPLES,
  NO_KEYS,
  RING,
  registered,
  ringOf,
  SAMPLES,
  sampleOf,
} from './corpus.test-data.ts'
import { readCode } from './registry.ts'
import { proveCode } from './signature/prove.ts'

/** The ways in which a code lies, by name, each with what becomes of it. */

const RUSSIAN = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'

function codeOf(text: string): FiscalCode {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`${JSON.stringify(reading)}: ${text}`)
  return reading.code
}

describe('lies under a signature', () => {
  test('an edited total under a valid Saudi signature is believed in nothing', async () => {
    const honest = sampleOf('sa')
    const bytes = latin1Of(bytesOfBase64(honest) ?? new Uint8Array())
    const edited = (from: string, to: string) =>
      base64Of(Uint8Array.from(bytes.replace(from, to), (mark) => mark.charCodeAt(0)))
    for (const forged of [edited('4.60', '9.60'), edited('2024-09-07T17', '2026-11-21T17')]) {
      expect(codeOf(forged).identity).toBe(codeOf(honest).identity)
      expect(await proveCode(codeOf(forged), RING)).toMatchObject({
        signature: 'valid',
        trust: 'reference',
        covers: 'document',
      })
    }
  })

  test('the German key of another till never makes a receipt the till’s own', async () => {
    const [till, stranger] = [sampleOf('de'), sampleOf('de', 1)]
    const device = codeOf(till).identity.split(':')[1] ?? ''
    const ring = ringOf({ [device]: registered({ kty: 'EC' }) })
    const swapped = till.replace(/[^;]*$/, stranger.split(';')[11] ?? '')
    expect(await proveCode(codeOf(swapped), ring)).toMatchObject({ signature: 'invalid' })
    expect(await proveCode(codeOf(stranger), ring)).toMatchObject({
      signature: 'valid',
      trust: 'signed_unregistered',
    })
  })

  test('“signature device failed” in Austria proves nothing, whatever the totals say', async () => {
    const failed = AT_SAMPLES.filter((sample) => sample.failed)
    expect(failed.length).toBeGreaterThan(100)
    for (const { text } of failed) {
      const dearer = text.replace(/_(\d+),(\d\d)_/, '_999,99_')
      for (const one of [text, dearer]) {
        expect(await proveCode(codeOf(one), RING)).toMatchObject({
          signature: 'absent',
          trust: 'reference',
        })
      }
    }
  })

  test('“signature device failed” over a signed receipt takes its proof away', async () => {
    const [signed] = AT_SAMPLES.filter((sample) => !sample.failed)
    const [failed] = AT_SAMPLES.filter((sample) => sample.failed)
    const note = failed?.text.slice(failed.text.lastIndexOf('_')) ?? ''
    const text = `${signed?.text.slice(0, signed.text.lastIndexOf('_'))}${note}`
    expect(await proveCode(codeOf(text), RING)).toMatchObject({ trust: 'reference' })
    expect(codeOf(text).identity).toBe(codeOf(signed?.text ?? '').identity)
  })

  test('an Indian invoice that names no algorithm, or another one, is none', () => {
    const [, payload, signature] = sampleOf('in').split('.')
    for (const alg of ['none', 'HS256', 'PS256']) {
      const head = base64Of(new TextEncoder().encode(JSON.stringify({ alg, kid: 'x' })))
      const text = `${head.replace(/=/g, '')}.${payload}.${signature}`
      expect(readCode(text)).toMatchObject({ ok: false, country: 'in', field: 'alg' })
    }
  })

  test('without their keys Austrian and Indian codes are unproved, not refused', async () => {
    for (const text of [AT_SAMPLES[0]?.text ?? '', sampleOf('in')]) {
      expect(await proveCode(codeOf(text), NO_KEYS)).toMatchObject({ signature: 'unknown_key' })
    }
  })
})

describe('training receipts are no sales', () => {
  const record = (at: number, value: number) => {
    const [place, vl = ''] = sampleOf('rs').split('vl=')
    const bytes = bytesOfBase64(decodeURIComponent(vl)) ?? new Uint8Array()
    bytes[at] = value
    return `${place}vl=${encodeURIComponent(base64Of(bytes))}`
  }

  test('Austria and Germany say so under the signature', async () => {
    const training = AT_SAMPLES.find(({ type, failed }) => type === 'TRAINING_BELEG' && !failed)
    const code = codeOf(training?.text ?? '')
    expect(code.operation).toBe('training')
    expect(await proveCode(code, RING)).toMatchObject({ signature: 'valid' })
    const german = codeOf(sampleOf('de').replace(';Beleg^', ';AVTraining^'))
    expect(german.operation).toBe('training')
    expect(await proveCode(german, RING)).toMatchObject({ signature: 'invalid' })
  })

  test('a TaxCore record whose kind was edited does not add up', () => {
    const [KIND, OPERATION] = [41, 42]
    for (const text of [record(KIND, 3), record(KIND, 2), record(OPERATION, 1)]) {
      expect(readCode(text)).toMatchObject({ ok: false, reason: 'checksum' })
    }
  })

  test('a Brazilian total that no digit checks makes the code no more than a reference', () => {
    const samples = SAMPLES.filter(({ country }) => country === 'br').map(({ text }) => text)
    const codes = samples.map((text) => codeOf(text))
    expect(new Set(codes.map(({ trust }) => trust))).toEqual(new Set(['checksum', 'reference']))
    // Kills "the check digit of the key vouches for the total beside it".
    for (const { trust, totalMinor, issuedAt } of codes) {
      expect(trust === 'checksum').toBe(totalMinor === null && issuedAt === null)
    }
  })

  test('Brazil’s test environment issues none', () => {
    expect(codeOf(sampleOf('br', 1).replace('|2|1|', '|2|2|')).operation).toBe('training')
  })
})

describe('one receipt said twice', () => {
  test('a Montenegrin link with a blank for the plus sign', () => {
    const text = sampleOf('me')
    const { identity, issuedAt, lookup } = codeOf(text)
    const other = codeOf(text.replace('+02:00', ' 02:00'))
    expect(other).toMatchObject({ identity, issuedAt, lookup })
  })

  test('the same Kazakh receipt via http, https and another host', () => {
    const text = 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146'
    const others = [
      text.replace('https', 'http'),
      text.replace('.kz/?', '.kz?'),
      text.replace('consumer.oofd.kz/', 'cabinet.kofd.kz/consumer'),
      text.replace('consumer.oofd.kz', 'consumer.wofd.kz'),
      text.replace('consumer.oofd.kz/', 'ofd1.kz/t/'),
    ]
    const identities = [text, ...others].map((one) => codeOf(one).identity)
    expect(new Set(identities)).toEqual(new Set(['kz:010100886168:2936414372']))
  })

  // What the code alone cannot prove is never what tells one receipt from another.
  const UNSIGNED: [string, string, string, number][] = [
    ['Albanian', sampleOf('al').replace('prc=3720.00', 'prc=9720.00'), sampleOf('al'), 972_000],
    ['Greek', sampleOf('gr').replace('55.99', '95.99'), sampleOf('gr'), 9_599],
    ['Croatian', sampleOf('hr').replace('125,50', '925,50'), sampleOf('hr'), 92_550],
    ['Kazakh', sampleOf('kz').replace('1890.00', '9890.00'), sampleOf('kz'), 989_000],
    ['Kyrgyz', sampleOf('kg').replace('sum=91950', 'sum=99950'), sampleOf('kg'), 99_950],
    ['Moldovan', sampleOf('md', 1).replace('118.04', '918.04'), sampleOf('md', 1), 91_804],
    ['Montenegrin', sampleOf('me').replace('59.10', '99.10'), sampleOf('me'), 9_910],
    ['Mexican', sampleOf('mx').replace('459.36', '959.36'), sampleOf('mx'), 95_936],
    ['Portuguese', sampleOf('pt').replace('O:46.67', 'O:96.67'), sampleOf('pt'), 9_667],
    ['Russian', RUSSIAN.replace('1284.50', '9284.50'), RUSSIAN, 928_450],
    ['Spanish', sampleOf('es', 2).replace('241.4', '941.4'), sampleOf('es', 2), 94_140],
    ['Ukrainian', sampleOf('ua').replace('690.00', '990.00'), sampleOf('ua'), 99_000],
  ]

  test.each(UNSIGNED)('an edited %s total is the same receipt', (_, forged, honest, total) => {
    const { identity, trust } = codeOf(honest)
    expect(codeOf(forged)).toMatchObject({ identity, trust, totalMinor: total })
    expect(['lookup', 'reference']).toContain(trust)
  })
})

describe('links that are not where they seem to be', () => {
  const text = sampleOf('kz')
  const reading = { ok: false, country: null, reason: 'unknown_host' }
  test.each([
    ['a foreign host', 'http://oofd.example'],
    ['the operator as a part of another name', 'http://consumer.oofd.kz.example'],
    ['the operator as the end of another name', 'http://not-oofd.kz'],
    ['the operator as a user name', 'http://consumer.oofd.kz@evil.example'],
    ['an address in numbers', 'http://127.0.0.1'],
    ['a foreign host with the operator in its path', 'http://evil.example/consumer.oofd.kz'],
  ])('%s', (_, origin) => {
    expect(readCode(text.replace('http://consumer.oofd.kz', origin))).toEqual(reading)
  })

  test('the page for a person is never the scanned link', () => {
    const evil = `${text}&next=https://evil.example`
    expect(codeOf(evil).officialPage).toBe(codeOf(text).officialPage)
  })
})
