import { describe, expect, it } from 'vitest'
import { guessMapping, mapRow } from './csv-columns.ts'

describe('the heads of a file', () => {
  it('are recognised in Russian with punctuation and any case', () => {
    expect(
      guessMapping([
        'Штрих-код',
        'Наименование',
        'Торговая марка',
        'Категория',
        'Объём, мл',
        'Ед. изм.',
      ]),
    ).toEqual({
      gtin: 'Штрих-код',
      name: 'Наименование',
      brand: 'Торговая марка',
      category: 'Категория',
      size: 'Объём, мл',
      unit: 'Ед. изм.',
    })
  })

  it('are never used twice, so that one column cannot fill two', () => {
    const mapping = guessMapping(['name', 'Название для чека'])
    expect(mapping).toEqual({ name: 'name' })
  })

  it('that nobody knows stay unmapped', () => {
    expect(guessMapping(['foo', 'bar'])).toEqual({})
  })
})

describe('a row', () => {
  it('loses the blanks that spreadsheets put into numbers', () => {
    expect(
      mapRow({ Код: ' 460 7025 392408 ', Вес: '1 000' }, { gtin: 'Код', size: 'Вес' }),
    ).toEqual({
      gtin: '4607025392408',
      name: '',
      brand: '',
      category: '',
      size: '1000',
      unit: '',
    })
  })

  it('never carries a cell longer than the contract takes', () => {
    expect(mapRow({ n: 'х'.repeat(900) }, { name: 'n' }).name).toHaveLength(500)
  })
})
