import { expect, test } from 'vitest'
import { anyPhoneDigits, phoneDigits, phoneE164, phoneMask } from './phone-digits.ts'

test.each([
  ['8 (999) 123-45-67', '9991234567'],
  ['+7 999 123 45 67', '9991234567'],
  ['79991234567', '9991234567'],
  ['9991234567', '9991234567'],
  ['899', '899'],
])('a number pasted as %s is the same number', (typed, digits) => {
  expect(phoneDigits(typed)).toBe(digits)
})

test('a half typed number is never sent', () => {
  expect(phoneE164('999123')).toBeNull()
  expect(phoneE164('9991234567')).toBe('+79991234567')
})

test('the mask only groups the digits and reading it back gives them again', () => {
  for (let count = 0; count <= 10; count += 1) {
    const digits = '9991234567'.slice(0, count)
    expect(phoneDigits(phoneMask(digits))).toBe(digits)
  }
})

test('a number of another country keeps its code, and a Russian one needs none', () => {
  expect(phoneE164(anyPhoneDigits('+43 664 123-45-67'))).toBe('+436641234567')
  expect(phoneE164(anyPhoneDigits('+43 664'))).toBeNull()
  expect(anyPhoneDigits('+')).toBe('+')
  expect(phoneMask(anyPhoneDigits('+43 664 1'))).toBe('436641')
  expect(anyPhoneDigits('+7 701 123 45 67')).toBe('7011234567')
  expect(anyPhoneDigits('8 999 123-45-67')).toBe('9991234567')
})
