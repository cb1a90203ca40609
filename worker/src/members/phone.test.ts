import { expect, test } from 'vitest'
import { maskMail, maskPhone, normalisePhone } from './phone.ts'

test('every way in which people write a Russian mobile number is one number', () => {
  for (const text of [
    '+79161234567',
    '89161234567',
    '8 (916) 123-45-67',
    '9161234567',
    '+7 916 123 45 67',
    'tel:+7-916-123-45-67',
  ]) {
    expect(normalisePhone(text), text).toBe('+79161234567')
  }
})

test('landlines, other countries and noise are no numbers to send a code to', () => {
  for (const text of ['+74951234567', '+77011234567', '+4915112345678', '123', 'phone', '']) {
    expect(normalisePhone(text), text).toBeNull()
  }
})

test('a mask shows the ends and never the middle', () => {
  expect(maskPhone('+79161234567')).toBe('+7 916 ···-··-67')
  expect(maskMail('anna@example.com')).toBe('a···@example.com')
})
