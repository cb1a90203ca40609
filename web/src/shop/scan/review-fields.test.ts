import { describe, expect, it } from 'vitest'
import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import { formatDecimal, parseAmount } from '../../format.ts'
import { reviewFieldsOf, reviewRequestOf } from './review-fields.ts'

const FORMAT = {
  locale: 'ru',
  decimal: (amount: number) => formatDecimal(amount, 'ru'),
  typed: parseAmount,
} as const

const item = (name: string, quantityMicro: number | null, sumMinor: number) => ({
  name,
  quantityMicro,
  sumMinor,
  corners: [],
  shot: 0,
})

const EMPTY = {
  retailer: null,
  taxNumber: null,
  date: null,
  time: null,
  totalMinor: null,
  fn: null,
  fd: null,
  fp: null,
  scan: null,
  risk: [],
}

const READ: Photo = {
  id: 'pho_0000000000000000000000000000000001',
  state: 'needs_fields',
  version: 1,
  market: 'ru',
  createdAt: '2026-11-21T10:00:00.000Z',
  deletedAt: null,
  shots: [4],
  partBytes: 4,
  parts: [1],
  reading: {
    ...EMPTY,
    shots: [{ width: 100, height: 100 }],
    items: [
      item('МОЛОКО', 2_000_000, 17_980),
      item('СЫР', 556_000, 52_400),
      item('ПАКЕТ', null, 500),
    ],
  },
  typed: [],
  reasons: [],
  problem: null,
  country: null,
  receiptId: null,
  review: null,
}

const sent = (photo: Photo) => reviewRequestOf(reviewFieldsOf(photo, FORMAT), photo, FORMAT)
const counts = ({ lines }: Pick<ReviewRequest, 'lines'>) =>
  lines.map(({ quantityMicro, sumMinor }) => [quantityMicro, sumMinor])

describe('the quantity of a line', () => {
  it('goes to the reviewer as it was read, one where none is printed', () => {
    expect(reviewFieldsOf(READ, FORMAT).lines.map(({ quantity }) => quantity)).toEqual([
      '2',
      '0,556',
      '1',
    ])
    expect(counts(sent(READ))).toEqual([
      [2_000_000, 17_980],
      [556_000, 52_400],
      [1_000_000, 500],
    ])
  })

  it('stays as it was sent before', () => {
    const asked = sent(READ)
    const review = {
      state: 'declined' as const,
      asked,
      dueAt: READ.createdAt,
      reason: null,
      note: '',
      mayDispute: true,
      disputeUntil: null,
    }
    expect(counts(sent({ ...READ, review }))).toEqual(counts(asked))
  })

  it.each([
    ['3', 3_000_000],
    ['1.25', 1_250_000],
    [' 0,5 ', 500_000],
  ])('is read as typed: %s', (quantity, expected) => {
    const fields = reviewFieldsOf(READ, FORMAT)
    const lines = fields.lines.slice(0, 1).map((line) => ({ ...line, quantity }))
    expect(counts(reviewRequestOf({ ...fields, lines }, READ, FORMAT))).toEqual([
      [expected, 17_980],
    ])
  })

  it.each(['', '0', 'две', '-1', '1,2,3'])('is never guessed of "%s"', (quantity) => {
    const fields = reviewFieldsOf(READ, FORMAT)
    const lines = fields.lines.slice(0, 1).map((line) => ({ ...line, quantity }))
    expect(reviewRequestOf({ ...fields, lines }, READ, FORMAT).lines).toEqual([])
  })
})
