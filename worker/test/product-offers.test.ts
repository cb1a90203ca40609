import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Offer, OfferTarget, ProductOffers } from '#schema/offer'
import { type Caller, good, stranger } from './actors.ts'
import {
  addProduct,
  ask,
  type ControlWorld,
  createControlWorld,
  draftOf,
  fund,
  newAdmin,
  newOffer,
  newTenant,
  type Tenant,
} from './control-world.ts'

/** The barcode of a product leads to the offers that pay for it. */

const KEFIR = { name: 'Кефир «Заря» 1 л', gtin: '4600000000022', brand: 'заря' }
const VODKA = { name: 'Водка 0,5 л', gtin: '4600000000039', brand: 'Заря', category: 'alcohol' }
const RYE = { name: 'Хлеб ржаной', gtin: '4600000000046', brand: 'Колос', category: 'bakery' }

let world: ControlWorld
let admin: Caller
let tenant: Tenant
let kefirId: string

beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
  await fund(tenant, admin, 1_000_000)
  await addProduct(tenant)
  kefirId = (await addProduct(tenant, KEFIR)).id
})

async function live(target: OfferTarget): Promise<Offer> {
  const draft = draftOf(world)
  const offer = await newOffer(tenant, { ...draft, rule: { ...draft.rule, target } })
  return good(
    await tenant.owner.call('POST', `/v1/partners/${tenant.id}/offers/${offer.id}/publish`),
  )
}

const offersOn = async (gtin: string, query = '') =>
  good<ProductOffers>(await stranger(world).call('GET', `/v1/products/${gtin}/offers${query}`))
const idsOn = async (gtin: string) => (await offersOn(gtin)).items.map(({ id }) => id)

describe('a scanned barcode', () => {
  test('names the product and the offers on it, its brand and its category', async () => {
    const onProduct = await live({ code: 'products', args: { productIds: [kefirId] } })
    const onBrand = await live({ code: 'brand', args: { brand: 'Заря' } })
    const onCategory = await live({ code: 'category', args: { category: 'dairy' } })
    await live({ code: 'receipt', args: {} })
    await live({ code: 'category', args: { category: 'sweets' } })
    const { product, items, nextCursor } = await offersOn(KEFIR.gtin)
    expect(product).toEqual({ ...KEFIR, category: 'dairy' })
    const all = [onProduct.id, onBrand.id, onCategory.id].sort()
    expect(items.map(({ id }) => id).sort()).toEqual(all)
    expect(nextCursor).toBeNull()
  })

  test('is answered page by page', async () => {
    const one = await live({ code: 'brand', args: { brand: 'Заря' } })
    const two = await live({ code: 'products', args: { productIds: [kefirId] } })
    const first = await offersOn(KEFIR.gtin, '?limit=1')
    const rest = await offersOn(KEFIR.gtin, `?limit=1&cursor=${first.nextCursor}`)
    expect(rest.nextCursor).toBeNull()
    const seen = [...first.items, ...rest.items].map(({ id }) => id)
    expect(seen.sort()).toEqual([one.id, two.id].sort())
  })

  test('leads to nothing that is paused, and to what was resumed', async () => {
    const offer = await live({ code: 'products', args: { productIds: [kefirId] } })
    const at = `/v1/partners/${tenant.id}/offers/${offer.id}`
    await good(await tenant.owner.call('POST', `${at}/pause`))
    expect(await idsOn(KEFIR.gtin)).toEqual([])
    await good(await tenant.owner.call('POST', `${at}/resume`))
    expect(await idsOn(KEFIR.gtin)).toEqual([offer.id])
  })

  test('that another partner lists too is one product with its brand', async () => {
    const other = await newTenant(world, admin, { taxNumber: '7728168971' })
    world.clock.ms += 1_000
    await addProduct(other, { ...KEFIR, name: 'Kefir', brand: 'Zarya' })
    const offer = await live({ code: 'products', args: { productIds: [kefirId] } })
    expect((await offersOn(KEFIR.gtin)).product?.name).toBe(KEFIR.name)
    expect(await idsOn(KEFIR.gtin)).toEqual([offer.id])
  })

  test('of goods that may not earn is named, and leads to no offer', async () => {
    await addProduct(tenant, VODKA)
    await live({ code: 'brand', args: { brand: 'Заря' } })
    const { product, items } = await offersOn(VODKA.gtin)
    expect(product).toMatchObject({ category: 'alcohol' })
    expect(items).toEqual([])
  })

  test.each(['4600000000053', '2900000000001', '4600000000023'])(
    'that nobody lists, of a shop’s own or with a wrong check digit is nothing: %s',
    async (gtin) => {
      await live({ code: 'category', args: { category: 'dairy' } })
      expect(await offersOn(gtin)).toEqual({ product: null, items: [], nextCursor: null })
    },
  )

  test('that is no number of a product is no address', async () => {
    expect((await ask(stranger(world), 'GET', '/v1/products/abc/offers')).status).toBe(404)
  })
})

test('offers that were shown before barcodes were known are found by them', async () => {
  await addProduct(tenant, RYE)
  await live({ code: 'products', args: { productIds: [kefirId] } })
  await live({ code: 'brand', args: { brand: 'Заря' } })
  await live({ code: 'category', args: { category: 'bakery' } })
  const targets = async () =>
    (await env.DB.prepare('SELECT * FROM offer_card_targets').all()).results
  const known = await targets()
  expect(known).toHaveLength(3)
  await env.DB.prepare('DROP TABLE offer_card_targets').run()
  const [migration] = env.TEST_MIGRATIONS.filter(({ name }) => name.includes('offer_card_targets'))
  for (const query of migration?.queries ?? []) await env.DB.prepare(query).run()
  expect(await targets()).toEqual(known)
})
