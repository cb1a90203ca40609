import fc from 'fast-check'
import { expect, it } from 'vitest'
import { taxNumberHolds } from './tax-number.ts'

it.each(['7707083893', '7736050003', '500100732259'])('takes the real tax number %s', (text) => {
  expect(taxNumberHolds(text)).toBe(true)
})

it.each(['', '0000000000', '770708389', '77070838933', '7707083894', '500100732250', '7707O83893'])(
  'refuses %j',
  (text) => {
    expect(taxNumberHolds(text)).toBe(false)
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
      expect(taxNumberHolds(digits.join(''))).toBe(false)
    }),
  )
})
