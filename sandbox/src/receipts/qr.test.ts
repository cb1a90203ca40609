import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { qrMatrix, qrPng } from './qr.ts'

const WASM = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))

test('the downloaded picture is read by the scanner that the shopper’s page uses', async () => {
  const bytes = readFileSync(WASM)
  const wasmBinary = new Uint8Array(bytes).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const text = 't=20261121T1842&s=1284.50&fn=9999078900042237&i=40001&fp=4294967295&n=1'
  const picture = await qrPng(qrMatrix(text))
  const found = await readBarcodes(picture, { formats: ['QRCode'] })
  expect(found.map((code) => code.text)).toEqual([text])
})
