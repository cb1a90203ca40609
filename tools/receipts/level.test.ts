import { beforeAll, expect, test } from 'vitest'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import type { WasmModules } from '../../ocr/src/engine/wasm-modules.ts'
import { inspect } from '../../ocr/src/guards/format.ts'
import { cutSheet } from '../../ocr/src/print/sheet.ts'
import { sampleOf } from './sample.ts'

const SEED = 5
const DEGREES_OFF_MAX = 1.5
let modules: WasmModules

beforeAll(async () => {
  modules = (await nodePlatform()).modules
})

async function sheetOf(tilt: number) {
  const { bytes } = await sampleOf(SEED, { tilt, perspective: 0, blur: 0 })
  const inspected = inspect(bytes)
  if (!inspected.ok) throw new Error(inspected.code)
  const photo = await decodePhoto(bytes, inspected.header, modules, new WasmMemory())
  if (photo === null) throw new Error('the sample is damaged')
  return cutSheet(photo)
}

test.each([-62, -40, -12, 0, 3, 25, 57, 90])('a receipt lying at %i° is levelled', async (tilt) => {
  const { toPhoto } = await sheetOf(tilt)
  const degrees = (Math.atan2(toPhoto[3], toPhoto[0]) * 180) / Math.PI
  const off = (((degrees - tilt) % 180) + 270) % 180
  expect(Math.abs(off - 90)).toBeLessThan(DEGREES_OFF_MAX)
})

test('the table around the paper is left out', async () => {
  const sheet = await sheetOf(25)
  expect(sheet.width * sheet.height).toBeLessThan(0.8 * sheet.photo.width * sheet.photo.height)
})
