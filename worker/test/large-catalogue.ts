import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { MarketCode } from '#schema/market'
import { matchLine } from '../src/matching/match.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'

/** A catalogue of more products than are compiled within a request, published by nobody yet. */

export const PRODUCTS = 5_200
export const AT = '2026-11-22T00:00:00.000Z'

export const idOf = (at: number) => `prd_${String(at).padStart(20, '0')}`

export const snapshots = (market: MarketCode) => createSnapshotStore(env.SNAPSHOTS, env.DB, market)

/** Empties the storage and fills it: all products are those of the first of two partners. */
export async function fillCatalogue(): Promise<void> {
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
  await insertProducts('ptn_one', rows)
}

/** Rows of id, name and, where there is one, GTIN. */
export async function insertProducts(partnerId: string, rows: readonly (readonly string[])[]) {
  await env.DB.prepare(
    `INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key, name_key,
       category, size, unit, created_at)
     SELECT value ->> 0, ?2, coalesce(value ->> 2, ''), coalesce(value ->> 2, ''), value ->> 1, '',
       '', value ->> 0, 'dairy', 0, 'g', ?3 FROM json_each(?1)`,
  )
    .bind(JSON.stringify(rows), partnerId, AT)
    .run()
}

/** The catalogue in force. */
export async function current() {
  const { productsVersion } = await snapshots('ru').current()
  const catalogue = await snapshots('ru').getProducts(productsVersion)
  if (catalogue === null) throw new Error('nothing is published')
  return catalogue
}

/** The product of a line; null when none is accepted. */
export async function idOfLine(name: string) {
  const catalogue = await current()
  const { product, accepted } = matchLine(catalogue.index, { name })
  if (product === null || !accepted) return null
  return (await catalogue.rows([product]))[0]?.id
}

/** How many bases are stored. */
export const bases = async () => {
  const { objects } = await env.SNAPSHOTS.list({ prefix: 'ru/catalogue/' })
  return objects.filter(({ key }) => key.endsWith('/base.json')).length
}
