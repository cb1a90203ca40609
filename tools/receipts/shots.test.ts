import { expect, test } from 'vitest'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { photoReader } from '../../ocr/src/read.ts'
import { Random } from '../simulate/random.ts'
import { type PaperLine, printPaper } from './paper.ts'
import { photograph } from './photograph.ts'

const TILL = { columns: 32, cellWidth: 18, cellHeight: 34, burn: 0.85 }
const FAULTS = { perspective: 0, blur: 0, fading: 0.1, folds: 0, noise: 4, quality: 80 }
const MILK: PaperLine = { left: 'Молоко Луговое 2,5%', right: '=89.90' }

/** A receipt too long for one picture: nine goods, one of them three times. */
const LINES: readonly PaperLine[] = [
  { middle: 'МАГАЗИН "ОЗЁРНЫЙ"' },
  { middle: 'ООО "Озёрный край"' },
  { left: '12.10.2025 18:41' },
  { rule: '-' },
  { left: 'Хлеб ржаной нарезка', right: '=54.50' },
  { left: 'Сыр Полевой 45% 200г', right: '=298.10' },
  { left: 'Гречка ядрица 900г', right: '=79.00' },
  MILK,
  MILK,
  MILK,
  { left: 'Чай чёрный крупнолист.', right: '=124.00' },
  { left: 'Печенье овсяное 300г', right: '=64.35' },
  { left: 'Сок яблочный осветл. 1л', right: '=119.00' },
  { rule: '-' },
  { left: 'ИТОГ', right: '=1008.65', tall: true },
  { left: 'НАЛИЧНЫМИ', right: '=1100.00' },
  { left: 'СДАЧА', right: '=91.35' },
  { middle: 'СПАСИБО ЗА ПОКУПКУ!' },
]

const shotOf = (from: number, to: number, tilt: number, shadow: number) => {
  const faults = { ...FAULTS, tilt, shadow }
  return photograph(printPaper(LINES.slice(from, to), TILL), faults, new Random(from + 1))
}

test('two shots of one receipt, the lower one first, are read as one', {
  timeout: 120_000,
}, async () => {
  const read = photoReader(await nodePlatform())
  const shots = [await shotOf(7, 18, -2, 0.2), await shotOf(0, 12, 3, 0)]
  const reading = await read(shots, { latest: '2026-12-31', print: 'always' })
  if (!reading.ok) throw new Error(reading.code)
  const { fields, placeOf, reasons, figures } = reading
  expect(fields?.items.map(({ sumMinor }) => sumMinor)).toEqual([
    5450, 29_810, 7900, 8990, 8990, 8990, 12_400, 6435, 11_900,
  ])
  expect(fields?.totalMinor).toMatchObject({ value: 100_865, certainty: 'proved' })
  expect(fields?.date?.value).toBe('2025-10-12')
  expect(reasons).toContain('shots_reordered')
  expect(reasons).not.toContain('shots_do_not_overlap')
  // The total stands on the shot that was sent first, the date on the other one.
  expect(fields?.totalMinor?.box && placeOf(fields.totalMinor.box).shot).toBe(0)
  expect(fields?.date?.box && placeOf(fields.date.box).shot).toBe(1)
  expect(figures.peakBytes).toBeLessThan(100 * 1_048_576)
})
