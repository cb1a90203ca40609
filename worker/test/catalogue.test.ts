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
    expect(await store.putProducts(1, { aliases, pages: pages() })).toBe(true)
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
    await store.putProducts(1, { aliases: [], pages: pages() })
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
    const few = (name: string) => ({ aliases: [], pages: [[{ ...PRODUCT, name }]] })
    const written = await Promise.all([
      store.putProducts(1, few('Кефир')),
      store.putProducts(1, few('Ряженка')),
    ])
    expect(written.toSorted()).toEqual([false, true])
    const catalogue = await store.getProducts(1)
    const [row] = (await catalogue?.rows([0])) ?? []
    expect(row?.name).toBe(written[0] ? 'Кефир' : 'Ряженка')
    // The directory, one piece of the index, one page of rows.
    expect(await keys()).toHaveLength(3)
    expect(await store.putProducts(1, few('Йогурт'))).toBe(false)
  })

  test('is not there before its last byte is, and goes with all that was written', async () => {
    async function* broken() {
      yield products.slice(0, PRODUCTS_PER_PAGE)
      throw new Error('the database went away')
    }
    await expect(store.putProducts(2, { aliases: [], pages: broken() })).rejects.toThrow()
    expect(await store.hasProducts(2)).toBe(false)
    expect(await store.getProducts(2)).toBeNull()
    expect(await store.putProducts(2, { aliases: [], pages: [[PRODUCT]] })).toBe(true)
    await store.forgetProducts(2)
    expect(await keys()).toEqual([])
  })

  test('refuses products that do not ascend by id: they would never be found', async () => {
    const twice = { aliases: [], pages: [[PRODUCT], [PRODUCT]] }
    await expect(store.putProducts(1, twice)).rejects.toThrow('stands behind')
  })

  test('of which a part is gone fails instead of matching by half', async () => {
    await store.putProducts(1, { aliases: [], pages: [[PRODUCT]] })
    const open = await store.getProducts(1)
    const parts = (await keys()).filter((key) => !key.endsWith('.json'))
    await env.SNAPSHOTS.delete(parts)
    await expect(open?.rows([0])).rejects.toThrow('is gone')
    await expect(openCatalogue(env.SNAPSHOTS, 'ru', 1)).rejects.toThrow('lacks piece 0')
  })
})

const PRODUCT: PublishedProduct = {
  id: 'prd_00000001',
  name: 'Кефир Заря 2,5 % 900 мл',
  gtin: '',
  brand: 'Заря',
  category: 'dairy',
  size: 900,
  unit: 'ml',
}
