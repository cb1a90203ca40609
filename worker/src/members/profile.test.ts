import { expect, test } from 'vitest'
import { isAdult } from './profile.ts'

test('people are adults from their eighteenth birthday on, not a day before', () => {
  expect(isAdult('2008-11-21', '2026-11-21')).toBe(true)
  expect(isAdult('2008-11-22', '2026-11-21')).toBe(false)
})

test('somebody born on 29 February is an adult from 1 March', () => {
  expect(isAdult('2008-02-29', '2026-02-28')).toBe(false)
  expect(isAdult('2008-02-29', '2026-03-01')).toBe(true)
})
