import { expect, test } from 'vitest'
import { minor } from '#schema/money'
import { buildIndex } from '../matching/index-builder.ts'
import { emptySnapshot, type SnapshotStore } from '../offers/snapshot.ts'
import { MarketReader } from './market-reader.ts'

const COLA = {
  id: 'prd_cola0001',
  gtin: '4600000000015',
  brand: 'Кола',
  category: 'drinks',
} as const
const LINE = {
  name: 'НАПИТОК КОЛА 1Л',
  priceMinor: minor(9_900),
  quantityMicro: 1_000_000,
  sumMinor: minor(9_900),
  gtin: '04600000000015',
}

const ROW = { ...COLA, name: 'Кола 1 л' }
const GTINS = [COLA.gtin, '4600000000022']

type Told = { retailerId: string | null; line: string; productId: string }

/** Catalogues of one product, of which versions rise as they are published. */
function shopOf(aliases: readonly Told[] = []) {
  const published = { version: 1, reads: 0, rowsAsked: [] as (readonly number[])[] }
  const store: SnapshotStore = {
    put: async () => false,
    get: async (version) => ({ ...emptySnapshot('ru'), version, productsVersion: version }),
    putProducts: async () => false,
    hasProducts: async () => true,
    putProductChanges: async () => false,
    changesOfBase: async () => null,
    forgetProducts: async () => {},
    async getProducts(version) {
      published.reads += 1
      const gtin = GTINS[version - 1]
      if (gtin === undefined) return null
      return {
        version,
        index: buildIndex([{ ...ROW, gtin }], aliases),
        async rows(numbers) {
          published.rowsAsked.push(numbers)
          return numbers.map(() => ROW)
        },
        find: async (id) => (id === ROW.id ? ROW : null),
      }
    },
    current: async () => ({ version: published.version, productsVersion: published.version }),
  }
  const clock = { ms: 0 }
  return { published, clock, reader: new MarketReader(store, () => clock.ms) }
}

test('the operator’s word on a line of excise goods is heard before its barcode', async () => {
  const told = [{ retailerId: null, line: LINE.name, productId: COLA.id }]
  const said = await shopOf(told).reader.current()
  const unsaid = await shopOf().reader.current()
  const product = { id: COLA.id }
  const excise = [{ ...LINE, subject: 31 }]
  expect(await said.match(excise, null)).toMatchObject([{ by: 'alias', product }])
  expect(await unsaid.match(excise, null)).toMatchObject([{ by: 'gtin', product }])
  // Of other goods the barcode is the better witness.
  const other = [{ ...LINE, subject: 33 }]
  expect(await said.match(other, null)).toMatchObject([{ by: 'gtin', product }])
})

test('only what a line has found is fetched, and lines keep their order', async () => {
  const { reader, published } = shopOf()
  const market = await reader.current()
  const stranger = { ...LINE, name: 'ПАКЕТ МАЙКА', gtin: null }
  const lines = [stranger, LINE, stranger].map((line) => ({ ...line, subject: 33 }))
  const found = await market.match(lines, null)
  expect(found.map(({ product }) => product?.id ?? null)).toEqual([null, COLA.id, null])
  expect(published.rowsAsked).toEqual([[0]])
})

test('a receipt under way keeps the version it began with; the next one has the new', async () => {
  const { reader, published, clock } = shopOf()
  const before = await reader.current()
  published.version = 2
  clock.ms += 2_000
  const after = await reader.current()
  const lines = [{ ...LINE, name: 'XXXX', subject: 33 }]
  expect(await before.match(lines, null)).toMatchObject([{ certain: true }])
  expect(await after.match(lines, null)).toMatchObject([{ certain: false }])
  expect([before.version, after.version, published.reads]).toEqual([1, 2, 2])
})

test('a catalogue that cannot be read fails its receipts, and is asked for again', async () => {
  const { reader, published, clock } = shopOf()
  await reader.current()
  published.version = 3
  clock.ms += 2_000
  await expect(reader.current()).rejects.toThrow('catalogue 3 does not exist')
  published.version = 2
  expect((await reader.current()).version).toBe(2)
})
