import { expect, test } from 'vitest'
import { dayIn, isAdult } from './profile.ts'

test('people are adults from their eighteenth birthday on, not a day before', () => {
  expect(isAdult('2008-11-21', '2026-11-21')).toBe(true)
  expect(isAdult('2008-11-22', '2026-11-21')).toBe(false)
})

test('somebody born on 29 February is an adult from 1 March', () => {
  expect(isAdult('2008-02-29', '2026-02-28')).toBe(false)
  expect(isAdult('2008-02-29', '2026-03-01')).toBe(true)
})

test('a birthday begins when it does in the person’s market', () => {
  const justAfterMidnightInMoscow = Date.parse('2026-11-21T21:30:00Z')
  expect(dayIn('ru', justAfterMidnightInMoscow)).toBe('2026-11-22')
  expect(dayIn('kz', justAfterMidnightInMoscow)).toBe('2026-11-22')
  // In Vienna and in Mexico it is the evening before.
  expect(dayIn('at', justAfterMidnightInMoscow)).toBe('2026-11-21')
  expect(dayIn('mx', justAfterMidnightInMoscow)).toBe('2026-11-21')
  const ofVienna = dayIn('at', justAfterMidnightInMoscow)
  expect(isAdult('2008-11-22', ofVienna)).toBe(false)
})
