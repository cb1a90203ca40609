import { describe, expect, it } from 'vitest'
import type { FiscalDocument } from '#schema/receipt'
import { amount, documentOf } from '../offers/sample.test-data.ts'
import { findSale, goodsOf, remainingOf } from './returned.ts'

const DAYS = 60
const paper = (changes: Partial<FiscalDocument> = {}): FiscalDocument => ({
  ...documentOf([{ sumMinor: 6_000 }, { sumMinor: 4_000 }]),
  ...changes,
})
const back = (changes: Partial<FiscalDocument> = {}): FiscalDocument => ({
  ...paper({ kind: 2, time: '2026-11-22T10:00' }),
  ...changes,
})
const find = (sales: Record<string, FiscalDocument>, returned: FiscalDocument) => {
  const candidates = Object.entries(sales).map(([id, remaining]) => ({ id, remaining }))
  return findSale(candidates, returned, DAYS)?.id ?? null
}

describe('a return belongs to', () => {
  it('the same till’s sale first, then the one of its amount, then the latest', () => {
    const other = { tillRegistration: '2', fiscalDrive: '2' }
    const larger = paper({ totalMinor: amount(12_000) })
    const later = paper({ time: '2026-11-22T09:00' })
    expect(find({ a: paper(), b: { ...later, ...other } }, back())).toBe('a')
    expect(find({ a: larger, b: paper() }, back())).toBe('b')
    expect(find({ a: paper(), b: later }, back())).toBe('b')
  })

  it.each([
    ['another seller’s', { sellerTaxNumber: '1' }],
    ['a later one', { time: '2026-11-22T10:21' }],
    ['one of before the window', { time: '2026-09-23T09:59' }],
    ['a cheaper one', { totalMinor: amount(9_999) }],
    ['one that lacks some of the goods', { lines: paper().lines.slice(0, 1) }],
    [
      'one at another price',
      { lines: documentOf([{ sumMinor: 6_001 }, { sumMinor: 4_000 }]).lines },
    ],
    ['one of other goods', { lines: paper().lines.map((line) => ({ ...line, name: 'ХЛЕБ' })) }],
  ])('no sale, when it could only be %s', (_, changes) => {
    expect(find({ a: paper(changes) }, back())).toBeNull()
  })

  it('one whose seller is told by the till alone', () => {
    const foreign = { sellerTaxNumber: null, lines: [] }
    expect(find({ a: paper(foreign) }, back(foreign))).toBe('a')
    expect(
      find({ a: paper({ ...foreign, tillRegistration: '2', fiscalDrive: null }) }, back(foreign)),
    ).toBeNull()
  })
})

describe('without a list of goods', () => {
  it('a part of a sale that lists none comes back by its amount', () => {
    const goods = goodsOf(paper({ lines: [] }), back({ lines: [], totalMinor: amount(2_500) }))
    expect(goods).toEqual({ lines: [], totalMinor: 2_500 })
  })

  it('a sale with goods comes back as a whole or not at all', () => {
    expect(goodsOf(paper(), back({ lines: [], totalMinor: amount(4_000) }))).toBeNull()
    const whole = goodsOf(paper(), back({ lines: [] }))
    expect(whole && remainingOf(paper(), [whole]).totalMinor).toBe(0)
  })
})

it('a code of the goods finds them under another name', () => {
  const coded = (name: string) =>
    documentOf([{ sumMinor: 6_000 }]).lines.map((line) => ({
      ...line,
      name,
      gtin: '4601234567893',
    }))
  const total = { totalMinor: amount(6_000) }
  expect(
    goodsOf(paper({ ...total, lines: coded('A') }), back({ ...total, lines: coded('B') })),
  ).not.toBeNull()
})
