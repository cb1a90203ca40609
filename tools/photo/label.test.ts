import { expect, it } from 'vitest'
import { minor } from '#schema/money'
import { labelOf } from './label.ts'
import { Truths } from './truth.ts'

const asked = {
  retailer: 'Берёзка',
  taxNumber: '7700000009',
  time: '2026-11-21T18:42',
  totalMinor: minor(12_345),
  lines: [{ name: 'МОЛОКО', quantityMicro: 1_000_000, sumMinor: minor(12_345) }],
}
const truthOf = (label: object | null) => new Truths({ 'a.jpg': label }).of('a.jpg')

it('an approved document is a truth that the score reads field by field', () => {
  const label = labelOf({ kind: 'photo', state: 'approved', asked, marks: null })
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
  const label = labelOf({ kind: 'photo', state: 'approved', asked, marks: null })
  expect(truthOf(label)?.shots).toEqual([])
  expect(truthOf({ ...label, shots: ['b.jpg', 'c.jpg'] })?.shots).toEqual(['b.jpg', 'c.jpg'])
})

it('a spot check vouches for what it marked as right and for nothing else', () => {
  const marks = { total: true, date: false }
  const label = labelOf({ kind: 'spot_check', state: 'checked', asked, marks })
  expect(label).toEqual({ total: '123.45' })
  expect(labelOf({ kind: 'spot_check', state: 'checked', asked, marks: null })).toBeNull()
})
