import { describe, expect, test } from 'vitest'
import { printKz } from '#fiscal/print/kz'
import { RECEIPT } from '#fiscal/signature/till.test-data'
import { readCode } from './read-code.ts'

const AT = '2026-11-21T18:42:00Z'
const RU = 't=20261121T1842&s=1284.50&fn=7380440800123456&i=65082&fp=2981623349&n=1'

describe('a receipt of any country is told with what stands behind it', () => {
  test('Russia: the tax service is asked', async () => {
    expect(await readCode(RU, AT)).toMatchObject({
      kind: 'receipt',
      totalMinor: 128_450,
      seen: { country: 'ru', proof: 'service', currency: 'RUB' },
      submission: { source: { code: 'qr', text: RU }, scannedAt: AT },
    })
  })

  test('Austria: a signature, whatever key it turns out to be of', async () => {
    expect(await readCode(RECEIPT, AT)).toMatchObject({
      kind: 'receipt',
      seen: { country: 'at', proof: 'signature', totalMinor: 1_640, currency: 'EUR' },
    })
  })

  test('Kazakhstan: the operator’s service; every spelling is one receipt', async () => {
    const receipt = { till: '010100000001', sign: '1234567890', totalMinor: 250_000 }
    const time = '2026-11-21T18:42:09'
    const texts = ['https://consumer.oofd.kz/', 'http://consumer.oofd.kz/'].map((page) =>
      printKz({ page, time, ...receipt }),
    )
    const readings = await Promise.all(texts.map((text) => readCode(text, AT)))
    for (const reading of readings) {
      expect(reading).toMatchObject({ seen: { country: 'kz', proof: 'service' } })
    }
    expect(new Set(readings.map((one) => 'identity' in one && one.identity)).size).toBe(1)
  })
})

test('a damaged foreign code is refused by the name of its country', async () => {
  const cut = RECEIPT.split('_').slice(0, -1).join('_')
  expect(await readCode(cut, AT)).toEqual({ kind: 'refused', text: cut, country: 'at' })
})

test('a product’s barcode is one, and a number that does not check is not', async () => {
  expect(await readCode('4607025392200', AT)).toEqual({ kind: 'product', gtin: '4607025392200' })
  expect(await readCode('4607025392201', AT)).toMatchObject({ kind: 'refused', country: null })
  expect(await readCode('https://example.com/', AT)).toMatchObject({ kind: 'refused' })
})
