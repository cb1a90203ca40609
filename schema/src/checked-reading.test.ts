import { describe, expect, it } from 'vitest'
import { checkedReading, fieldsToCheck, marksFit, unmarkedOf } from './checked-reading.ts'
import { minor } from './money.ts'
import type { PhotoReading } from './photo.ts'
import type { CodeScan } from './receipt.ts'

const field = <Value>(value: Value) => {
  const certainty = 'plausible' as const
  return { value, certainty, corners: [], shot: 0 }
}
const NOTHING: PhotoReading = {
  shots: [{ width: 600, height: 800 }],
  retailer: null,
  taxNumber: null,
  date: null,
  time: null,
  totalMinor: null,
  fn: null,
  fd: null,
  fp: null,
  items: [],
  scan: null,
  risk: [],
}
const PRINT = { ...NOTHING, date: field('2026-11-21'), totalMinor: field(minor(12_345)) }

describe('a spot check', () => {
  const read = checkedReading(PRINT)

  it('asks of all that was read, and counts nothing that nobody has marked', () => {
    expect(fieldsToCheck(read)).toEqual(['date', 'total'])
    expect(unmarkedOf(read, {})).toEqual(['date', 'total'])
    expect(unmarkedOf(read, { date: false })).toEqual(['total'])
    expect(unmarkedOf(null, {})).toEqual([])
  })

  it('takes marks of all that was read and of nothing else', () => {
    expect(marksFit(read, { date: false, total: true })).toBe(true)
    expect(marksFit(read, { date: false })).toBe(false)
    expect(marksFit(read, { date: false, total: true, items: true })).toBe(false)
    expect(marksFit(null, {})).toBe(true)
  })

  it('asks about the numbers of a code too', () => {
    const time = '2026-11-21T18:42'
    const scan = {
      time,
      totalMinor: minor(1),
      fn: '9999078900000001',
      i: 1,
      fp: 2,
      kind: 1,
    } as const
    const fields = fieldsToCheck(checkedReading({ ...PRINT, scan }))
    expect(fields).toEqual(['date', 'time', 'total', 'numbers'])
  })
})

describe('a spot check of a foreign receipt', () => {
  const CODE: CodeScan = {
    country: 'at',
    text: '_R1-AT1_…',
    time: '2026-11-20T09:15',
    totalMinor: minor(1_234),
    operation: 'sale',
    issuer: null,
    till: null,
    trust: 'signed',
    signature: 'valid',
    missing: [],
    officialPage: null,
  }

  it('asks of what its code said', () => {
    expect(checkedReading(NOTHING, CODE)).toMatchObject({
      date: '2026-11-20',
      time: '09:15',
      total: 1_234,
    })
  })

  it('asks of nothing that the code left out, nor of a stand-in for it', () => {
    const missing = ['total', 'time_of_day']
    expect(fieldsToCheck(checkedReading(NOTHING, { ...CODE, missing }))).toEqual(['date'])
    const timeless = { ...CODE, missing: ['issued_at'] }
    expect(fieldsToCheck(checkedReading(NOTHING, timeless))).toEqual(['total'])
  })
})
