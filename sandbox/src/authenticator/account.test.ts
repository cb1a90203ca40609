import { expect, test } from 'vitest'
import { currentCode, readAccount } from './account.ts'

/** The key of RFC 6238, appendix B, in base 32. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const LINK = `otpauth://totp/Kopilka:owner%40example.org?secret=${KEY}&issuer=Kopilka`

test('codes are those of RFC 6238, appendix B', () => {
  const account = readAccount(LINK, '')
  if (account === null) throw new Error('the link was not read')
  expect(account).toMatchObject({ issuer: 'Kopilka', label: 'owner@example.org' })
  expect(currentCode(account, 59_000).code).toBe('287082')
  expect(currentCode(account, 1_111_111_109_000).code).toBe('081804')
  expect(currentCode(account, 20_000_000_000_000).code).toBe('353130')
})

test('a code says how long it lasts, to the last second of its step', () => {
  const account = readAccount(LINK, '')
  if (account === null) throw new Error('the link was not read')
  expect(currentCode(account, 30_000).secondsLeft).toBe(30)
  expect(currentCode(account, 59_999).secondsLeft).toBe(1)
})

test('a typed secret gives the same codes, however it is grouped', () => {
  const typed = readAccount(' gezd gnbv gy3t qojq gezd-gnbv-gy3t-qojq ', 'me')
  expect(typed?.label).toBe('me')
  expect(typed && currentCode(typed, 59_000).code).toBe('287082')
})

test('what is not an account is not taken', () => {
  for (const text of ['', 'hello', 'otpauth://hotp/x?secret=AAAA&counter=1', 'otpauth://totp/x']) {
    expect(readAccount(text, ''), text).toBeNull()
  }
  expect(readAccount(`${LINK}&x=${'y'.repeat(500)}`, '')).toBeNull()
})
