import { describe, expect, it } from 'vitest'
import { taxNumberHolds } from './tax-number.ts'

describe('a tax number is taken', () => {
  it.each(['7707083893', '7736050003', '500100732259'])(
    'when its check digits hold: %s',
    (text) => {
      expect(taxNumberHolds(text)).toBe(true)
    },
  )
})

describe('a tax number is refused', () => {
  it.each([
    ['one digit is mistyped', '7707083894'],
    ['two neighbours are swapped', '7707083983'],
    ['the first check digit of a trader is wrong', '500100732269'],
    ['the second check digit of a trader is wrong', '500100732258'],
    ['it is zeros, whose check digit would hold', '0000000000'],
    ['it is short', '770708389'],
    ['it carries letters', '77070838a3'],
  ])('when %s', (_why, text) => {
    expect(taxNumberHolds(text)).toBe(false)
  })
})
