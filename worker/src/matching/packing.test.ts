import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortByNumber } from './radix-sort.ts'
import { Remembered } from './remembered.ts'
import { ByteLog, putVarint, VarintReader, varintBytes } from './varint.ts'

const numbers = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { maxLength: 200 })

test('what is written as bytes is read as the same numbers', () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const log = new ByteLog()
      for (const one of given) log.push(one)
      expect(log.length).toBe(given.reduce((sum, one) => sum + varintBytes(one), 0))
      const reader = new VarintReader(log.take())
      expect(given.map(() => reader.next())).toEqual(given)
    }),
  )
})

test('a log longer than one chunk keeps every number', () => {
  const log = new ByteLog()
  const count = 600_000
  for (let at = 0; at < count; at += 1) log.push(at)
  const reader = new VarintReader(log.take())
  for (let at = 0; at < count; at += 1) if (reader.next() !== at) expect.fail(`number ${at}`)
})

test('a number ends where the next one goes', () => {
  const bytes = new Uint8Array(16)
  for (const value of [0, 127, 128, 16_383, 16_384, 2 ** 31]) {
    expect(putVarint(bytes, 0, value)).toBe(varintBytes(value))
    expect(new VarintReader(bytes).next()).toBe(value)
  }
})

test('GTINs are in order, and each is found where it stood', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 10 ** 14 - 1 }), { maxLength: 100 }), (given) => {
      const steps = sortByNumber(Float64Array.from(given))
      let step = steps.next()
      while (!step.done) step = steps.next()
      const { values, places } = step.value
      expect([...values]).toEqual([...given].sort((one, other) => one - other))
      expect([...places].map((place) => given[place])).toEqual([...values])
    }),
  )
})

test('what is asked for again and again is never forgotten, the rest is', () => {
  const remembered = new Remembered<number, number>(3)
  for (let at = 0; at < 20; at += 1) {
    remembered.set(at, at)
    remembered.get(0)
  }
  expect(remembered.get(0)).toBe(0)
  expect(remembered.get(5)).toBeUndefined()
})
