import { beforeEach, describe, expect, test } from 'vitest'
import type { Alias } from '#schema/operator'
import { aliasKey } from '../src/matching/product-index.ts'
import { type Caller, good, signInOperator, signInPartner } from './actors.ts'
import { rowsOf } from './catalogue-rows.ts'
import {
  addProduct,
  ask,
  type ControlWorld,
  createControlWorld,
  MILK,
  newAdmin,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
let tenant: Tenant
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
})

const products = () => `/v1/partners/${tenant.id}/products`
const snapshotNames = async () => {
  const { productsVersion } = await world.ports.snapshots('ru').current()
  const snapshot = await world.ports.snapshots('ru').getProducts(productsVersion)
  return (await rowsOf(snapshot)).map(({ name }) => name)
}

describe('a product', () => {
  test('is added, changed, archived, and reaches the catalogue snapshot', async () => {
    const product = await addProduct(tenant)
    expect(product).toMatchObject({ ...MILK, archived: false, partnerId: tenant.id })
    const path = `${products()}/${product.id}`
    const changed = await ask(tenant.owner, 'PATCH', path, { name: 'Молоко 3,2 %' })
    expect(changed.body).toMatchObject({ ...MILK, name: 'Молоко 3,2 %' })
    const archived = await ask(tenant.owner, 'PATCH', path, { archived: true })
    expect(archived.body).toMatchObject({ archived: true })
    // Running offers go on recognising it.
    expect(await snapshotNames()).toEqual(['Молоко 3,2 %'])
  })

  test('is refused with a wrong check digit, an in-store number, and twice', async () => {
    const add = (changes: object) => ask(tenant.owner, 'POST', products(), { ...MILK, ...changes })
    const wrong = { status: 400, body: { errors: [{ path: 'gtin', message: 'gtin_invalid' }] } }
    expect(await add({ gtin: '4607025392201' })).toMatchObject(wrong)
    expect(await add({ gtin: '2000000000008' })).toMatchObject(wrong)
    expect((await add({})).status).toBe(201)
    const taken = { status: 409, body: { code: 'taken' } }
    expect(await add({})).toMatchObject(taken)
    // The same number in its 14-digit form, and the same pack without a number.
    expect(await add({ gtin: '04607025392200', name: 'Другое' })).toMatchObject(taken)
    expect((await add({ gtin: '' })).status).toBe(201)
    expect(await add({ gtin: '', name: MILK.name.toUpperCase() })).toMatchObject(taken)
    expect((await add({ gtin: '', category: 'milk' })).status).toBe(400)
  })

  test('of another partner cannot be changed, and may carry the same number', async () => {
    const theirs = await newTenant(world, admin)
    const product = await addProduct(theirs)
    const change = await ask(tenant.owner, 'PATCH', `${products()}/${product.id}`, { size: 1 })
    expect(change.status).toBe(404)
    await addProduct(tenant)
    const viewer = await signInPartner(world, tenant.id, 'viewer')
    expect((await ask(viewer, 'POST', products(), MILK)).status).toBe(403)
    // Receipt lines lead to one of the two.
    expect(await snapshotNames()).toEqual([MILK.name])
  })

  test('is found by name, brand and number, in Russian letters of any case', async () => {
    await addProduct(tenant)
    await addProduct(tenant, { gtin: '', name: 'Ёжики шоколадные', brand: 'Колос' })
    const found = async (q: string) => {
      const path = `${products()}?q=${encodeURIComponent(q)}`
      const { body } = await ask(tenant.owner, 'GET', path)
      return (body.items as { name: string }[]).map((product) => product.name)
    }
    expect(await found('МОЛОКО')).toEqual([MILK.name])
    expect(await found('460702')).toEqual([MILK.name])
    expect(await found('ежики')).toEqual(['Ёжики шоколадные'])
    expect(await found('3,2 %')).toEqual([MILK.name])
    expect(await found('_')).toEqual([])
    expect(await found('')).toHaveLength(2)
    const brands = await ask(tenant.owner, 'GET', '/v1/catalogue/brands?q=ЗАР')
    expect(brands.body.items).toEqual(['Заря'])
    const network = await ask(tenant.owner, 'GET', '/v1/catalogue/products?limit=1')
    expect(network.body.items).toHaveLength(1)
    expect(network.body.nextCursor).toBeTypeOf('string')
  })
})

