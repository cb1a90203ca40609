import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

test('a cell that a spreadsheet would run as a formula is exported as words', () => {
  expect(toCsv([['=1+1', '@x', '-5', '+7 999', 'Молоко']])).toBe(
    "\ufeff'=1+1;'@x;'-5;'+7 999;Молоко\r\n",
  )
})

test('a number stays a number, also a negative one', () => {
  expect(toCsv([[-5, 12.5]])).toBe('\ufeff-5;12.5\r\n')
})

test('separators, quotes and line ends inside a cell do not break the row', () => {
  expect(toCsv([['a;b', 'say "no"', 'two\nlines']])).toBe(
    '\ufeff"a;b";"say ""no""";"two\nlines"\r\n',
  )
})
