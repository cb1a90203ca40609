import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TaxNumber } from './partner.ts'
import {
  isSameCompany,
  personalNumberHolds,
  printedTaxNumber,
  taxNumberHolds,
} from './tax-number.ts'

it.each(['7707083893', '7736050003', '500100732259'])('takes the real tax number %s', (text) => {
  expect(taxNumberHolds('ru', text)).toBe(true)
})

it.each(['', '0000000000', '770708389', '77070838933', '7707083894', '500100732250', '7707O83893'])(
  'refuses %j',
  (text) => {
    expect(taxNumberHolds('ru', text)).toBe(false)
  },
)

it('notices any single wrong digit of an organisation', () => {
  fc.assert(
    fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const digits = Array.from('7707083893', Number)
      digits[at] = ((digits[at] ?? 0) + shift) % 10
      // A weight times the shift that is a multiple of 11, or the remainder 10 read as 0, may hide
      // one.
      const weight = [2, 4, 10, 3, 5, 9, 4, 6, 8][at] ?? 0
      const old = Array.from('7707083893', Number)
      const delta = weight * ((digits[at] ?? 0) - (old[at] ?? 0))
      const sum = [2, 4, 10, 3, 5, 9, 4, 6, 8].reduce((t, w, i) => t + w * (old[i] ?? 0), 0)
      fc.pre((((sum + delta) % 11) + 11) % 11 !== 10 && delta % 11 !== 0)
      expect(taxNumberHolds('ru', digits.join(''))).toBe(false)
    }),
  )
})

it.each([
  ['at', 'ATU12345675'],
  ['kz', '940140000385'],
] as const)(
  'takes the tax number of %s with its check digit, and none a digit off',
  (market, text) => {
    expect(taxNumberHolds(market, text)).toBe(true)
    const last = Number(text.at(-1))
    for (let shift = 1; shift < 10; shift += 1) {
      expect(taxNumberHolds(market, text.slice(0, -1) + ((last + shift) % 10))).toBe(false)
    }
    expect(taxNumberHolds('ru', text)).toBe(false)
  },
)

it.each([
  ['somebody', '900505300003', true],
  ['a company', '940140000385', false],
  ['the thirtieth of February', '90023030000', false],
  ['a century that has not come', '90050570000', false],
  ['a child', '10050550000', true],
])('tells a person of Kazakhstan from a company: %s', (_, digits, holds) => {
  const last = [...'0123456789'].map((check) => (digits + check).slice(0, 12))
  const text = last.find((number) => taxNumberHolds('kz', number))
  expect(text?.length).toBe(12)
  expect(personalNumberHolds('kz', text ?? '')).toBe(holds)
})

it.each([
  ['at', 'ATU 1234 5675', 'ATU12345675'],
  ['at', 'u12345675', 'ATU12345675'],
  ['at', '12345675', 'ATU12345675'],
  ['ru', ' 7707 083893', '7707083893'],
  ['kz', '940140000385', '940140000385'],
] as const)('takes a number of %s as it is printed: %j', (market, printed, kept) => {
  expect(printedTaxNumber(market, printed)).toBe(kept)
  expect(taxNumberHolds(market, kept)).toBe(true)
})

it.each([
  ['cl', '76123456-K', '76123456k', '76123457-K'],
  ['pt', '500100144', 'PT500100144', '500100145'],
  ['at', 'U12345675', 'ATU12345675', 'U12345678'],
  ['br', '06057223000171', '06057223031395', '06057224000171'],
  ['in', '29AAFCD5862R1Z5', 'AAFCD5862R', '29AAFCD5863R1Z5'],
  ['sa', '310122393500003', '3101223935', '310122393600003'],
] as const)('tells the companies of %s apart, and not their spellings', (market, ...numbers) => {
  const [one, same, other] = numbers
  expect(isSameCompany(market, one, same)).toBe(true)
  expect(isSameCompany(market, one, other)).toBe(false)
})

it.each([
  ['in', '29AABCT1332L000'],
  ['sa', '300000000000003'],
  ['br', '93015006003996'],
] as const)('keeps a number of %s in its whole length', (market, text) => {
  expect(taxNumberHolds(market, text)).toBe(true)
  expect(TaxNumber.safeParse(text).success).toBe(true)
  expect(TaxNumber.safeParse(`${text}00`).success).toBe(false)
})
