import { describe, expect, it } from 'vitest'
import { productsOf } from './testing/catalogue.ts'
import { matchNamed, namedIndex } from './testing/named.ts'

/** Whether the line is accepted as the first of the named products. */
function accepts(line: string, ...names: readonly string[]): boolean {
  const match = matchNamed(namedIndex(productsOf(names)), { name: line })
  expect(match.productId).toBe('p0')
  return match.accepted
}

const KETCHUP = 'Кетчуп Calve для гриля острый 800 г'

describe('a line that leaves a word of its product unsaid', () => {
  it('is that product as long as nothing of its kind goes without the word', () => {
    expect(accepts('КЕТЧУП CALVE ОСТРЫЙ 800Г', KETCHUP)).toBe(true)
    const alike = 'Кетчуп Heinz острый 800 г'
    expect(accepts('КЕТЧУП CALVE ОСТРЫЙ 800Г', KETCHUP, alike)).toBe(true)
  })

  it('is open when a sibling goes without the word', () => {
    const plain = 'Кетчуп Calve острый 300 г'
    expect(accepts('КЕТЧУП CALVE ОСТРЫЙ 800Г', KETCHUP, plain)).toBe(false)
    expect(accepts('КЕТЧУП CALVE ОСТР.ГРИЛЯ 800Г', KETCHUP, plain)).toBe(true)
  })

  it('is that product when another entry of the very product goes without the word', () => {
    const ids = productsOf([KETCHUP, 'Кетчуп Calve острый 300 г'])
    const index = namedIndex(ids.map((known) => ({ ...known, id: 'same' })))
    expect(matchNamed(index, { name: 'КЕТЧУП CALVE ОСТРЫЙ 800Г' }).accepted).toBe(true)
  })
})

describe('a line that leaves a measure of its product unsaid', () => {
  it('is open without the size, with no sibling at all', () => {
    const name = 'Шоколад Бабаевский горький 90 г'
    expect(accepts('ШОК.БАБАЕВСКИЙ ГОРЬКИЙ', name)).toBe(false)
    expect(accepts('ШОК.БАБАЕВСКИЙ ГОРЬКИЙ 90Г', name)).toBe(true)
    expect(accepts('ШОК.БАБАЕВСКИЙ ГОРЬКИЙ', 'Шоколад Бабаевский горький')).toBe(true)
  })

  it('is open without the size however short the line, and with a count in its place', () => {
    expect(accepts('ШОК.РОССИЯ БЕЛЫЙ', 'Шоколад Россия белый 90 г')).toBe(false)
    const bars = 'Батончик Corny злаковый банан 4 шт 50 г'
    expect(accepts('БАТОНЧИК CORNY ЗЛАКОВЫЙ БАНАН 4ШТ 5', bars)).toBe(false)
    expect(accepts('БАТОНЧИК CORNY ЗЛАКОВЫЙ БАНАН 4ШТ 50', bars)).toBe(true)
  })

  it('is open with one digit of a size that was cut, and not with two', () => {
    const name = 'Йогурт Эпика манго натуральный 130 г'
    expect(accepts('ЙОГУРТ ЭПИКА МАНГО НАТУР.1', name)).toBe(false)
    expect(accepts('ЙОГУРТ ЭПИКА МАНГО НАТУР.13', name)).toBe(true)
  })

  it('is open without the fat only when a sibling has another', () => {
    const name = 'Кефир Вкуснотеево 3,2% 900 г'
    expect(accepts('КЕФИР ВКУСНОТЕЕВО 900Г', name)).toBe(true)
    expect(accepts('КЕФИР ВКУСНОТЕЕВО 900Г', name, 'Кефир Вкуснотеево 1% 450 г')).toBe(false)
  })
})

describe('a line with a word that its product lacks', () => {
  const name = 'Сыр Ламбер полутвердый российский 50% 230 г'
  const line = 'СЫР ЛАМБЕР ПОЛУТВ.РОССИЙСК.ПРЕЗЕНТ 50% 230Г'

  it('is open when a sibling has the word', () => {
    expect(accepts(line, name)).toBe(true)
    expect(accepts(line, name, 'Сыр Ламбер полутвердый российский презент 1 кг')).toBe(false)
  })
})
