import { expect, test } from 'vitest'
import { cardNumberChecks } from './card.ts'

test.each(['4242424242424242', '2200000000000004', '5555555555554477', '4000000000000000006'])(
  'a card number with a right check digit is taken: %s',
  (number) => {
    expect(cardNumberChecks(number)).toBe(true)
  },
)

test.each([
  ['one digit mistyped', '4242424242424241'],
  ['two neighbours swapped', '2424242424242424'],
  ['fifteen digits', '378282246310005'],
  ['twenty digits', '42424242424242424242'],
  ['letters', '4242424242424a42'],
  ['blanks', '4242 4242 4242 4242'],
  ['only zeros', '0000000000000000'],
])('money never leaves for a number that is no card: %s', (_, number) => {
  expect(cardNumberChecks(number)).toBe(false)
})
