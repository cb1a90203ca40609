import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { publishInTurn } from '../src/offers/publish-snapshot.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'
import {
  AT,
  bases,
  current,
  fillCatalogue,
  idOf,
  idOfLine,
  insertProducts,
  PRODUCTS,
  snapshots,
} from './large-catalogue.ts'

const publish = () => publishInTurn({ db: env.DB, snapshots, now: Date.now }, 'ru', 'test')

beforeEach(fillCatalogue)

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
    await insertProducts('ptn_one', [['prd_a', 'Сырки Заря изюм 100 г', gtin]])
    await insertProducts('ptn_two', [['prd_b', 'Сырки Заря изюм 100 г', gtin]])
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
    await publishInTurn({ db: env.DB, snapshots: store, now: Date.now }, 'ru', 'test')
    expect(await bases()).toBe(1)
    // The version before, its base's objects and directory, twice; whether the new one is whole.
    expect(reads).toBeGreaterThan(5)
    expect(reads).toBeLessThan(15)
    expect(await idOfLine('моё 5')).toBe(idOf(5))
    expect(await idOfLine(`моё ${ALIASED - 1}`)).toBe(idOf(ALIASED - 1))
    expect(await idOfLine(`моё ${ALIASED}`)).toBeNull()
  })
})
