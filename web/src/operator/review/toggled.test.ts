import { expect, it } from 'vitest'
import { toggled } from './toggled.ts'

it('a digit marks as right, then as wrong', () => {
  const right = toggled({}, 'date')
  expect(right).toEqual({ date: true })
  expect(toggled(right, 'date')).toEqual({ date: false })
})
