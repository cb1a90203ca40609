import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARGIN_MIN, SCORE_MIN } from './match.ts'
import type { Alias, IndexedProduct } from './product-index.ts'
import { productNames, productsOf } from './testing/catalogue.ts'
import { matchNamed, namedIndex } from './testing/named.ts'
import { seeded } from './testing/random.ts'

function product(id: string, name: string, more: Partial<IndexedProduct> = {}): IndexedProduct {
  return { id, name, gtin: null, brand: null, ...more }
}

const CATALOGUE = [
  product('cream-choc', 'Мороженое РОСТАГРОЭКСПОРТ ГОСТ пломбир шоколадный 15% 100 г'),
  product('cream-van', 'Мороженое РОСТАГРОЭКСПОРТ ГОСТ пломбир ванильный 15% 100 г'),
  product('milk-25', 'Молоко Простоквашино пастеризованное 2,5%, 930 мл', {
    gtin: '4607053473476',
  }),
  product('milk-32', 'Молоко Простоквашино пастеризованное 3,2%, 930 мл'),
  product('milk-32-big', 'Молоко Простоквашино пастеризованное 3,2%, 1,4 л'),
  product('juice-apple', 'Сок Добрый яблоко 1 л'),
  product('tea-25', 'Чай Greenfield Earl Grey 25 пак'),
  product('tea-100', 'Чай Greenfield Earl Grey 100 пак'),
  product('curd', 'Сырок глазированный 45 г', { gtin: '04660043858820' }),
  product('beer', 'Напиток пивной Балтика безалкогольный', { size: { amount: 450, unit: 'ml' } }),
  product('porridge', 'Каша овсяная с малиной 45 г', { brand: 'Быстров' }),
]

const ALIASES: readonly Alias[] = [
  { retailerId: 'magnit', line: 'МОЛ.ПРСТ 930', productId: 'milk-32' },
  { retailerId: null, line: 'МОЛ.ПРСТ 930', productId: 'milk-25' },
  { retailerId: null, line: 'НЕТ ТАКОГО', productId: 'sold-out' },
]

const INDEX = namedIndex(CATALOGUE, ALIASES)

function answer(name: string, more: { gtin?: string; retailerId?: string } = {}) {
  return matchNamed(INDEX, { name, ...more })
}

describe('a line is accepted', () => {
  it.each([
    ['Мор.РОСТ.ГОСТ.пл.шок.15% 100г', 'cream-choc'],
    ['МОЛОКО ПРОСТОКВАШ.2,5% 0,93Л', 'milk-25'],
    ['МОЛОКО ПРОСТОКВ ПАСТ 3,2% 930', 'milk-32'],
    ['MОЛOКО ПPOСTОКBАШИHО ПAСТ.3.2% 1.4Л', 'milk-32-big'],
    ['МЛК ПРСТКВШН ПСТРЗ 2,5% 930МЛ', 'milk-25'],
    ['СОК ДОБРЫЙ ЯБЛ 1Л', 'juice-apple'],
    ['ЧАЙ ГРИНФИЛД EARL GREY 25П', 'tea-25'],
    ['*БЗМЖ МОЛОКО ПРОСТОКВ 2,5% 930МЛ 1/12', 'milk-25'],
    ['МОЛОКОПРОСТОКВ2,5%930МЛ', 'milk-25'],
    ['МОРРОСТ ГОСТ ПЛОМШОК.15% 100г', 'cream-choc'],
  ])('by its name: %s', (line, id) => {
    expect(answer(line)).toMatchObject({ productId: id, accepted: true, by: 'name' })
  })

  it('by its GTIN against any name, in any of its forms', () => {
    for (const gtin of ['4607053473476', '04607053473476']) {
      const match = answer('СОК ДОБРЫЙ ЯБЛ 1Л', { gtin })
      expect(match).toEqual({
        product: expect.any(Number),
        productId: 'milk-25',
        score: 1,
        margin: 1,
        accepted: true,
        by: 'gtin',
      })
    }
  })

  it('by the GTIN that stands before the name', () => {
    expect(answer('4660043858820 СЫРОК')).toMatchObject({ productId: 'curd', by: 'gtin' })
  })

  it('by what a person said of it in this shop before what they said of it anywhere', () => {
    const inShop = answer('мол.прст 930', { retailerId: 'magnit' })
    expect(inShop).toMatchObject({ productId: 'milk-32', accepted: true, by: 'alias' })
    const elsewhere = answer('мол.прст 930', { retailerId: 'lenta' })
    expect(elsewhere).toMatchObject({ productId: 'milk-25', accepted: true, by: 'alias' })
  })

  it('with the help of the size and brand that only their own fields state', () => {
    expect(answer('ПИВО Н/АЛК БАЛТИКА 0,5Л').gate).toBe('size')
    expect(answer('КАША БЫСТРОВ ОВС.МАЛИНА 45Г').productId).toBe('porridge')
    expect(answer('КАША БЫСТРОВ ОВС.МАЛИНА 45Г').accepted).toBe(true)
  })
})

