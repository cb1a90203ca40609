import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AT_SAMPLES, RING, SAMPLES, sampleOf } from './corpus.test-data.ts'
import { readCode } from './registry.ts'
import { parseRuQr } from './ru.ts'
import { proveCode } from './signature/prove.ts'

/** Whatever the text, an answer comes; what is read keeps its promises. */

const RUSSIAN = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'
const TEXTS = [...SAMPLES.map(({ text }) => text), AT_SAMPLES[1]?.text ?? '', RUSSIAN]

function check(text: string): void {
  const reading = readCode(text)
  if (!reading.ok) return
  const { identity, country, totalMinor, issuedAt } = reading.code
  expect(identity).toMatch(/^[a-z]{2}:[^\s]+$/)
  expect(identity.length).toBeLessThan(1_000)
  expect(country).toHaveLength(2)
  expect(totalMinor === null || Number.isSafeInteger(totalMinor)).toBe(true)
  expect(issuedAt ?? '2026-11-21').toMatch(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{3})?Z?)?)?$/,
  )
}

describe('never a throw', () => {
  test('arbitrary bytes, alone and after what codes begin with', () => {
    const heads = [...new Set(TEXTS.map((text) => text.slice(0, 60)))]
    const noise = fc.string({ unit: 'binary', maxLength: 2_000 })
    fc.assert(
      fc.property(fc.constantFrom('', 'https://', 'A', ...heads), noise, (head, text) => {
        check(head + text)
      }),
      { numRuns: 2_000 },
    )
  })

  test('every truncation of every sample, and its signature', async () => {
    for (const text of TEXTS) {
      for (let length = 0; length < text.length; length += 1) check(text.slice(0, length))
      const cut = readCode(text.slice(0, -1))
      if (cut.ok) await proveCode(cut.code, RING)
    }
  })

  test('noise put into samples, and the signature of what is left', async () => {
    const near = fc
      .tuple(fc.constantFrom(...TEXTS), fc.nat(1_500), fc.string({ unit: 'binary', maxLength: 9 }))
      .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + noise.length))
    await fc.assert(
      fc.asyncProperty(near, async (text) => {
        check(text)
        const reading = readCode(text)
        if (reading.ok) await proveCode(reading.code, RING)
      }),
      { numRuns: 2_000 },
    )
  })

  test('values of any length and sign in every place of a number', () => {
    const giants = ['9'.repeat(400), '-1', '1e308', '0x10', 'NaN', 'Infinity', '', '.', '٣', '１２']
    for (const text of TEXTS) {
      for (const giant of giants) {
        for (const { index, 0: digits } of text.matchAll(/\d+(?:[.,]\d+)?/g)) {
          check(text.slice(0, index) + giant + text.slice(index + digits.length))
        }
      }
    }
  })
})

describe('look-alikes', () => {
  const ALPHABETS = { arabic: 0x660, fullWidth: 0xff10, mathematical: 0x1d7ce, bengali: 0x9e6 }

  test.each(Object.entries(ALPHABETS))('%s digits are no digits', (_, zero) => {
    const alike = (digit: string) => String.fromCodePoint(zero + Number(digit))
    for (const text of TEXTS.filter((one) => !/^(_R1|<TED|eyJ|V0|A[QR])/.test(one))) {
      const reading = readCode(text.replace(/\d/g, alike))
      expect(reading.ok, text).toBe(false)
    }
  })

  test('one digit that only looks alike never makes a second receipt', () => {
    for (const text of [RUSSIAN, sampleOf('kz'), sampleOf('uz'), sampleOf('me'), sampleOf('kg')]) {
      const honest = readCode(text)
      for (const { index } of text.matchAll(/\d/g)) {
        const other = `${text.slice(0, index)}１${text.slice(index + 1)}`
        const reading = readCode(other)
        // A number that is no part of a receipt, as Kyrgyzstan's `type`, may be anything.
        if (reading.ok)
          expect(reading).toMatchObject({ code: { identity: honest.ok && honest.code.identity } })
      }
    }
  })

  test('a host in letters that look Latin is nobody’s', () => {
    expect(readCode(sampleOf('kz').replace('oofd', 'ооfd'))).toMatchObject({ country: null })
  })
})

describe('time', () => {
  const LIMIT_MS = 5
  const ROUNDS = 10

  function msOf(text: string): number {
    readCode(text)
    const start = performance.now()
    for (let round = 0; round < ROUNDS; round += 1) {
      readCode(text)
      parseRuQr(text)
    }
    return (performance.now() - start) / ROUNDS
  }

  const fill = (piece: string, length: number) =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
  const PIECES = [
    ...['=', '&', 'fn=1&', 'https://', `V0;`, '*A:1', ' ', '%', '%25', '_', ';', '<RE>', '> '],
    ...['9', 'A', '.', ':', '|', '-', '&amp;', '\u0000', '😀'],
  ]
  const HEADS = [
    ...[
      '',
      'https://',
      'https://suf.purs.gov.rs/v/?vl=',
      'https://x.gov.br/?p=',
      '_R1-AT1_',
      'V0;',
    ],
    ...['A:123456789*B:1*C:', 'AR', '<TED version="1.0">', 'eyJa.eyJkYXRhIjoi', 'fn=1&i=1&'],
    ...['https://www.afip.gob.ar/fe/qr/?p=', 'https://www1.aade.gr/q1.php?SIG=', '?re='],
  ]

  test('the longest texts that are read at all take a few milliseconds', () => {
    const slow: string[] = []
    for (const head of HEADS) {
      for (const piece of PIECES) {
        const text = head + fill(piece, 4_000 - head.length)
        // A busy machine may miss a moment: what is slow is slow three times.
        if ([1, 2, 3].every(() => msOf(text) > LIMIT_MS)) slow.push(text.slice(0, 40))
      }
    }
    expect(slow).toEqual([])
  })

  test('a megabyte is refused before it is read', () => {
    for (const piece of PIECES) {
      const text = fill(piece, 1_000_000)
      expect(readCode(text)).toMatchObject({ reason: 'too_long' })
      expect(msOf(text)).toBeLessThan(LIMIT_MS)
    }
  })
})
