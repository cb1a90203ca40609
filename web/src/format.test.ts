import { expect, test } from 'vitest'
import { CURRENCIES, unitsOf } from '#schema/currency'
import { formatMinor, parseMinor } from '#schema/money'
import {
  formatAmount,
  formatDate,
  formatDecimal,
  formatInstant,
  formatWallClock,
  parseAmount,
} from './format.ts'

const NBSP = '\u00a0'
const MOSCOW = 'Europe/Moscow'

test.each([0, 5, 100, 128_450, -50_000, 123_456_789_01])(
  'the pages show %s of any currency exactly as the server words it',
  (minor) => {
    for (const currency of CURRENCIES) {
      expect(formatAmount(minor, 'ru', false, currency)).toBe(formatMinor(minor, 'ru', currency))
      expect(formatAmount(minor, 'en', false, currency)).toBe(formatMinor(minor, 'en', currency))
    }
  },
)

test.each(CURRENCIES)('a spreadsheet has the amount in %s that the page shows', (currency) => {
  for (const minor of [0, 5, 128_450]) {
    const shown = formatDecimal(minor, 'en', currency).replaceAll(',', '')
    expect(unitsOf(currency, minor)).toBe(Number(shown))
  }
  // A Chilean peso has no hundredths.
  expect(unitsOf('CLP', 1_990)).toBe(1_990)
})

test.each(CURRENCIES)('an amount in %s that is typed as it is shown means itself', (currency) => {
  for (const minor of [0, 5, 128_450, 123_456_789_01]) {
    for (const locale of ['ru', 'en'] as const) {
      expect(parseAmount(formatAmount(minor, locale, false, currency), currency)).toBe(minor)
    }
  }
})

test.each([
  '1 284,5',
  '1284.50',
  '12 ₽',
  '0,01',
  '',
  '-5',
  '1,234',
  '1,284.50',
  '1,2,3',
  '12,84.50',
  'abc',
])('a typed amount "%s" means the same here and on the server', (typed) => {
  expect(parseAmount(typed)).toBe(parseMinor(typed))
})

test('an instant is shown in the zone of the market, not of the phone', () => {
  expect(formatInstant('2026-11-21T21:30:00Z', 'ru', MOSCOW, 'short')).toBe(`22${NBSP}ноя`)
  expect(formatInstant('2026-11-21T21:30:00Z', 'ru', MOSCOW, 'time')).toBe('00:30')
  expect(formatInstant('2026-11-21T21:30:00Z', 'ru', 'Europe/Vienna', 'time')).toBe('22:30')
})

test('the time printed on a receipt is shown as printed', () => {
  expect(formatWallClock('2026-11-21T18:42', 'ru')).toBe(`21${NBSP}ноя,${NBSP}18:42`)
  expect(formatWallClock('2026-11-21T18:42', 'en')).toBe(`21${NBSP}Nov,${NBSP}18:42`)
})

test('a date carries no leftover dots', () => {
  expect(formatDate('2026-11-21', 'ru', 'dayYear')).toBe(`21${NBSP}ноября${NBSP}2026`)
})
