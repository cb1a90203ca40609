import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, type WriterOptions, writeBarcode } from 'zxing-wasm/writer'
import { SAMPLES } from '../../../fiscal/src/corpus.test-data.ts'
import { codeReader } from '../engine/code-reader.ts'
import { WasmMemory } from '../engine/memory.ts'
import { nodePlatform } from '../engine/node.ts'
import { blank, boxBlur, type Gray } from '../image/gray.ts'
import { compose, rotation, shift, warp } from '../image/projection.ts'
import { readCodes } from './read-codes.ts'

/** Every kind of code that receipts and goods carry, off a picture, by the one reader. */

const require = createRequire(import.meta.url)
const sampleOf = (country: string) =>
  SAMPLES.find((sample) => sample.country === country)?.text ?? ''

const CODES = [
  ['qr', 'QRCode', sampleOf('kz'), 4],
  ['qr', 'QRCode', sampleOf('rs'), 3],
  ['pdf417', 'PDF417', sampleOf('cl'), 4],
  ['datamatrix', 'DataMatrix', '010460702856214521abcDEF1234567', 6],
  ['ean13', 'EAN13', '4607028562143', 3],
] as const

let read: ReturnType<typeof codeReader>['read']

beforeAll(async () => {
  const file = require.resolve('zxing-wasm/writer/zxing_writer.wasm')
  const wasmBinary = new Uint8Array(readFileSync(file)).buffer
  prepareZXingModule({ overrides: { wasmBinary } })
  const { modules } = await nodePlatform()
  read = codeReader(modules, new WasmMemory()).read
})

/** The code as printed: `scale` px a module, on white paper with room around it. */
async function printed(format: NonNullable<WriterOptions['format']>, text: string, scale: number) {
  const { symbol, error } = await writeBarcode(text, { format })
  if (!symbol) throw new Error(error)
  const margin = 12 * scale
  const page = blank(symbol.width * scale + 2 * margin, symbol.height * scale + 2 * margin)
  for (let y = 0; y < symbol.height * scale; y += 1) {
    for (let x = 0; x < symbol.width * scale; x += 1) {
      const module = Math.floor(y / scale) * symbol.width + Math.floor(x / scale)
      page.data[(y + margin) * page.width + x + margin] = symbol.data[module] ?? 255
    }
  }
  return page
}

/** Turned about its middle, in a picture that holds it whole. */
function turned(page: Gray, degrees: number): Gray {
  const side = Math.ceil(Math.hypot(page.width, page.height))
  const back = compose(
    shift(page.width / 2, page.height / 2),
    compose(rotation(degrees), shift(-side / 2, -side / 2)),
  )
  return warp(page, back, side, side)
}

describe.each(CODES)('%s (%s) of %s', (kind, format, text, scale) => {
  test.each([
    ['straight', 0, 0],
    ['turned a little', 4, 0],
    ['turned a little and out of focus', -3, 1],
    ['upside down', 180, 0],
    ['on its side', 90, 1],
  ])('is read %s', async (_, degrees, blur) => {
    const page = turned(await printed(format, text, scale), degrees)
    const found = await readCodes(blur > 0 ? boxBlur(page, blur) : page, read)
    expect(found.map((code) => [code.format, code.text])).toEqual([[kind, text]])
  })
})

test('a picture without a code has none', async () => {
  expect(await readCodes(blank(400, 300), read)).toEqual([])
})
