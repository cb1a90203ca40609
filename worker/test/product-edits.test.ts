import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { matchLine } from '../src/matching/match.ts'
import { publishSnapshot } from '../src/offers/publish-snapshot.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'

/** More than are compiled within a request. */
const PRODUCTS = 5_200
const AT = '2026-11-22T00:00:00.000Z'
const snapshots = (market: MarketCode) => createSnapshotStore(env.SNAPSHOTS, env.DB, market)
const publish = () => publishSnapshot({ db: env.DB, snapshots }, 'ru', AT, 'clock')
const idOf = (at: number) => `prd_${String(at).padStart(20, '0')}`

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  for (const id of ['ptn_one', 'ptn_two']) {
    await env.DB.prepare(
      `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name, contact_phone,
         website, words, state, fee_bps, created_at)
       VALUES (?1, ?1, ?1, ?1, 'brand', '', '', '', '', 'active', 0, ?2)`,
    )
      .bind(id, AT)
      .run()
  }
  const rows = Array.from({ length: PRODUCTS }, (_, at) => [
    idOf(at),
    `Товар ${at} сорта ${at % 70}`,
  ])
  await insert('ptn_one', rows)
})

async function insert(partnerId: string, rows: readonly (readonly string[])[]) {
  await env.DB.prepare(
    `INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key, name_key,
       category, size, unit, created_at)
     SELECT value ->> 0, ?2, coalesce(value ->> 2, ''), coalesce(value ->> 2, ''), value ->> 1, '',
       '', value ->> 0, 'dairy', 0, 'g', ?3 FROM json_each(?1)`,
  )
    .bind(JSON.stringify(rows), partnerId, AT)
    .run()
}

async function current() {
  const { productsVersion } = await snapshots('ru').current()
  const catalogue = await snapshots('ru').getProducts(productsVersion)
  if (catalogue === null) throw new Error('nothing is published')
  return catalogue
}

async function idOfLine(name: string) {
  const catalogue = await current()
  const { product, accepted } = matchLine(catalogue.index, { name })
  if (product === null || !accepted) return null
  return (await catalogue.rows([product]))[0]?.id
}

const bases = async () => {
  const { objects } = await env.SNAPSHOTS.list({ prefix: 'ru/catalogue/' })
  return objects.filter(({ key }) => key.endsWith('/base.json')).length
}

const edits = async () =>
  (await env.DB.prepare('SELECT count(*) AS count FROM product_edits').first<{ count: number }>())
    ?.count

describe('editing one product of a large catalogue', () => {
  test('publishes it beside the base, which stays as it is', async () => {
    await publish()
    expect(await edits()).toBe(0)
    expect(await bases()).toBe(1)
    await env.DB.prepare('UPDATE products SET name = ? WHERE id = ?')
      .bind('Пастила Белёвская яблочная 90 г', idOf(77))
      .run()
    await publish()
    expect(await bases()).toBe(1)
    expect(await idOfLine('ПАСТИЛА БЕЛЕВСКАЯ ЯБЛОЧНАЯ 90Г')).toBe(idOf(77))
    expect((await current()).index.products).toBe(PRODUCTS)
  })

  test('writes one row of D1 more, however often it is edited', async () => {
    await publish()
    const edit = env.DB.prepare('UPDATE products SET name = ? WHERE id = ?')
    const first = await edit.bind('Одно', idOf(1)).run()
    const second = await edit.bind('Другое', idOf(1)).run()
    expect(await edits()).toBe(1)
    // The product, its market's count of changes, its row among the edits.
    expect(first.meta.rows_written).toBeLessThanOrEqual(3)
    expect(second.meta.rows_written).toBeLessThanOrEqual(3)
  })

  test('lets another partner stand for a number that it has lost', async () => {
    const gtin = '04600000000015'
    await insert('ptn_one', [['prd_a', 'Сырки Заря изюм 100 г', gtin]])
    await insert('ptn_two', [['prd_b', 'Сырки Заря изюм 100 г', gtin]])
    await publish()
    expect(await (await current()).find('prd_b')).toBeNull()
    await env.DB.prepare(
      `UPDATE products SET gtin = '', gtin_canonical = '' WHERE id = 'prd_a'`,
    ).run()
    await publish()
    expect(await bases()).toBe(1)
    expect(await (await current()).find('prd_b')).toMatchObject({ id: 'prd_b' })
  })

  test('very many products makes a new base and forgets the edits', async () => {
    await publish()
    await env.DB.prepare(`UPDATE products SET name = name || ' новый' WHERE id < ?`)
      .bind(idOf(2_500))
      .run()
    await publish()
    expect(await bases()).toBe(2)
    expect(await edits()).toBe(0)
  })
})

