import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { askEach } from '../src/cells/ask-each.ts'
import { partnersOf } from '../src/composition/books.d1.ts'

/** An audit that leaves a book out finds money missing that is not, and freezes cells for it. */

const PARTNERS = 1_201

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await env.DB.prepare(
    `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name, contact_phone,
       website, words, state, fee_bps, created_at)
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?)
     SELECT printf('prt_many%06d', n), 'Лавка', 'ООО', printf('%010d', n), 'brand', 'x', 'x', '',
       '', 'active', 0, '2026-01-01T00:00:00.000Z' FROM more`,
  )
    .bind(PARTNERS)
    .run()
})

test('every partner’s book is looked at, however many there are', async () => {
  const ids = (await partnersOf(env)).map(({ id }) => id)
  expect(ids).toHaveLength(PARTNERS)
  expect(new Set(ids).size).toBe(PARTNERS)
})

test('many objects are asked in their order, and few of them at once', async () => {
  let [asked, most] = [0, 0]
  const answers = await askEach(
    Array.from({ length: 120 }, (_, index) => index),
    async (index) => {
      asked += 1
      most = Math.max(most, asked)
      await Promise.resolve()
      asked -= 1
      return index * 2
    },
  )
  expect(answers).toEqual(Array.from({ length: 120 }, (_, index) => index * 2))
  expect(most).toBe(50)
})
