import { getExampleNumber } from 'libphonenumber-js/mobile'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { MARKET_CODES, marketOfPhone } from '#schema/market'
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
    expect(normalisePhone(text, ['ru']), text).toBe('+79161234567')
  }
})

test('mobiles of every open market get codes, and of no other', () => {
  const numbers = ['+79161234567', '+77011234567', '+436641234567', '+4915112345678']
  const taken = (...markets: Parameters<typeof normalisePhone>[1]) =>
    numbers.filter((text) => normalisePhone(text, markets) === text)
  expect(taken('ru')).toEqual(['+79161234567'])
  expect(taken('ru', 'at', 'kz')).toEqual(numbers.slice(0, 3))
  expect(taken('al')).toEqual([])
  expect(normalisePhone('0043 664 1234567', ['at'])).toBe('+436641234567')
  expect(normalisePhone('+43 (0) 664 123 45 67', ['at'])).toBe('+436641234567')
})

test('each country whose receipts are read takes the mobiles of its own plan', () => {
  for (const market of MARKET_CODES) {
    const country = market.toUpperCase() as Uppercase<typeof market>
    const number = getExampleNumber(country, examples)?.number ?? ''
    expect(normalisePhone(number, [market]), market).toBe(number)
    expect(marketOfPhone(number), market).toBe(market)
    const others = MARKET_CODES.filter((other) => other !== market)
    expect(normalisePhone(number, others), market).toBeNull()
  }
})

test('landlines, numbers that cost extra and noise are no numbers to send a code to', () => {
  const texts = ['+74951234567', '+77172123456', '+4315123456', '+43900123456', '123', 'phone', '']
  for (const text of texts) {
    expect(normalisePhone(text, ['ru', 'at', 'kz', 'de']), text).toBeNull()
  }
})

test('a mask shows the ends and never the middle', () => {
  expect(maskPhone('+79161234567')).toBe('+7 916 ···-··-67')
  expect(maskPhone('+77011234567')).toBe('+7 701 ···-··-67')
  expect(maskPhone('+436641234567')).toBe('+43 664 ···-··-67')
  expect(maskMail('anna@example.com')).toBe('a···@example.com')
})
