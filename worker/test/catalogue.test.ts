import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, test } from 'vitest'
import { openCatalogue } from '../src/catalogue/published.r2.ts'
import type { PublishedProduct } from '../src/catalogue/published.ts'
import { buildIndex } from '../src/matching/index-builder.ts'
import { matchLine } from '../src/matching/match.ts'
import { nationalCatalogue, receiptsOf } from '../src/matching/testing/national.ts'
import { seeded } from '../src/matching/testing/random.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'

/** More than one page of rows. */
const PRODUCTS = 20_000
const PRODUCTS_PER_PAGE = 5_000

const random = seeded(5)
const NAMED = nationalCatalogue(random, PRODUCTS)
const LINES = receiptsOf(random, NAMED, 4, 50).flat()

const products: PublishedProduct[] = NAMED.map(({ name }, at) => ({
  id: `prd_${String(at).padStart(8, '0')}`,
  name,
  gtin: '',
  brand: `марка ${at % 700}`,
  category: 'dairy',
  size: 0,
  unit: 'g',
}))

const PRODUCT: PublishedProduct = {
  id: 'prd_00000001',
  name: 'Кефир Заря 2,5 % 900 мл',
  gtin: '',
  brand: 'Заря',
  category: 'dairy',
  size: 900,
  unit: 'ml',
}

async function* pages() {
  for (let from = 0; from < PRODUCTS; from += PRODUCTS_PER_PAGE) {
    yield products.slice(from, from + PRODUCTS_PER_PAGE)
  }
}

const aliases = [{ retailerId: null, line: 'МОЁ ЛЮБИМОЕ', productId: products[17_000]?.id ?? '' }]
const store = createSnapshotStore(env.SNAPSHOTS, env.DB, 'ru')
const keys = async () => (await env.SNAPSHOTS.list({ prefix: 'ru/' })).objects.map(({ key }) => key)

beforeEach(async () => {
  await env.SNAPSHOTS.delete(await keys())
})

describe('a published catalogue', () => {
  test('matches as the one it was made from, and gives the rows of what was found', async () => {
    expect(await store.putProducts(1, { aliases, changes: 0, pages: pages() })).toBe(true)
    const catalogue = await store.getProducts(1)
    const memory = buildIndex(
      products.map((product) => ({ ...product, gtin: null, size: null })),
      aliases,
    )
    const asked = [...LINES, 'МОЁ ЛЮБИМОЕ'].map((name) => ({ name }))
    const found = asked.map((line) => catalogue && matchLine(catalogue.index, line))
    expect(found).toEqual(asked.map((line) => matchLine(memory, line)))
    const numbers = found.flatMap((match) => match?.product ?? [])
    expect(numbers.length).toBeGreaterThan(LINES.length / 2)
    const rows = await catalogue?.rows(numbers)
    expect(rows).toEqual(
      numbers.map((at) => {
        const { id, name, brand, category } = products[at] ?? {}
        return { id, name, brand, category }
      }),
    )
    expect(found.at(-1)).toMatchObject({ by: 'alias', product: 17_000 })
  })

  test('finds a product by its id, and none by another', async () => {
    await store.putProducts(1, { aliases: [], changes: 0, pages: pages() })
    const catalogue = await store.getProducts(1)
    for (const at of [0, 31, 32, 16_383, 16_384, PRODUCTS - 1]) {
      const { id = '', name } = products[at] ?? {}
      expect(await catalogue?.find(id)).toMatchObject({ id, name })
    }
    for (const id of ['', 'prd_', 'prd_00000000x', 'prd_99999999']) {
      expect(await catalogue?.find(id)).toBeNull()
    }
  })

  test('is written once: the second of two writers leaves nothing behind', async () => {
    const few = (name: string) => ({ aliases: [], changes: 0, pages: [[{ ...PRODUCT, name }]] })
    const written = await Promise.all([
      store.putProducts(1, few('Кефир')),
      store.putProducts(1, few('Ряженка')),
    ])
    expect(written.toSorted()).toEqual([false, true])
    const catalogue = await store.getProducts(1)
    const [row] = (await catalogue?.rows([0])) ?? []
    expect(row?.name).toBe(written[0] ? 'Кефир' : 'Ряженка')
    // The version, its base's directory, one piece of the index, one page of rows.
    expect(await keys()).toHaveLength(4)
    expect(await store.putProducts(1, few('Йогурт'))).toBe(false)
  })

  test('is not there before its last byte is, and goes with all that was written', async () => {
    async function* broken() {
      yield products.slice(0, PRODUCTS_PER_PAGE)
      throw new Error('the database went away')
    }
    await expect(
      store.putProducts(2, { aliases: [], changes: 0, pages: broken() }),
    ).rejects.toThrow()
    expect(await store.hasProducts(2)).toBe(false)
    expect(await store.getProducts(2)).toBeNull()
    expect(await store.putProducts(2, { aliases: [], changes: 0, pages: [[PRODUCT]] })).toBe(true)
    await store.putProducts(3, { aliases: [], changes: 0, pages: [[PRODUCT]] })
    await store.forgetProducts(2)
    expect((await keys()).filter((key) => key.startsWith('ru/catalogue/2/'))).toEqual([])
  })

  test('refuses products that do not ascend by id: they would never be found', async () => {
    const twice = { aliases: [], changes: 0, pages: [[PRODUCT], [PRODUCT]] }
    await expect(store.putProducts(1, twice)).rejects.toThrow('stands behind')
  })

  test('of which a part is gone fails instead of matching by half', async () => {
    await store.putProducts(1, { aliases: [], changes: 0, pages: [[PRODUCT]] })
    const open = await store.getProducts(1)
    const parts = (await keys()).filter((key) => !key.endsWith('.json'))
    await env.SNAPSHOTS.delete(parts)
    await expect(open?.rows([0])).rejects.toThrow('is gone')
    await expect(openCatalogue(env.SNAPSHOTS, 'ru', 1, { base: null })).rejects.toThrow(
      'lacks piece 0',
    )
  })
})

