import { describe, expect, test } from 'vitest'
import { Truths } from './truth.ts'
import { isoDate, minorOf, timeOf } from './truth-spelling.ts'

describe('a truth is understood as the sets spell it', () => {
  test.each([
    ['2018-06-20', '2018-06-20'],
    ['2018-06-20T16:20:00', '2018-06-20'],
    ['20180620', '2018-06-20'],
    ['31.07.2025', '2025-07-31'],
    ['07/31/2025', '2025-07-31'],
    ['(06/12/2016)', '2016-12-06'],
    ['19-04-18', '2018-04-19'],
    ['05 JAN 2017', '2017-01-05'],
    ['Jan 5, 2017', '2017-01-05'],
    ['N/A', null],
    [null, null],
  ])('date %s', (spelt, date) => expect(isoDate(spelt)).toBe(date))

  test.each([
    [26.6, 2660],
    ['26.60', 2660],
    ['RM 1,234.50', 123_450],
    ['1.234,5 €', 123_450],
    ['15 305', 1_530_500],
    ['-3.20', -320],
    ['', null],
    [undefined, null],
  ])('total %s', (spelt, minor) => expect(minorOf(spelt)).toBe(minor))

  test.each([
    ['16:20:05', '16:20'],
    ['9:05', '09:05'],
    ['4:05 PM', '16:05'],
    ['2018-06-20T16:20', '16:20'],
    [null, null],
  ])('time %s', (spelt, time) => expect(timeOf(spelt)).toBe(time))
})

describe('a truth is found in the shapes of the sets', () => {
  const shop = { retailer: 'Озёрный', total: '12.50', items: [{ raw_name: 'Хлеб' }] }

  test.each([
    ['by file name', { 'A.JPG': shop }],
    ['without an extension', { a: shop }],
    ['as a list', [{ file: 'photos/a.jpg', ...shop }]],
    ['under a member', { images: [{ file: 'a.jpg', fields: shop }] }],
    ['nested', { 'a.jpg': { gt: { ...shop, retailer: undefined, store: { name: 'Озёрный' } } } }],
  ])('%s', (_, json) => {
    expect(new Truths(json).of('a.jpg')).toMatchObject({
      retailer: 'Озёрный',
      totalMinor: 1250,
      names: ['Хлеб'],
      date: null,
      code: null,
      isPrint: true,
    })
  })

  test('a set of codes says their text, a list of printed lines names no goods', () => {
    const truths = new Truths({ 'q.png': { text: 'A' }, 'b.jpg': { lines: [{ text: 'TOTAL' }] } })
    expect(truths.of('q.png')).toMatchObject({ code: 'A', isPrint: false })
    expect(truths.of('b.jpg')?.names).toEqual([])
  })
})
