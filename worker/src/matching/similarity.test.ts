import { describe, expect, it } from 'vitest'
import { tokenise } from './normalise.ts'
import { edits, lineToken, similarity } from './similarity.ts'
import { termOf } from './vocabulary.ts'

function similar(line: string, product: string, isCut = false): number {
  const [token] = tokenise(line)
  const [term] = tokenise(product)
  if (token === undefined || term === undefined) throw new Error('one token each')
  return similarity(lineToken(token, isCut), termOf(term))
}

describe('a word of a line', () => {
  it.each([
    ['Мор.', 'мороженое'],
    ['пл.', 'пломбир'],
    ['шок.', 'шоколадный'],
    ['ПРОСТОКВ', 'Простоквашино'],
    ['КЛУБНИЧНЫЙ', 'клубника'],
    ['ВИШН', 'вишневый'],
    ['ПРСТКВШН', 'Простоквашино'],
    ['МЛК', 'молоко'],
    ['NESCAFE', 'Нескафе'],
    ['ГРИНФИЛД', 'Greenfield'],
    ['ХАЙНЦ', 'Heinz'],
    ['ЛАВАЦЦА', 'Lavazza'],
    ['ЖИЛЛЕТ', 'Gillette'],
    ['ГРИНФ.', 'Greenfield'],
    ['СМЕТНАА', 'сметана'],
    ['ПИРОЖНОЕ', 'пирожные'],
  ])('%s may stand for %s', (line, product) => {
    expect(similar(line, product)).toBeGreaterThanOrEqual(0.75)
  })

  it.each([
    ['ЛИМОН', 'лимонад'],
    ['СЛИВОЧНЫЙ', 'сливовый'],
    ['ВИШНЯ', 'черешня'],
    ['КЕФИР', 'зефир'],
    ['СЫР', 'сок'],
    ['ЧАЙ', '100г'],
  ])('%s never stands for %s', (line, product) => {
    expect(similar(line, product)).toBe(0)
  })

  it.each([
    ['ИЕКТАР', 'нектар'],
    ['ПИМОН', 'лимон'],
    ['МАИCНЕЗ', 'майонез'],
    ['МOПOКO', 'молоко'],
    ['ДOКТCРСК', 'докторская'],
  ])('%s is %s misread', (line, product) => {
    expect(similar(line, product)).toBeGreaterThanOrEqual(0.75)
  })

  it.each([
    ['ЛИН', 'ДИП'],
    ['НЕКТАР', 'вектор'],
    ['СЛИВ', 'оливковое'],
    ['ИЛСН', 'нпои'],
    ['МОЛОКО', 'полоса'],
    ['ЛАПШАКУРИЦА', 'лапша'],
  ])('%s is not taken for %s', (line, product) => {
    expect(similar(line, product)).toBeLessThan(0.5)
  })

  it("that only begins with the product's word is mostly unknown", () => {
    expect(similar('ЮБИЛЕЙНОЕМОЛОЧ', 'Юбилейное')).toBeLessThan(0.75)
    expect(similar('КОКОСЫ', 'кокос')).toBeGreaterThanOrEqual(0.9)
  })

  it('cut by the till is trusted as a beginning, uncut it is not', () => {
    expect(similar('МО', 'молоко', true)).toBeGreaterThan(similar('МО', 'молоко', false))
  })
})

describe('a number of a line', () => {
  it.each([
    ['930МЛ', '0,93 л', 1],
    ['930', '0,93 л', 0.95],
    ['0,2', '200 мл', 0.95],
    ['3,2', '3,2%', 0.95],
    ['3,4%', '3,4-4,5%', 1],
    ['3,5%', '3,4-4,5%', 0],
    ['450Г', '450 мл', 0.95],
    ['930МЛ', '950 мл', 0],
    ['3,2%', '2,5%', 0],
    ['4-8КГ', '6-11 кг', 0],
    ['20ПАК', '25 пак', 0],
  ])('%s against %s', (line, product, expected) => {
    expect(similar(line, product)).toBeCloseTo(expected)
  })

  it('that ends a cut line may be the first digits of a longer one, and is never sure', () => {
    expect(similar('19', '190 г', true)).toBeGreaterThan(0)
    expect(similar('19', '200 г', true)).toBe(0)
    expect(similar('19', '190 г', true)).toBeGreaterThan(similar('1', '190 г', true))
    expect(similar('100', '100 г', true)).toBeLessThan(1)
  })
})

describe('edits', () => {
  it.each([
    ['сметана', 'сметнаа', 1],
    ['сметана', 'смтана', 1],
    ['сметана', 'сметанна', 1],
    ['сметана', 'смитана', 1],
    ['сметана', 'смтаан', 2],
    ['сметана', 'творог', 3],
  ])('%s → %s, counted up to two', (one, other, expected) => {
    expect(edits(one, other, 2)).toBe(expected)
  })
})
