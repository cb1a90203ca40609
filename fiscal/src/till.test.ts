import { expect, test } from 'vitest'
import { sampleOf } from './corpus.test-data.ts'
import { readCode } from './registry.ts'
import { documentNumberOf, tillOf } from './till.ts'

const numbered = (text: string) => {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  return [tillOf(read.code)?.split(':').at(-1), documentNumberOf(read.code)]
}

test.each([
  ['Germany', sampleOf('de', 1), 34],
  ['Kyrgyzstan', sampleOf('kg'), 172_045],
  ['Serbia', sampleOf('rs'), 171],
] as const)('a till of %s is known by its count of documents', (_, text, number) => {
  expect(numbered(text)[1]).toBe(number)
  expect(numbered(text)[0]).toBeTruthy()
})

test('a code without a count, and an Austrian number with letters in it, have none', () => {
  const austrian = (number: string) =>
    `_R1-AT1_K1_${number}_2026-11-21T18:42:07_10,00_0,00_0,00_0,00_0,00_AAAAAAAAAAA=_5a17c0df_` +
    `AAAAAAAAAAA=_${'A'.repeat(86)}==`
  expect(numbered(austrian('1017'))).toEqual(['K1', 1_017])
  expect(numbered(austrian('2026-1017'))).toEqual(['K1', null])
  expect(numbered(sampleOf('pt'))).toEqual([undefined, null])
})

test.each([
  ['Greece', sampleOf('gr'), 'gr:FFG21000174'],
  ['Ukraine', sampleOf('ua'), 'ua:4000123456'],
  ['Moldova', sampleOf('md', 1), 'md:J403001576'],
  ['Moldova, opaque', sampleOf('md'), null],
  ['Slovakia, without connection', sampleOf('sk', 1), 'sk:88812345678900001'],
  ['Slovakia', sampleOf('sk'), null],
  ['Croatia', sampleOf('hr'), null],
])('the till that a code of %s names', (_, text, till) => {
  const read = readCode(text)
  expect(read.ok && tillOf(read.code)).toBe(till)
})
