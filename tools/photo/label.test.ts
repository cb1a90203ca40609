import { expect, it } from 'vitest'
import { minor } from '#schema/money'
import type { PhotoReading } from '#schema/photo'
import { labelOf } from './label.ts'
import { Truths } from './truth.ts'

const asked = {
  retailer: 'Берёзка',
  taxNumber: '7700000009',
  time: '2026-11-21T18:42',
  totalMinor: minor(12_345),
  lines: [{ name: 'МОЛОКО', quantityMicro: 1_000_000, sumMinor: minor(12_345) }],
}
const field = <Value>(value: Value) => {
  const certainty = 'plausible' as const
  return { value, certainty, corners: [], shot: 0 }
}
const READING: PhotoReading = {
  shots: [{ width: 600, height: 800 }],
  retailer: field('БЕРЕЗКА'),
  taxNumber: null,
  date: field('2026-11-20'),
  time: null,
  totalMinor: field(minor(9_990)),
  fn: null,
  fd: null,
  fp: null,
  items: [{ name: 'МОЛ0КО', sumMinor: 9_990, corners: [], shot: 0 }],
  scan: null,
  risk: [],
}
const truthOf = (label: object | null) => new Truths({ 'a.jpg': label }).of('a.jpg')

it('an approved document is a truth that the score reads field by field', () => {
  const label = labelOf({ kind: 'photo', state: 'approved', asked, marks: null, reading: null })
  expect(truthOf(label)).toMatchObject({
    date: '2026-11-21',
    time: '18:42',
    totalMinor: 12_345,
    inn: '7700000009',
    retailer: 'Берёзка',
    names: ['МОЛОКО'],
    isPrint: true,
  })
})

it('the further shots of a receipt are read together with its first', () => {
  const label = labelOf({ kind: 'photo', state: 'approved', asked, marks: null, reading: null })
  expect(truthOf(label)?.shots).toEqual([])
  expect(truthOf({ ...label, shots: ['b.jpg', 'c.jpg'] })?.shots).toEqual(['b.jpg', 'c.jpg'])
})

it('a spot check vouches for what was read and marked as right, and for nothing else', () => {
  const marks = { retailer: true, items: true, total: true, date: false }
  const check = { kind: 'spot_check', state: 'checked', asked, reading: READING } as const
  // What the authority knows is another receipt's: it was not what the machine read.
  expect(labelOf({ ...check, marks })).toEqual({ total: '99.90' })
  expect(labelOf({ ...check, marks: { retailer: true, items: true } })).toBeNull()
  expect(labelOf({ ...check, marks: null })).toBeNull()
})
