import { expect, it } from 'vitest'
import { minor } from '#schema/money'
import type { PhotoReading } from '#schema/photo'
import { fieldsToCheck, toggled, unmarkedOf } from './checked.ts'

const field = <Value>(value: Value) => {
  const certainty = 'plausible' as const
  return { value, certainty, corners: [], shot: 0 }
}
const READING: PhotoReading = {
  shots: [{ width: 600, height: 800 }],
  retailer: null,
  taxNumber: null,
  date: field('2026-11-21'),
  time: null,
  totalMinor: field(minor(12_345)),
  fn: null,
  fd: null,
  fp: null,
  items: [],
  scan: null,
  risk: [],
}

it('a spot check asks of all that was read, and counts nothing that nobody has marked', () => {
  expect(fieldsToCheck(READING)).toEqual(['date', 'total'])
  expect(unmarkedOf(READING, {})).toEqual(['date', 'total'])
  expect(unmarkedOf(READING, { date: false })).toEqual(['total'])
  expect(unmarkedOf(READING, { date: false, total: true })).toEqual([])
  expect(unmarkedOf(null, {})).toEqual([])
})

it('the numbers of a code are asked about too', () => {
  const time = '2026-11-21T18:42'
  const scan = { time, totalMinor: minor(1), fn: '9999078900000001', i: 1, fp: 2, kind: 1 } as const
  expect(fieldsToCheck({ ...READING, scan })).toEqual(['date', 'time', 'total', 'numbers'])
})

it('a digit marks as right, then as wrong', () => {
  const right = toggled({}, 'date')
  expect(right).toEqual({ date: true })
  expect(toggled(right, 'date')).toEqual({ date: false })
})
