import { expect, test } from 'vitest'
import { printKz } from './print/kz.ts'
import { receiptAmong } from './receipt-among.ts'
import { RECEIPT } from './signature/till.test-data.ts'

const RU = 't=20261121T1842&s=1284.50&fn=7380440800123456&i=65082&fp=2981623349&n=1'
const OTHERS = [
  'https://shop.example/?promo=42',
  'WIFI:T:WPA;S:Cafe;P:secret;;',
  'ST00012|Name=OOO|PersonalAcc=40702810900000000001|BankName=Bank|BIC=044525225|CorrespAcc=0',
  '4607025392200',
]

test.each([RU, RECEIPT])('the receipt wins over adverts, wherever it stands: %s', (text) => {
  for (let at = 0; at <= OTHERS.length; at += 1) {
    const codes = [...OTHERS.slice(0, at), text, ...OTHERS.slice(at)]
    expect(receiptAmong(codes)).toMatchObject({ kind: 'receipt', text })
  }
})

test('two spellings are one receipt, told by the one that says most', () => {
  const receipt = { till: '010100000001', sign: '1234567890', totalMinor: 250_000 }
  const time = '2026-11-21T18:42:09'
  const texts = ['https://consumer.oofd.kz/', 'https://ofd1.kz/t/'].map((page) =>
    printKz({ page, time, ...receipt }),
  )
  expect(receiptAmong(texts)).toMatchObject({ kind: 'receipt', text: texts[0] })
  const bare = RU.replace('&s=1284.50', '')
  expect(receiptAmong([bare, RU])).toMatchObject({ kind: 'receipt', text: RU })
})

test('two receipts are nobody’s choice', () => {
  expect(receiptAmong([RU, RECEIPT])).toEqual({ kind: 'several', texts: [RU, RECEIPT] })
})

test('a cut code is told by its country, behind a whole one, before adverts', () => {
  const cut = RECEIPT.split('_').slice(0, -1).join('_')
  expect(receiptAmong([...OTHERS, cut])).toEqual({ kind: 'damaged', text: cut, country: 'at' })
  expect(receiptAmong([cut, RU])).toMatchObject({ kind: 'receipt', text: RU })
  expect(receiptAmong(OTHERS)).toEqual({ kind: 'none' })
})
