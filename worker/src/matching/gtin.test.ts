import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalGtin, leadingGtin } from './gtin.ts'

/** Appends the check digit by its definition: weights 3 and 1 from the right. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    return total + Number(digit) * (at % 2 === 0 ? 3 : 1)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}

describe('a trade item number', () => {
  it('has one form, however many leading zeros it was written with', () => {
    expect(canonicalGtin('4660043858820')).toBe('04660043858820')
    expect(canonicalGtin(' 04660043858820 ')).toBe('04660043858820')
    expect(canonicalGtin('96385074')).toBe('00000096385074')
    expect(canonicalGtin('036000291452')).toBe('00036000291452')
  })

  it('is refused with a wrong check digit, so that a misread names no product', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'),
      minLength: 12,
      maxLength: 12,
    })
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 9 }), (body, shift) => {
        const right = withCheckDigit(body)
        const wrong = body + String((Number(right.at(-1)) + shift) % 10)
        expect(canonicalGtin(wrong)).toBeNull()
      }),
    )
  })

  it.each(['2', '02', '04'])(
    'is refused with the in-store prefix %s, which each shop uses as it likes',
    (prefix) => {
      expect(canonicalGtin(withCheckDigit(prefix.padEnd(12, '5')))).toBeNull()
    },
  )

  it.each(['', '466004385882', '46600438588200', 'abc', '4660043858820x', '00000000000000'])(
    'is not %j',
    (text) => {
      expect(canonicalGtin(text)).toBeNull()
    },
  )
})

describe('a number before the name', () => {
  it('is read with or without a row number', () => {
    expect(leadingGtin('4660043858820 СЫРОК')).toBe('04660043858820')
    expect(leadingGtin('12) *4660043858820 СЫРОК')).toBe('04660043858820')
  })

  it('is left alone when it is in-store, part of a longer number, or later in the name', () => {
    expect(leadingGtin('2 2456531758978 3ШТ НБ нос')).toBeNull()
    expect(leadingGtin('46600438588201234 СЫРОК')).toBeNull()
    expect(leadingGtin('СЫРОК 4660043858820')).toBeNull()
  })
})
