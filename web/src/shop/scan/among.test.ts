import { expect, test } from 'vitest'
import { RECEIPT } from '#fiscal/signature/till.test-data'
import { among } from './among.ts'

const RU = 't=20261121T1842&s=1284.50&fn=7380440800123456&i=65082&fp=2981623349&n=1'
const ADVERT = 'https://shop.example/?promo=42'
const BARCODE = '4607025392200'

test('a receipt’s code wins over adverts and barcodes, in every order', async () => {
  for (const texts of [
    [RU, ADVERT, BARCODE],
    [ADVERT, RU, BARCODE],
    [BARCODE, ADVERT, RU],
  ]) {
    expect(await among(texts)).toEqual({ kind: 'receipt', text: RU })
  }
})

test('a cut code of a till is one too: it is told by its country', async () => {
  const cut = RECEIPT.split('_').slice(0, -1).join('_')
  expect(await among([ADVERT, cut])).toEqual({ kind: 'receipt', text: cut })
})

test('two receipts are not chosen between; the same one twice is one', async () => {
  expect(await among([RU, RECEIPT])).toEqual({ kind: 'several' })
  expect(await among([RU, RU])).toEqual({ kind: 'receipt', text: RU })
})

test('without a receipt a code says more than the barcode beside it', async () => {
  expect(await among([BARCODE, ADVERT])).toEqual({ kind: 'other', text: ADVERT })
  expect(await among([BARCODE])).toEqual({ kind: 'other', text: BARCODE })
  expect(await among([])).toBeNull()
})
