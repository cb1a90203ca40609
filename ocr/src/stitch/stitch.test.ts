import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stitch } from './stitch.ts'

const HEAD = ['ООО "ПРИМЕР"', 'Г. МОСКВА УЛ. ЛЕСНАЯ Д. 5', 'КАССОВЫЙ ЧЕК', 'СМЕНА 41 ЧЕК 17']
const MILK = 'МОЛОКО ПАСТЕР. 2,5% 1Л  89.90'
const GOODS = [
  'ХЛЕБ БОРОДИНСКИЙ 400Г  54.50',
  'СЫР ГАУДА 45% ВЕС  312.18',
  'ЯЙЦО КУРИНОЕ С1 10ШТ  119.00',
  'МАСЛО ПОДСОЛН. 1Л  134.99',
  'ГРЕЧКА ЯДРИЦА 800Г  79.90',
]
const FOOT = ['ИТОГ  =1148.17', 'БЕЗНАЛИЧНЫМИ  =1148.17', 'ФН 9280440301234567', 'ФД 12345']
const RECEIPT = [...HEAD, ...GOODS.slice(0, 2), MILK, MILK, MILK, ...GOODS.slice(2), ...FOOT]

const textsOf = (shots: readonly (readonly string[])[]) =>
  stitch(shots).lines.map(({ shot, line }) => shots[shot]?.[line])

/** What a reader does to a line: look-alikes, a lost sign. */
const misread = (text: string) => text.replace('О', '0').replace('.', ',').replace('Л', 'П')

describe('shots that overlap give every line once', () => {
  test('in order, misread differently', () => {
    const shots = [RECEIPT.slice(0, 11), RECEIPT.slice(8).map(misread)]
    const lines = textsOf(shots)
    expect(lines).toHaveLength(RECEIPT.length)
    expect(lines.slice(0, 9)).toEqual(RECEIPT.slice(0, 9))
    expect(stitch(shots).reasons).toEqual([])
  })

  test('one line bought three times inside the overlap stays three', () => {
    expect(textsOf([RECEIPT.slice(0, 10), RECEIPT.slice(5)])).toEqual(RECEIPT)
  })

  test.each([6, 7, 8])('the lower shot begins within repeated lines, at line %i', (from) => {
    expect(textsOf([RECEIPT.slice(0, 11), RECEIPT.slice(from)])).toEqual(RECEIPT)
  })

  test('taken from the bottom up, they are put in order', () => {
    const shots = [RECEIPT.slice(9), RECEIPT.slice(4, 12), RECEIPT.slice(0, 7)]
    expect(stitch(shots).order).toEqual([2, 1, 0])
    expect(textsOf(shots)).toEqual(RECEIPT)
    expect(stitch(shots).reasons).toEqual(['shots_reordered'])
  })

  test('three that show one place, and one that shows nothing new', () => {
    const shots = [RECEIPT.slice(0, 11), RECEIPT.slice(4, 12), RECEIPT.slice(5, 9)]
    expect(textsOf([...shots, RECEIPT.slice(8)])).toEqual(RECEIPT)
  })

  test('half-cut lines at the edges of a shot are dropped', () => {
    const shots = [
      [...RECEIPT.slice(0, 11), '^.- ‘п'],
      ['_|.', ...RECEIPT.slice(8)],
    ]
    expect(textsOf(shots)).toEqual(RECEIPT)
  })
})

describe('what cannot be told is said', () => {
  test('shots without a common line stay apart, whole, with a reason', () => {
    const shots = [RECEIPT.slice(0, 6), RECEIPT.slice(9)]
    expect(textsOf(shots)).toEqual([...RECEIPT.slice(0, 6), ...RECEIPT.slice(9)])
    expect(stitch(shots).reasons).toEqual(['shots_do_not_overlap'])
  })

  test('one common line is no overlap: the same good may end one shot and begin the next', () => {
    const shots = [RECEIPT.slice(0, 7), [MILK, ...GOODS.slice(2)]]
    expect(stitch(shots).reasons).toEqual(['shots_do_not_overlap'])
  })

  test('an overlap of one repeated line alone is uncertain', () => {
    const shots = [RECEIPT.slice(0, 9), RECEIPT.slice(7)]
    expect(stitch(shots).reasons).toEqual(['shots_overlap_uncertain'])
  })
})

const WORD = fc.stringMatching(/^[А-Я]{5,9}$/)
const LINE = fc
  .tuple(WORD, WORD, fc.integer({ min: 10, max: 999 }))
  .map(([one, two, price]) => `${one} ${two} ${price}.90`)

/** A receipt of distinct goods, some of them repeated, and a window of it that both shots show. */
const CUT = fc
  .tuple(
    fc.uniqueArray(LINE, { minLength: 10, maxLength: 24 }),
    fc.array(fc.nat(23), { maxLength: 6 }),
    fc.double({ min: 0.2, max: 0.7, noNaN: true }),
    fc.integer({ min: 3, max: 6 }),
  )
  .map(([goods, repeated, share, common]) => {
    const lines = goods.flatMap((line, index) => (repeated.includes(index) ? [line, line] : [line]))
    const from = Math.floor(lines.length * share)
    return { lines, from, to: Math.min(lines.length, from + common) }
  })
  .filter(({ lines, from, to }) => new Set(lines.slice(from, to)).size >= 2)

test('whatever is bought, cutting and stitching again changes no line and no count', () => {
  fc.assert(
    fc.property(CUT, ({ lines, from, to }) => {
      const upper = lines.slice(0, to)
      const lower = lines.slice(from).map((line) => line.replace('А', 'Л').replace('0', 'О'))
      const stitched = stitch([upper, lower])
      const place = ({ shot, line }: { shot: number; line: number }) =>
        shot === 0 ? line : from + line
      expect(stitched.lines.map(place)).toEqual(lines.map((_, index) => index))
    }),
    { numRuns: 150 },
  )
})
