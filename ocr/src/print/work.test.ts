import { beforeAll, expect, test } from 'vitest'
import { WasmMemory } from '../engine/memory.ts'
import { nodePlatform } from '../engine/node.ts'
import type { Platform } from '../engine/wasm-modules.ts'
import { boxBlur, type Gray } from '../image/gray.ts'
import { blobsOf, inkOf, marksIn } from '../image/ink.ts'
import { mannerOf } from './manner.ts'
import { FIRST, pageOf } from './page.ts'
import { budgetOf, Readers } from './readers.ts'
import { cutSheet } from './sheet.ts'

/** What reading costs is counted, so it is the count that is held to a bound, not a clock. */

let platform: Platform

beforeAll(async () => {
  platform = await nodePlatform()
})

/** A picture of grey noise out of a seed, no darker than `dark`, no lighter than `light`. */
function noise(side: number, dark: number, light: number, blur = 0): Gray {
  let state = 7
  const data = Uint8Array.from({ length: side * side }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return dark + (state / 2 ** 32) * (light - dark)
  })
  const gray = { width: side, height: side, data }
  return blur === 0 ? gray : boxBlur(gray, blur)
}

/** Four looks of a second. */
const LOOKS_MS_MAX = 4000

test.each([
  ['faint', 160, 224, 0],
  ['of large grains', 0, 255, 6],
])(
  'noise of two megapixels, %s, is given up after looks of bounded work',
  { timeout: 60_000 },
  async (_, dark, light, blur) => {
    const memory = new WasmMemory(platform.heapBytes)
    memory.startAnew()
    const sheet = cutSheet(noise(1414, dark, light, blur))
    const readers = new Readers(platform, memory, budgetOf(sheet))
    try {
      expect(await mannerOf(readers, sheet)).toBeNull()
      expect(readers.lookedAtMs).toBeLessThanOrEqual(LOOKS_MS_MAX)
    } finally {
      readers.close()
    }
  },
)

test('a page as full as noise is read as far as the budget goes', { timeout: 60_000 }, async () => {
  const memory = new WasmMemory(platform.heapBytes)
  memory.startAnew()
  const sheet = cutSheet(noise(1414, 0, 255, 6))
  const readers = new Readers(platform, memory, 3000)
  const page = pageOf(sheet, FIRST, 0)
  if (page === null) throw new Error('nothing to read')
  try {
    const seen = { pixels: 168_000, characters: 120, confidence: 20 }
    const read = await readers.first('eng', page, seen)
    expect(read?.work.pixels).toBeLessThan(0.5 * page.gray.data.length)
    expect(readers.spentMs).toBeLessThan(6000)
  } finally {
    readers.close()
  }
})

test('marks are counted at least as many as there are pieces', () => {
  const { data, width, height } = noise(300, 0, 255, 2)
  const ink = inkOf({ data, width, height }, 14)
  const pieces = blobsOf(ink, width, height).length
  const marks = marksIn(ink, width, height)
  expect(marks).toBeGreaterThanOrEqual(pieces)
  expect(marks).toBeLessThan(2 * pieces)
})
