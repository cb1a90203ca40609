import { expect, test } from 'vitest'
import { maskDestination, withoutNumbers } from './mask.ts'

test('a phone is kept with its operator digit and its last two only', () => {
  const masked = maskDestination({ code: 'sbp', phone: '+79161234567', bankId: '100000000111' })
  expect(masked).toBe('СБП · +7 9•• •••-••-67')
})

test('a card is kept with its last four digits only', () => {
  const masked = maskDestination({ code: 'bank_card', cardNumber: '5555555555554477' })
  expect(masked).toBe('•••• 4477')
})

test('a wallet is kept with its last four digits only', () => {
  const masked = maskDestination({ code: 'yoo_money', accountNumber: '410011758831136' })
  expect(masked).toBe('ЮMoney · •••• 1136')
})

test('an account is kept with its country and its last four only, and without its holder', () => {
  const iban = { code: 'iban', iban: 'AT611904300234573201', holder: 'Anna Muster' } as const
  expect(maskDestination(iban)).toBe('AT•• … 3201')
})

test('no card, phone or wallet number survives in what the operator reads', () => {
  const text = withoutNumbers(
    'card 5555 5555 5555 4477, phone +79161234567, wallet 410011758831136',
  )
  expect(text).toBe('card •••, phone +•••, wallet •••')
})

test('short numbers stay readable: HTTP codes and sums', () => {
  expect(withoutNumbers('HTTP 500 after 320.00')).toBe('HTTP 500 after 320.00')
})

test('a flood of text is cut', () => {
  expect(withoutNumbers('x'.repeat(10_000))).toHaveLength(300)
})
