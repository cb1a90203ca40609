import { beforeEach, describe, expect, test } from 'vitest'
import type { CellEvent } from '#schema/event'
import type { OfferEstimate, OfferRule } from '#schema/offer'
import type { Product } from '#schema/partner'
import { amount } from '../src/offers/sample.test-data.ts'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { countEvent } from '../src/reports/count-event.d1.ts'
import type { Caller } from './actors.ts'
import {
  addProduct,
  ask,
  type ControlWorld,
  createControlWorld,
  draftOf,
  newAdmin,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
let tenant: Tenant
let milk: Product
let kefir: Product
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
  milk = await addProduct(tenant)
  kefir = await addProduct(tenant, { gtin: '', name: 'Кефир «Заря», 900 г', size: 900, unit: 'g' })
})

const SHOP = 'prt_shop00000001'
const DAY_MS = 86_400_000

type Sold = { id: string; daysAgo?: number; retailerId?: string | null; products?: Product[] }

/** A judged receipt with one pack of each product, 100 ₽ a pack, and 50 ₽ of something unknown. */
function sold({ id, daysAgo = 0, retailerId = SHOP, products = [milk] }: Sold): CellEvent {
  const at = new Date(world.clock.ms).toISOString()
  const purchase = new Date(world.clock.ms - daysAgo * DAY_MS).toISOString()
  const totalMinor = amount(products.length * 10_000 + 5_000)
  return {
    type: 'receipt_judged',
    id: `judged:${id}`,
    at,
    cell: 'cell-0',
    receiptId: `rcp_${id}`,
    walletId: 'wal_secret0001',
    storeName: null,
    retailerId,
    purchasedAt: wallMinuteIn(purchase, 'Europe/Moscow'),
    totalMinor,
    rewardMinor: amount(0),
    baseMinor: totalMinor,
    goods: products.map((product) => ({
      productId: product.id,
      units: 1,
      sumMinor: amount(10_000),
    })),
    lines: [],
    spends: [],
  }
}

/** Counts that many receipts, of which everything else is the same. */
async function sell(count: number, of: Sold): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    expect(await countEvent(world.db, sold({ ...of, id: `${of.id}${at}` }))).toBe(true)
  }
}

async function past(changes: Partial<OfferRule> = {}): Promise<OfferEstimate['past']> {
  const draft = draftOf(world)
  const body = { ...draft, rule: { ...draft.rule, ...changes } }
  const answer = await ask(tenant.owner, 'POST', `/v1/partners/${tenant.id}/offers/preview`, body)
  expect(answer.status).toBe(200)
  return (answer.body.estimate as OfferEstimate).past
}

const listed = (...products: Product[]): OfferRule['target'] => ({
  code: 'products',
  args: { productIds: products.map(({ id }) => id) },
})

describe('the estimate from past sales', () => {
  test('is what the rule would have cost at most, and only from 20 receipts on', async () => {
    await sell(19, { id: 'a' })
    expect(await past()).toBeNull()
    await sell(1, { id: 'b', retailerId: null })
    // 10 % of 20 packs at 100 ₽, and 15 % of that.
    const expected = { days: 28, purchases: 20, rewardMinor: 20_000, feeMinor: 3_000 }
    expect(await past()).toEqual(expected)
    expect(await past({ target: { code: 'brand', args: { brand: 'ЗАРЯ' } } })).toEqual(expected)
    expect(await past({ target: { code: 'category', args: { category: 'dairy' } } })).toEqual(
      expected,
    )
    expect(await past({ target: listed(milk) })).toEqual(expected)
    expect(await past({ target: listed(kefir) })).toBeNull()
    expect(await past({ target: { code: 'category', args: { category: 'pets' } } })).toBeNull()
  })

  test('counts whole receipts for an offer on those, with what was not recognised', async () => {
    await sell(20, { id: 'a' })
    expect(await past({ target: { code: 'receipt', args: {} } })).toMatchObject({
      purchases: 20,
      rewardMinor: 30_000,
    })
  })

  test('is not shown when many purchases are few receipts', async () => {
    await sell(10, { id: 'a', products: [milk, kefir] })
    expect(await past()).toBeNull()
    await sell(10, { id: 'b', products: [milk] })
    expect(await past()).toMatchObject({ purchases: 30, rewardMinor: 30_000 })
  })

  test('looks at the named retailers only', async () => {
    const other = 'prt_other0000001'
    await sell(20, { id: 'a' })
    await sell(21, { id: 'b', retailerId: other })
    await sell(2, { id: 'c', retailerId: null })
    expect(await past({ retailers: [SHOP] })).toMatchObject({ purchases: 20 })
    expect(await past({ retailers: [SHOP, other] })).toMatchObject({ purchases: 41 })
    expect(await past()).toMatchObject({ purchases: 43 })
    const target = { code: 'receipt' as const, args: {} }
    expect(await past({ target, retailers: [other] })).toMatchObject({ purchases: 21 })
    expect(await past({ retailers: ['prt_absent000001'] })).toBeNull()
  })

  test('forgets purchases older than 28 days, by the day on the receipt', async () => {
    await sell(20, { id: 'a', daysAgo: 27 })
    expect(await past()).toMatchObject({ purchases: 20 })
    await sell(20, { id: 'b', daysAgo: 28 })
    expect(await past()).toMatchObject({ purchases: 20 })
  })

  test('counts an event once, however often it comes', async () => {
    await sell(20, { id: 'a' })
    expect(await countEvent(world.db, sold({ id: 'a0' }))).toBe(false)
    expect(await past()).toMatchObject({ purchases: 20 })
  })

  test('finds a pack that two partners list by either of its ids', async () => {
    const rival = await newTenant(world, admin, { name: 'Лавка' })
    const twin = await addProduct(rival)
    await sell(20, { id: 'a' })
    expect(await past({ target: listed(twin) })).toMatchObject({ purchases: 20 })
    expect(await past({ target: listed(twin, milk) })).toMatchObject({ purchases: 20 })
  })

  test('is made of rows that name no shopper and no receipt', async () => {
    await sell(1, { id: 'secret' })
    for (const table of ['product_days', 'retailer_days']) {
      const { results } = await world.db.prepare(`SELECT * FROM ${table}`).all()
      expect(results).toHaveLength(1)
      expect(JSON.stringify(results)).not.toContain('secret')
    }
  })
})