describe('what has changed since the base', () => {
  const at = (number: number) => products[number] ?? PRODUCT
  const renamed = { ...at(40), name: 'Сгущёнка Заря варёная 370 г' }
  const added = { ...PRODUCT, id: `${at(7_000).id}a`, name: 'Пастила Белёвская яблочная 90 г' }
  const touched = [at(40).id, at(50).id, added.id]
  const changes = { aliases, touched, products: [renamed, added] }

  test('is matched as in a catalogue made anew, and costs one object', async () => {
    await store.putProducts(1, { aliases, changes: 3, pages: pages() })
    const before = (await keys()).length
    expect(await store.putProductChanges(2, changes)).toBe(true)
    expect(await keys()).toHaveLength(before + 1)
    expect(await store.changesOfBase(2)).toBe(3)
    const catalogue = await store.getProducts(2)
    const now = products
      .flatMap((product) => {
        if (product.id === at(50).id) return []
        return product.id === renamed.id ? [renamed] : [product]
      })
      .concat(added)
      .sort((one, other) => (one.id < other.id ? -1 : 1))
    const memory = buildIndex(
      now.map((product) => ({ ...product, gtin: null, size: null })),
      aliases,
    )
    const names = [
      ...LINES,
      'СГУЩ.ЗАРЯ ВАР.370Г',
      'ПАСТИЛА БЕЛЕВ.ЯБЛ.90Г',
      'МОЁ ЛЮБИМОЕ',
      at(50).name,
    ]
    for (const name of names) {
      const { product, ...verdict } = matchLine(memory, { name })
      const found = catalogue && matchLine(catalogue.index, { name })
      expect({ ...found, product: null }).toEqual({ ...verdict, product: null })
      const number = found?.product ?? null
      const [row] = number === null ? [] : ((await catalogue?.rows([number])) ?? [])
      expect(row?.id).toBe(product === null ? undefined : now[product]?.id)
    }
    expect(await catalogue?.find(renamed.id)).toMatchObject({ name: renamed.name })
    expect(await catalogue?.find(added.id)).toMatchObject({ name: added.name })
    expect(await catalogue?.find(at(50).id)).toBeNull()
  })

  test('grows from version to version and keeps what was changed before', async () => {
    await store.putProducts(1, { aliases: [], changes: 0, pages: pages() })
    await store.putProductChanges(2, { aliases: [], touched: [added.id], products: [added] })
    await store.putProductChanges(3, changes)
    const catalogue = await store.getProducts(3)
    const found = catalogue && matchLine(catalogue.index, { name: added.name })
    expect(found).toMatchObject({ accepted: true })
    expect(catalogue?.index.products).toBe(PRODUCTS)
  })

  test('asks for a new base when more is gone than the base makes up for', async () => {
    await store.putProducts(1, { aliases: [], changes: 0, pages: pages() })
    const gone = products.slice(0, 2_001).map(({ id }) => id)
    const many = { aliases: [], touched: gone, products: [] }
    expect(await store.putProductChanges(2, many)).toBe('full')
    expect(await store.putProductChanges(9, changes)).toBe('full')
  })

  test('a base stays as long as a version stands on it', async () => {
    await store.putProducts(1, { aliases: [], changes: 0, pages: [[PRODUCT]] })
    await store.putProductChanges(2, { aliases: [], touched: [], products: [] })
    await store.putProducts(3, { aliases: [], changes: 0, pages: [[PRODUCT]] })
    await store.forgetProducts(1)
    expect((await store.getProducts(2))?.index.products).toBe(1)
    await store.forgetProducts(2)
    expect(await store.getProducts(2)).toBeNull()
    expect((await keys()).every((key) => key.startsWith('ru/catalogue/3/'))).toBe(true)
  })
})

