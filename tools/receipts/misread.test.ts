import { expect, test } from 'vitest'
import { tryProofs } from './misread.ts'

test('figures misread alike in most readings prove no wrong identity', () => {
  const { proved, wrong } = tryProofs(20, { worn: 0.01, slips: 0.001 }, 51)
  expect(wrong).toEqual([])
  expect(proved).toBeGreaterThan(4)
})

test('readings that slip here and there still prove most receipts', () => {
  const { proved, wrong } = tryProofs(12, { worn: 0, slips: 0.001 }, 1)
  expect(wrong).toEqual([])
  expect(proved).toBeGreaterThan(6)
})
