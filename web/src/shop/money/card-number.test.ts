import { expect, test } from 'vitest'
import { cardMask, isCardNumber } from './card-number.ts'

test('one wrong digit of a card is noticed before money is asked for', () => {
  const good = '4111111111111111'
  expect(isCardNumber(good)).toBe(true)
  for (let index = 0; index < good.length; index += 1) {
    const wrong = `${good.slice(0, index)}${(Number(good[index]) + 1) % 10}${good.slice(index + 1)}`
    expect(isCardNumber(wrong)).toBe(false)
  }
})

test('two neighbouring digits changed over are noticed', () => {
  expect(isCardNumber('5555555555554444')).toBe(true)
  expect(isCardNumber('5555555555545444')).toBe(false)
})

test('spaces are only for the eye', () => {
  expect(cardMask('4111111111111111')).toBe('4111 1111 1111 1111')
  expect(isCardNumber('4111 1111 1111 1111')).toBe(true)
})
