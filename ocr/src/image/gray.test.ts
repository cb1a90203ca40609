import { expect, test } from 'vitest'
import { boxBlur, evenLight, type Gray, shrink, upright } from './gray.ts'

const pictureOf = (...rows: string[]): Gray => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (character) => character.charCodeAt(0)),
})

const rowsOf = ({ width, data }: Gray) =>
  String.fromCharCode(...data).match(new RegExp(`.{${width}}`, 'gs'))

/** How a camera that lay so stored the picture `ab/cd/ef` (EXIF 2.32, 4.6.4). */
test.each([
  [1, ['ab', 'cd', 'ef']],
  [2, ['ba', 'dc', 'fe']],
  [3, ['fe', 'dc', 'ba']],
  [4, ['ef', 'cd', 'ab']],
  [5, ['ace', 'bdf']],
  [6, ['bdf', 'ace']],
  [7, ['fdb', 'eca']],
  [8, ['eca', 'fdb']],
])('orientation %i is turned upright', (orientation, stored) => {
  expect(rowsOf(upright(pictureOf(...stored), orientation))).toEqual(['ab', 'cd', 'ef'])
})

test('shrinking averages, blurring keeps an even field even', () => {
  const field: Gray = { width: 9, height: 9, data: new Uint8Array(81).fill(70) }
  expect([...shrink(field, 3).data]).toEqual(new Array(9).fill(70))
  expect([...boxBlur(field, 2).data]).toEqual([...field.data])
})

test('a shadow goes, print stays darker than paper', () => {
  const data = Uint8Array.from({ length: 120 * 40 }, (_, at) => {
    const light = at % 120 < 60 ? 240 : 110
    return at % 10 === 0 ? light * 0.4 : light
  })
  const even = evenLight({ width: 120, height: 40, data }, 12)
  const paper = (x: number) => even.data[20 * 120 + x] ?? 0
  expect(Math.abs(paper(25) - paper(95))).toBeLessThan(25)
  expect(paper(90)).toBeLessThan(paper(95) - 80)
})