describe('an import', () => {
  const row = (changes: object = {}) => ({ ...MILK, size: '930', ...changes })
  const send = (rows: object[], dryRun = false) =>
    ask(tenant.owner, 'POST', `${products()}/import`, { dryRun, rows })

  test('finds the same errors in the preview and in earnest, and loads the good rows', async () => {
    const rows = [
      row(),
      row({ gtin: '4607025392201' }),
      row({ gtin: '', name: '', category: '' }),
      row({ gtin: '', name: 'Сыр', category: 'milk', size: '1,5', unit: 'кг' }),
      row({ name: 'Молоко ещё раз' }),
      row({ gtin: '', name: 'Кефир', unit: '', size: '' }),
      row({ gtin: '', name: 'КЕФИР', unit: 'piece', size: '0' }),
      row({ gtin: '', name: 'я'.repeat(201), brand: 'б'.repeat(81) }),
    ]
    const errors = [
      { row: 1, column: 'gtin', code: 'gtin_invalid' },
      { row: 2, column: 'name', code: 'required' },
      { row: 2, column: 'category', code: 'required' },
      { row: 3, column: 'category', code: 'category_unknown' },
      { row: 3, column: 'size', code: 'size_invalid' },
      { row: 3, column: 'unit', code: 'unit_unknown' },
      { row: 4, column: 'gtin', code: 'duplicate' },
      { row: 6, column: 'name', code: 'duplicate' },
      { row: 7, column: 'name', code: 'too_long' },
      { row: 7, column: 'brand', code: 'too_long' },
    ]
    const preview = await send(rows, true)
    expect(preview.body).toEqual({ created: 2, updated: 0, unchanged: 0, errors })
    expect((await ask(tenant.owner, 'GET', products())).body.items).toEqual([])
    expect((await send(rows)).body).toEqual(preview.body)
    expect((await ask(tenant.owner, 'GET', products())).body.items).toHaveLength(2)
  })

  test('repeated changes nothing; a changed row counts, an archived one returns', async () => {
    await send([row(), row({ gtin: '', name: 'Кефир' })])
    expect((await send([row(), row({ gtin: '', name: 'Кефир' })])).body).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    })
    const changed = await send([row({ name: 'Молоко цельное' }), row({ gtin: '', name: 'Сыр' })])
    expect(changed.body).toMatchObject({ created: 1, updated: 1, unchanged: 0 })
    const { body } = await ask(tenant.owner, 'GET', `${products()}?q=цельное`)
    const [milk] = body.items as { id: string }[]
    await ask(tenant.owner, 'PATCH', `${products()}/${milk?.id}`, { archived: true })
    const again = await send([row({ name: 'Молоко цельное' })])
    expect(again.body).toMatchObject({ updated: 1 })
  })

  test('of 500 rows is one batch and more are refused', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => row({ gtin: '', name: `Товар ${at}` }))
    expect((await send(rows)).body).toMatchObject({ created: 500, errors: [] })
    expect((await send([...rows, row()])).status).toBe(400)
    expect((await send([])).status).toBe(400)
    expect((await send([{ ...row(), name: 'я'.repeat(501) }])).status).toBe(400)
  })

  test('touches nothing of another partner', async () => {
    const theirs = await newTenant(world, admin)
    await addProduct(theirs)
    expect((await send([row({ name: 'Чужое' })])).body).toMatchObject({ created: 1 })
    const { body } = await ask(theirs.owner, 'GET', `/v1/partners/${theirs.id}/products`)
    expect(body.items).toMatchObject([{ name: MILK.name }])
    const path = `/v1/partners/${theirs.id}/products/import`
    const foreign = await ask(tenant.owner, 'POST', path, { dryRun: true, rows: [row()] })
    expect(foreign.status).toBe(404)
  })
})

describe('a line matched by hand', () => {
  test('reaches the snapshot, moves to another product, and goes', async () => {
    const milk = await addProduct(tenant)
    const kefir = await addProduct(tenant, { gtin: '', name: 'Кефир' })
    const support = await signInOperator(world, 'support')
    const draft = { retailerId: null, line: 'МОЛ. ЗАРЯ 3,2', productId: milk.id }
    const aliases = '/v1/operator/aliases'
    const alias = await good<Alias>(await support.call('POST', aliases, draft))
    expect(alias).toMatchObject({ ...draft, productName: MILK.name, retailerName: null })
    expect(alias.createdBy).toMatch(/@/)
    const moved = { ...draft, line: 'Мол.  Заря 3,2', productId: kefir.id }
    await good(await support.call('POST', aliases, moved))
    const { productsVersion } = await world.ports.snapshots('ru').current()
    const snapshot = await world.ports.snapshots('ru').getProducts(productsVersion)
    const product = snapshot?.index.byAlias.get(aliasKey(null, 'МОЛ. ЗАРЯ 3,2'))
    expect(await snapshot?.rows([product ?? -1])).toMatchObject([{ id: kefir.id }])
    expect(snapshot?.index.byAlias.size).toBe(1)
    expect((await ask(support, 'DELETE', `${aliases}/${alias.id}`)).status).toBe(204)
    expect((await ask(support, 'DELETE', `${aliases}/${alias.id}`)).status).toBe(404)
    const absent = await ask(support, 'POST', aliases, { ...draft, productId: 'prd_absent0001' })
    expect(absent.status).toBe(404)
    expect((await ask(tenant.owner, 'GET', aliases)).status).toBe(401)
  })
})