describe('a line is refused', () => {
  it.each([
    ['МОЛОКО ПРОСТОКВ ПАСТ 3,2% 0,5Л', 'size'],
    ['МОЛОКО ПРОСТОКВ ПАСТ 1,5% 930МЛ', 'fat'],
    ['СОК ДОБРЫЙ ВИШНЯ 1Л', 'flavour'],
    ['СОК ДОБРЫЙ ЯБЛ/ГРУША 1Л', 'flavour'],
    ['ЧАЙ GREENFIELD EARL GREY 50П', 'count'],
  ])('when it differs in a fact: %s (%s)', (line, gate) => {
    expect(answer(line)).toMatchObject({ accepted: false, gate })
  })

  it('when pieces times dose happen to be its dose', () => {
    const tablets = namedIndex([product('a', 'Ликопид таблетки 1 мг №10')])
    const match = matchNamed(tablets, { name: 'ЛИКОПИД ТАБ.10МГ №10' })
    expect(match).toMatchObject({ accepted: false, gate: 'size' })
    const yogurts = namedIndex([product('b', 'Йогурт Фруттис 4 шт, 100 г')])
    expect(matchNamed(yogurts, { name: 'ЙОГУРТ ФРУТТИС 400Г' }).accepted).toBe(true)
  })

  it('when its GTIN is another than the product of that name has', () => {
    const match = answer('МОЛОКО ПРОСТОКВ ПАСТ 2,5% 930МЛ', { gtin: '4600605030202' })
    expect(match).toMatchObject({ accepted: false })
  })

  it('when its number is said once and the product has it twice', () => {
    const paper = namedIndex([
      product('a', 'Бумага туалетная Linia Veiro персик 4-слойная 4 рулона'),
    ])
    const match = matchNamed(paper, { name: 'ТУАЛ.БУМАГА LINIA VEIRO ПЕРСИК 4-СЛОЙНАЯ 8РУЛ' })
    expect(match).toMatchObject({ accepted: false, gate: 'count' })
  })

  it('when two products bear the same name: neither is guessed', () => {
    const twins = namedIndex([
      product('a', 'Сок Добрый яблоко 1 л'),
      product('b', 'Сок Добрый яблоко 1 л'),
    ])
    expect(matchNamed(twins, { name: 'Сок Добрый яблоко 1 л' })).toMatchObject({
      accepted: false,
      margin: 0,
    })
  })

  it('when two products share a GTIN, unless the name tells them apart', () => {
    const gtin = '4607053473476'
    const shared = namedIndex([
      product('a', 'Сок Добрый яблоко 1 л', { gtin }),
      product('b', 'Сок Добрый вишня 1 л', { gtin }),
    ])
    expect(matchNamed(shared, { name: 'ТОВАР', gtin }).accepted).toBe(false)
    expect(matchNamed(shared, { name: 'СОК ДОБРЫЙ ВИШ.1Л', gtin }).productId).toBe('b')
  })

  it('when it leaves open a fact in which siblings differ', () => {
    expect(answer('МОЛОКО ПРОСТОКВАШИНО ПАСТЕРИЗ').accepted).toBe(false)
    expect(answer('ЧАЙ GREENFIELD EARL GREY').accepted).toBe(false)
  })

  it('with no candidate at all when nothing in it is known', () => {
    expect(answer('ZZZZ')).toEqual({
      product: null,
      productId: null,
      score: 0,
      margin: 0,
      accepted: false,
      by: 'name',
    })
    expect(answer('').productId).toBeNull()
  })

  it('by an alias whose product has left the catalogue', () => {
    expect(answer('НЕТ ТАКОГО').by).toBe('name')
  })
})

