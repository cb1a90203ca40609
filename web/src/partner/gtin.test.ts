import { expect, it } from 'vitest'
import { gtinHolds } from './gtin.ts'

it.each(['4607025392408', '96385074', '036000291452', '10036000291459'])(
  'a code whose check digit holds is taken: %s',
  (gtin) => {
    expect(gtinHolds(gtin)).toBe(true)
  },
)

it.each(['4607025392407', '4670025392408', '460702539240', '', 'abc'])(
  'a mistyped code is caught before it is sent: %s',
  (gtin) => {
    expect(gtinHolds(gtin)).toBe(false)
  },
)
