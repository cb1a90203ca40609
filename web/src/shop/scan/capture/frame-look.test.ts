import { expect, test } from 'vitest'
import { type Frame, lookAtFrame } from './frame-look.ts'

const WIDTH = 160
const HEIGHT = 213

type Paint = (x: number, y: number) => number

const frameOf = (paint: Paint, width = WIDTH, height = HEIGHT): Frame => ({
  width,
  height,
  gray: Uint8Array.from({ length: width * height }, (_, at) =>
    paint(at % width, Math.floor(at / width)),
  ),
})

const paper =
  (left: number, right: number, light = 215): Paint =>
  (x, y) =>
    x < left || x >= right ? 70 : y % 9 < 3 && x % 5 < 2 ? light - 120 : light

const PRINT = frameOf((x, y) => (y % 20 < 12 && x % 8 < 3 ? 60 : 210), 128, 128)
/** The same print, its edges spread over eight pixels. */
const SOFT = frameOf((x, y) => (y % 40 < 24 ? 135 + 75 * Math.sin(x / 4) : 210), 128, 128)
const GLARE: Paint = (x, y) => (Math.hypot(x - 80, y - 80) < 22 ? 255 : paper(25, 135)(x, y))

test.each([
  ['good', paper(25, 135), PRINT],
  ['dark', () => 30, PRINT],
  ['no_paper', () => 200, PRINT],
  ['far', paper(60, 100), PRINT],
  ['cut', paper(0, 120), PRINT],
  ['glare', GLARE, PRINT],
  ['blurred', paper(25, 135), SOFT],
])('the hint is %s when it should be', (hint, paint, centre) => {
  expect(lookAtFrame(frameOf(paint), centre).hint).toBe(hint)
})

test('the edges of the paper are found within two pixels', () => {
  const found = lookAtFrame(frameOf(paper(25, 135)), PRINT).paper
  expect(Math.abs((found?.left ?? 0) * WIDTH - 25)).toBeLessThan(2)
  expect(Math.abs((found?.right ?? 0) * WIDTH - 135)).toBeLessThan(2)
})
