import { expect, it } from 'vitest'
import { normaliseValues } from './csv-values.ts'

const ROW = { gtin: '', name: 'Молоко 3,2 %', brand: '', category: '', size: '', unit: '' }

it('a category is understood by its code and by its words in both languages', () => {
  const codes = ['dairy', 'Молочные продукты', 'DAIRY', 'молочные  продукты.'].map(
    (category) => normaliseValues({ ...ROW, category }).category,
  )
  expect(codes).toEqual(['dairy', 'dairy', 'dairy', 'dairy'])
})

it('litres and kilograms become whole millilitres and grams', () => {
  expect(normaliseValues({ ...ROW, size: '0,93', unit: 'л' })).toMatchObject({
    size: '930',
    unit: 'ml',
  })
  expect(normaliseValues({ ...ROW, size: '1.005', unit: 'Кг.' })).toMatchObject({
    size: '1005',
    unit: 'g',
  })
})

it('what is not understood is sent as it is, so that the server can name it', () => {
  const row = { ...ROW, category: 'ерунда', size: '1,5', unit: 'шт' }
  expect(normaliseValues(row)).toMatchObject({ category: 'ерунда', size: '1,5', unit: 'piece' })
  expect(normaliseValues({ ...ROW, size: '2', unit: 'ведро' })).toMatchObject({ unit: 'ведро' })
})
