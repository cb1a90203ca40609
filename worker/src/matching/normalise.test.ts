import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseLine, TOKENS_MAX, tokenise } from './normalise.ts'

function texts(raw: string): string[] {
  return tokenise(raw).map((token) => token.text)
}

describe('tokens of a name', () => {
  it('are the same in Latin and Cyrillic look-alikes, upper and lower case, ё and е', () => {
    expect(texts('MОЛОKO ТОПЛЁНОЕ')).toEqual(texts('молоко топленое'))
  })

  it.each([
    ['930МЛ', ['930мл']],
    ['0,93 л', ['930мл']],
    ['0 95л.', ['950мл']],
    ['О,5Л', ['500мл']],
    ['0.45L', ['450мл']],
    ['1кг', ['1000г']],
    ['450 гр.', ['450г']],
    ['МОЛОКО3,2%1Л', ['молоко', '3.2%', '1000мл']],
    ['3,4-4,5%', ['3.4-4.5%']],
    ['25п*2г', ['х25', '2г']],
    ['100Х2Г', ['х100', '2г']],
    ['№10', ['х10']],
    ['х2', ['х2']],
    ['15%', ['15%']],
  ])('read %j as a measure', (raw, expected) => {
    expect(texts(raw)).toEqual(expected)
  })

  it('keep cartons and shop codes out of the way of sizes', () => {
    const kinds = tokenise('КЕФИР 1Л*12 1/12 (503242) /24').map((token) => token.kind)
    expect(kinds).toEqual(['word', 'volume', 'code', 'code', 'code', 'code'])
  })

  it('part words at full stops and mark them as shortened', () => {
    const tokens = tokenise('Мор.пл.шок.15% 100г')
    expect(tokens.map((token) => token.text)).toEqual(['мор', 'пл', 'шок', '15%', '100г'])
    expect(tokens.map((token) => token.isDotted)).toEqual([true, true, true, false, false])
  })

  it('know written abbreviations, and that without is the contrary of with', () => {
    expect(texts('ВОДА Н/ГАЗ')).toEqual(['вода', 'негазированная'])
    expect(texts('КОЛА БЕЗ САХАРА')).toEqual(['кола', 'безсахара'])
  })

  it('part words that only a capital letter parts', () => {
    expect(texts('ПтичьеМолоко')).toEqual(['птичье', 'молоко'])
  })

  it('read digits within a word as the letters that they look like', () => {
    expect(texts('М0ЛОКО ДО6РЫЙ БЕ3Е')).toEqual(['молоко', 'добрый', 'безе'])
    expect(texts('0ТБОРН МАСЛ0')).toEqual(['отборн', 'масло'])
    expect(texts('ЯЙЦО С0')).toEqual(['яйцо', 'с0'])
  })

  it.each(['87191 Бусы', '1) Бусы', '15032. Бусы', '4660043858820 Бусы', '12) 87191: Бусы'])(
    'leave out the code before %j',
    (raw) => {
      expect(texts(raw)).toEqual(['бусы'])
    },
  )

  it('keep a measure that begins the name', () => {
    expect(texts('100гр Кабачки')).toEqual(['100г', 'кабачки'])
    expect(texts('0,75Л СОК')).toEqual(['750мл', 'сок'])
  })

  it('are finite and few for any text whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const tokens = tokenise(raw)
        expect(tokens.length).toBeLessThanOrEqual(TOKENS_MAX)
        for (const token of tokens) {
          expect(token.text).not.toBe('')
          expect(Number.isFinite(token.lo) && Number.isFinite(token.hi)).toBe(true)
        }
      }),
    )
  })
})

describe('the key of an alias', () => {
  it('is one for spellings that differ in case, script, punctuation and units', () => {
    const key = normaliseLine('*Молоко "ПРОСТОКВ." 3,2% 0,93л')
    expect(normaliseLine('12345 MОЛОКО ПРОСТОКВ  3.2%, 930 МЛ')).toBe(key)
  })

  it('differs when a word, a size or a percentage differs', () => {
    const keys = ['МОЛОКО 3,2% 1Л', 'МОЛОКО 2,5% 1Л', 'МОЛОКО 3,2% 2Л', 'КЕФИР 3,2% 1Л']
    expect(new Set(keys.map(normaliseLine)).size).toBe(keys.length)
  })
})