describe('a version whose base is not whole', () => {
  const few = { aliases: [], changes: 0, pages: [[PRODUCT]] }
  const none = { aliases: [], touched: [], products: [] }

  test.each(['/base.json', '/index-0', '/rows-0'])('lacks %s: a new one is due', async (end) => {
    await store.putProducts(1, few)
    await store.putProductChanges(2, none)
    expect(await store.hasProducts(2)).toBe(true)
    await env.SNAPSHOTS.delete((await keys()).filter((key) => key.endsWith(end)))
    expect(await store.hasProducts(2)).toBe(false)
    expect(await store.changesOfBase(2)).toBeNull()
    expect(await store.putProductChanges(3, none)).toBe('full')
    expect(await store.putProducts(3, few)).toBe(true)
    expect((await store.getProducts(3))?.index.products).toBe(1)
  })

  test('does not come about by forgetting a version whose follower is lost', async () => {
    await store.putProducts(1, few)
    await store.putProductChanges(2, none)
    await store.putProductChanges(3, none)
    await env.SNAPSHOTS.delete('ru/catalogue/2/version.json')
    await store.forgetProducts(1)
    await store.forgetProducts(1)
    expect(await store.hasProducts(1)).toBe(false)
    expect(await store.hasProducts(3)).toBe(true)
    expect((await store.getProducts(3))?.index.products).toBe(1)
  })
})

test('looking up more blocks of rows than an invocation may read asks for a new base', async () => {
  // One product more than 800 blocks of 32 hold, in a block of its own.
  const many = Array.from({ length: 25_601 }, (_, at) => ({
    ...PRODUCT,
    id: `prd_${String(at).padStart(8, '0')}`,
  }))
  await store.putProducts(1, { aliases: [], changes: 0, pages: [many] })
  const firsts = many.filter((_, at) => at % 32 === 0)
  const aliasesOf = (named: readonly PublishedProduct[]) =>
    named.map(({ id }) => ({ retailerId: null, line: `строка ${id}`, productId: id }))
  const changes = { touched: [], products: [] }
  expect(await store.putProductChanges(2, { ...changes, aliases: aliasesOf(firsts) })).toBe('full')
  const fewer = aliasesOf(firsts.slice(1))
  expect(await store.putProductChanges(2, { ...changes, aliases: fewer })).toBe(true)
  // Those are known now: one more is one read.
  expect(await store.putProductChanges(3, { ...changes, aliases: aliasesOf(firsts) })).toBe(true)
})
