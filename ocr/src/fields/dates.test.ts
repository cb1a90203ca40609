import { expect, test } from 'vitest'
import { datesIn, orderOf, timeIn } from './dates.ts'
import { passOf } from './printed.test-data.ts'

function datesOf(text: string) {
  const [line] = passOf('one', text).lines
  if (line === undefined) throw new Error('an empty line')
  return datesIn(line, 'day_first', '2026-11-21')
}

test.each([
  ['20.06.18 16:20', '2018-06-20', '16:20'],
  ['Datum 28.03.20 09:51 Uhr', '2020-03-28', '09:51'],
  ['26 августа 2017', '2017-08-26', null],
  ['05 JAN 2017 12:41pm', '2017-01-05', '12:41'],
  ['ORD #50 18/01/2018 10:27:03', '2018-01-18', '10:27'],
  ['2025-03-05 12:21', '2025-03-05', '12:21'],
  ['Дата: О2.О5.2О19 15:12', '2019-05-02', '15:12'],
  ['21-01-19 10:33:26', '2019-01-21', '10:33'],
  ['12/25/2019', '2019-12-25', null],
  ['ЧН 81/11/18 14:37', '2018-11-01', '14:37'],
  ['Date: 17/06/2C18 7:36:12 PM', '2018-06-17', '19:36'],
  ['Date: ©3/0372017', '2017-03-03', null],
  ['DATE 03092017 14:27', '2017-09-03', '14:27'],
  ['25-11-09 13:10:09', '2025-11-09', '13:10'],
  ['14.04.2071 16:07', '2021-04-14', '16:07'],
  ['Fecha 28-10-2025 18:40', '2025-10-28', '18:40'],
])('%s', (text, date, time) => {
  const [best] = datesOf(text).sort((a, b) => b.weight - a.weight)
  expect(best).toMatchObject({ date, time })
})

test('universal time of a signature is no clock of the shop', () => {
  const [line] = passOf('one', 'TSE 2025-07-31T10:41:27.000Z').lines
  expect(line === undefined ? '' : timeIn(line)).toBeNull()
})

test('dates of one order decide those that allow both', () => {
  expect(orderOf(['12/25/2019', '11/26/2019 10:00', '03/04/2019'])).toBe('month_first')
  expect(orderOf(['12/25/2019', '03/04/2019', '13/04/2019'])).toBe('day_first')
})

test.each(['31.02.2024', '20.06.2027 10:00', '1.234,56', '15.04. 16:14 Uhr', '40.90 x 24.440'])(
  '%s is no date',
  (text) => expect(datesOf(text)).toEqual([]),
)
