import { expect, test } from 'vitest'
import { refusalKind } from './refusal.ts'

test.each([
  ['offline', 0],
  ['internal', 500],
  ['overloaded', 503],
  ['unreadable', 200],
])('after %s (%s) the same withdrawal is asked again, never a new one', (code, status) => {
  expect(refusalKind({ code, status })).toBe('unknown')
})

test.each([
  ['wallet_short', 409],
  ['id_reused', 409],
  ['invalid_request', 400],
  ['phone_change_cooldown', 403],
  ['payouts_frozen', 503],
])('after %s nothing was taken and the shopper may start anew', (code, status) => {
  expect(refusalKind({ code, status })).toBe('final')
})

test('age and code are asked for, not reported as errors', () => {
  expect(refusalKind({ code: 'adult_confirmation_needed', status: 403 })).toBe('adult')
  expect(refusalKind({ code: 'reauthentication_needed', status: 403 })).toBe('code')
})