describe('a base that has lost an object', () => {
  const lose = async (end: string) => {
    const { objects } = await env.SNAPSHOTS.list({ prefix: 'ru/catalogue/' })
    const lost = objects.filter(({ key }) => key.endsWith(end)).map(({ key }) => key)
    expect(lost).toHaveLength(1)
    await env.SNAPSHOTS.delete(lost)
  }
  const rename = () =>
    env.DB.prepare('UPDATE products SET name = ? WHERE id = ?')
      .bind('Пастила Белёвская яблочная 90 г', idOf(77))
      .run()

  test.each(['/base.json', '/index-0'])(
    '%s: the clock makes a new one, edit or not',
    async (end) => {
      await publish()
      await lose(end)
      await publish()
      expect((await current()).index.products).toBe(PRODUCTS)
      await rename()
      await publish()
      expect(await idOfLine('ПАСТИЛА БЕЛЕВСКАЯ ЯБЛОЧНАЯ 90Г')).toBe(idOf(77))
    },
  )

  test('while edits wait: the next publication makes a new one with them', async () => {
    await publish()
    await rename()
    await publish()
    await lose('/base.json')
    await env.DB.prepare(`UPDATE products SET name = 'Иное' WHERE id = ?`).bind(idOf(5)).run()
    await publish()
    expect(await idOfLine('ПАСТИЛА БЕЛЕВСКАЯ ЯБЛОЧНАЯ 90Г')).toBe(idOf(77))
    expect(await edits()).toBe(0)
  })
})

describe('many lines that people have matched', () => {
  const ALIASED = 3_000

  test('cost an edit no reads of the base', async () => {
    await env.DB.prepare(
      `INSERT INTO product_aliases (id, retailer_id, line, line_key, product_id, created_by,
         created_at)
       SELECT id, '', 'моё ' || number, 'моё ' || number, id, 'usr', ?2
       FROM (SELECT id, CAST(substr(id, 5) AS INTEGER) AS number FROM products WHERE id < ?1)`,
    )
      .bind(idOf(ALIASED), AT)
      .run()
    await publish()
    await env.DB.prepare(`UPDATE products SET name = 'Иное' WHERE id = ?`).bind(idOf(5)).run()
    let reads = 0
    const counted = new Proxy(env.SNAPSHOTS, {
      get(bucket, name: 'get' | 'head' | 'list') {
        if (['get', 'head', 'list'].includes(name)) reads += 1
        return bucket[name].bind(bucket)
      },
    })
    const store = (market: MarketCode) => createSnapshotStore(counted, env.DB, market)
    await publishSnapshot({ db: env.DB, snapshots: store }, 'ru', AT, 'clock')
    expect(await bases()).toBe(1)
    // The version before, its base's objects and directory, twice; whether the new one is whole.
    expect(reads).toBeGreaterThan(5)
    expect(reads).toBeLessThan(15)
    expect(await idOfLine('моё 5')).toBe(idOf(5))
    expect(await idOfLine(`моё ${ALIASED - 1}`)).toBe(idOf(ALIASED - 1))
    expect(await idOfLine(`моё ${ALIASED}`)).toBeNull()
  })
})
