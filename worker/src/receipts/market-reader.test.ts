import { expect, test } from 'vitest'
import { minor } from '#schema/money'
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

/** A market of one product, with what the operator's staff have said of lines. */
function marketOf(aliases: { retailerId: string | null; line: string; productId: string }[]) {
  const products = [{ ...COLA, name: 'Кола 1 л', size: 1_000, unit: 'ml' as const }]
  const store: SnapshotStore = {
    put: async () => false,
    get: async () => ({ ...emptySnapshot('ru'), version: 1, productsVersion: 1 }),
    putProducts: async () => false,
    getProducts: async () => ({ version: 1, products, aliases }),
    current: async () => ({ version: 1, productsVersion: 1 }),
  }
  return new MarketReader(store, () => 0).current()
}

test('the operator’s word on a line of excise goods is heard before its barcode', async () => {
  const said = await marketOf([{ retailerId: null, line: LINE.name, productId: COLA.id }])
  const unsaid = await marketOf([])
  const product = { id: COLA.id }
  expect(said.match({ ...LINE, subject: 31 }, null)).toMatchObject({ by: 'alias', product })
  expect(unsaid.match({ ...LINE, subject: 31 }, null)).toMatchObject({ by: 'gtin', product })
  // Of other goods the barcode is the better witness.
  expect(said.match({ ...LINE, subject: 33 }, null)).toMatchObject({ by: 'gtin', product })
})
