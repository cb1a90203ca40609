import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recognise } from './registry.ts'
import { parseRuQr } from './ru.ts'

type Foreign = { country: string; text: string }

const FOREIGN = readFileSync(new URL('../corpus/foreign-codes.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Foreign => JSON.parse(line))

test.each(FOREIGN)('a receipt of $country is known as such: $text', ({ country, text }) => {
  expect(recognise(text)).toBe(country)
  expect(parseRuQr(text)).toEqual({ ok: false, code: 'foreign_receipt', country })
})

test('the corpus covers every foreign country that the registry names', () => {
  expect(new Set(FOREIGN.map((sample) => sample.country)).size).toBe(25)
})

test('Russian codes are recognised in text and in links of operators', () => {
  const text = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'
  expect(recognise(text)).toBe('ru')
  expect(recognise(`https://lk.platformaofd.ru/web/noauth/cheque?${text}`)).toBe('ru')
})

test.each([
  'https://example.com/?fn=1&fp=2&i=3',
  '1'.repeat(60),
  'AQ==',
  'V0;Kassenbeleg',
  'eyJhbGciOiJIUzI1NiJ9.e30.x',
  `A${'R'.repeat(3_000)}`,
])('what only resembles a receipt is not one: %s', (text) => {
  expect(recognise(text)).toBeNull()
})

test('2,000 hostile characters take a few milliseconds', () => {
  const hostile = [
    '='.repeat(2_000),
    '&'.repeat(2_000),
    'fn=1&'.repeat(400),
    'https://'.repeat(250),
    `https://${'a.'.repeat(995)}`,
    `V0;${';'.repeat(1_990)}`,
    `A:123456789*B:${'*'.repeat(1_980)}`,
    `AR${'A'.repeat(1_990)}`,
    ' '.repeat(2_000),
    '%'.repeat(2_000),
  ]
  for (const text of hostile) {
    const start = performance.now()
    for (let round = 0; round < 10; round += 1) parseRuQr(text)
    expect((performance.now() - start) / 10, text.slice(0, 20)).toBeLessThan(5)
  }
})

test('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      recognise(text)
      recognise(`https://${text}`)
      recognise(`A${text}`)
    }),
  )
})
