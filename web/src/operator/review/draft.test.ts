import { expect, it } from 'vitest'
import { minor } from '#schema/money'
import { boxesOf } from './draft.ts'

const item = (name: string, sumMinor: number | null) => ({ name, sumMinor, corners: [], shot: 0 })
const line = (name: string, sumMinor: number) => ({ name, sumMinor: minor(sumMinor) })

it('finds the box of a line by its name as read, else by its sum, each box once', () => {
  const items = [item('МОЛОКО', 9_900), item('XЛЕ6', 5_000), item('СЫР', 5_000), item('ЧАЙ', null)]
  const lines = [line('Хлеб', 5_000), line('СЫР', 5_000), line('Пакет', 500), line('МОЛОКО', 9_990)]
  expect(boxesOf(lines, items)).toEqual(['items.1', 'items.2', '', 'items.0'])
})