describe('for any input', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ minLength: 9_000, maxLength: 10_000 }),
    fc.stringMatching(/^[а-яА-ЯёA-Z0-9 .,/%*()№-]{0,60}$/),
    fc.constantFrom(
      '👩‍👩‍👧‍👦'.repeat(500),
      '\ud800',
      '\u0000',
      '9'.repeat(10_000),
      'х'.repeat(10_000),
    ),
  )

  it('score and margin are finite shares and nothing is thrown', () => {
    fc.assert(
      fc.property(anyText, anyText, (name, gtin) => {
        const match = matchNamed(INDEX, { name, gtin, retailerId: gtin })
        expect(match.score).toBeGreaterThanOrEqual(0)
        expect(match.score).toBeLessThanOrEqual(1)
        expect(match.margin).toBeGreaterThanOrEqual(0)
        expect(match.margin).toBeLessThanOrEqual(1)
        if (!match.accepted) return
        expect(match.productId).not.toBeNull()
        expect(match.score).toBeGreaterThanOrEqual(SCORE_MIN)
        expect(match.margin).toBeGreaterThanOrEqual(MARGIN_MIN)
      }),
      { numRuns: 300 },
    )
  })

  it('the same line gets the same answer, whatever was asked between', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const before = matchNamed(INDEX, { name: one })
        matchNamed(INDEX, { name: other })
        expect(matchNamed(INDEX, { name: one })).toEqual(before)
      }),
      { numRuns: 100 },
    )
  })

  it('a catalogue of any texts can be built, and of none', () => {
    const catalogue = fc.array(anyText, { maxLength: 8 })
    fc.assert(
      fc.property(catalogue, anyText, (names, line) => {
        const index = namedIndex(productsOf(names), [{ retailerId: null, line, productId: 'p0' }])
        expect(matchNamed(index, { name: line }).score).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
    expect(matchNamed(namedIndex([]), { name: 'СЫР' }).productId).toBeNull()
  })
})

describe('an exact catalogue name', () => {
  const names = productNames(seeded(404), 1500)
  const index = namedIndex(productsOf(names))

  it('finds its own product and no other, in either case', () => {
    fc.assert(
      fc.property(fc.nat(names.length - 1), fc.boolean(), (at, isUpper) => {
        const name = names[at] ?? ''
        const match = matchNamed(index, { name: isUpper ? name.toUpperCase() : name })
        expect(match.productId).toBe(`p${at}`)
        expect(match.score).toBeGreaterThan(isUpper ? 0.9 : 0.99)
      }),
      { numRuns: 500 },
    )
  })
})

it('one piece is no size: the line of a thing need not say it', () => {
  const size = { amount: 1, unit: 'piece' as const }
  const kettle = {
    gtin: null,
    brand: null,
    size,
    id: 'p0',
    name: 'Чайник электрический Лад ЧЭ-17 1,7 л',
  }
  const match = matchNamed(namedIndex([kettle]), { name: 'Чайник эл. Лад ЧЭ-17 1.7л сталь' })
  expect(match).toMatchObject({ productId: 'p0', accepted: true })
})
