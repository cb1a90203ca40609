import { expect, it } from 'vitest'
import { wholeNumber } from './whole-number.ts'

it('a number is read as people write it, and nothing else is a number', () => {
  expect(wholeNumber('30 000')).toBe(30_000)
  expect(wholeNumber(' 0 ')).toBe(0)
  expect(wholeNumber('1\u00a0000')).toBe(1_000)
  for (const text of ['', ' ', 'forty', '4.5', '4,5', '-1', '1e3', '0x10', '٣', '9'.repeat(16)]) {
    expect(wholeNumber(text), text).toBeNull()
  }
})
