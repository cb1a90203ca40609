import { expect, it } from 'vitest'
import { SaleDraft } from '#schema/sale'
import { salesOf } from './sales-csv.ts'

const HEADS = [
  'Касса',
  'Номер чека',
  'Дата и время',
  'Итог',
  'ФН',
  'ФД',
  'ФП',
  'Товар',
  'Кол-во',
  'Сумма',
]
const row = (...cells: string[]) =>
  Object.fromEntries(HEADS.map((head, index) => [head, cells[index] ?? '']))

it('lines of one receipt become one sale that the contract takes, whatever the spelling', () => {
  const read = salesOf(HEADS, [
    row(
      '1012345',
      '17',
      '21.11.2026 9:05:59',
      '1 250,50',
      '9999078900000001',
      '7',
      '8',
      'Сыр',
      '0,5',
      '1000',
    ),
    row('1012345', '17', '', '', '', '', '', 'Хлеб', '', '250,50'),
    row('1012345', '18', '2026-11-21 18:42', '10', '', '', '', 'Пакет', '1', '10'),
  ])
  if (!read.ok) throw new Error('not read')
  expect(read.sales.map(({ fileRow }) => fileRow)).toEqual([2, 4])
  const [first, second] = read.sales.map(({ sale }) => ({ ...sale, till: '0000000001012345' }))
  expect(SaleDraft.parse(first)).toMatchObject({
    time: '2026-11-21T09:05',
    totalMinor: 125_050,
    fiscal: { fn: '9999078900000001', fd: 7, fp: 8 },
    lines: [
      { name: 'Сыр', quantityMicro: 500_000, sumMinor: 100_000 },
      { name: 'Хлеб', quantityMicro: 1_000_000, sumMinor: 25_050 },
    ],
  })
  expect(SaleDraft.parse(second)).toMatchObject({ fiscal: null, time: '2026-11-21T18:42' })
})

it('abroad the printed code stands for the fiscal numbers', () => {
  const code = 'https://consumer.wofd.kz/?i=1&f=010105678901&s=8500.00&t=20260115T143000'
  const heads = ['till', 'number', 'time', 'total', 'code', 'name', 'sum']
  const cells = ['kz:010105678901', '17', '2026-01-15 14:30', '8500', code, 'Чай', '8500']
  const read = salesOf(heads, [
    Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? ''])),
  ])
  if (!read.ok) throw new Error('not read')
  expect(SaleDraft.parse({ currency: 'KZT', ...read.sales[0]?.sale })).toMatchObject({
    till: 'kz:010105678901',
    fiscal: { code },
  })
})

it('what is not understood goes to the server as it is, so that it can name the row', () => {
  const read = salesOf(HEADS, [row('касса 1', '17', 'вчера', 'много', '', '', '', 'Сыр', '1', '1')])
  if (!read.ok) throw new Error('not read')
  expect(read.sales[0]?.sale).toMatchObject({ till: 'касса1', time: 'вчера', totalMinor: 'много' })
})

it('a file without its columns is refused by their names', () => {
  expect(salesOf(['Касса', 'Итог'], [])).toEqual({
    ok: false,
    missing: ['number', 'time', 'name', 'sum'],
  })
})

it('a return names its sale, and the till of it when that was another one', () => {
  const heads = [...HEADS, 'Операция', 'Номер продажи', 'Касса продажи']
  const cells = ['1012345', '19', '2026-11-21 19:10', '10', '', '', '', 'Пакет', '1', '10']
  const back = { ...row(...cells), Операция: 'Возврат', 'Номер продажи': '18' }
  const read = salesOf(heads, [{ ...back, 'Касса продажи': '10999990001' }])
  if (!read.ok) throw new Error('not read')
  expect(SaleDraft.parse({ ...read.sales[0]?.sale, till: '0000000001012345' })).toMatchObject({
    operation: 'return',
    saleNumber: '18',
    saleTill: '10999990001'.padStart(16, '0'),
  })
})
