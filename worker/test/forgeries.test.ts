import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import {
  forgetSeenReceipts,
  listSuspicions,
  notePlace,
  noteReceipt,
} from '../src/forgeries/seen-receipts.d1.ts'
import type { SeenPaper } from '../src/forgeries/signals.ts'

const AT = '2026-11-21T16:00:00.000Z'
const PAGE = { after: null, limit: 50 }

beforeEach(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await env.DB.batch(
    ['seen_receipts', 'till_places'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  )
})

const paper = (changed: Partial<SeenPaper>): SeenPaper => ({
  market: 'ru',
  till: '9999078900042237',
  number: 100,
  time: '2026-11-21T18:42',
  totalMinor: 128_450,
  ...changed,
})
const note = (id: string, changed: Partial<SeenPaper>) =>
  noteReceipt(env.DB, id, paper(changed), AT)
const suspected = async () =>
  (await listSuspicions(env.DB, PAGE)).items.map(({ receiptId, reasons }) => [
    receiptId,
    ...reasons.map(({ signal, seen }) => `${signal} ${seen}`),
  ])

test('a document older than those before it in its till is shown with its neighbour', async () => {
  await note('rcp_1', { number: 100, time: '2026-11-20T10:00' })
  await note('rcp_2', { number: 120, time: '2026-11-20T18:00' })
  await note('rcp_3', { number: 110, time: '2026-11-19T12:00' })
  await note('rcp_3', { number: 110, time: '2026-11-19T12:00' })
  expect(await suspected()).toEqual([['rcp_3', 'number_against_time 100 · 2026-11-20T10:00']])
})

test('the fifth till with one total in one minute is shown, no other', async () => {
  for (const till of ['a', 'b', 'c', 'd']) await note(`rcp_${till}`, { till, number: 1 })
  await note('rcp_later', { till: 'e', time: '2026-11-21T18:43' })
  await note('rcp_abroad', { till: 'kz:1', market: 'kz', number: null })
  await note('rcp_fifth', { till: 'f' })
  expect(await suspected()).toEqual([['rcp_fifth', 'same_total_and_minute 4']])
})

test('a till that prints another address within days is shown once', async () => {
  const one = paper({})
  await note('rcp_1', {})
  await notePlace(env.DB, 'rcp_1', one, 'Москва, Лесная, 41', AT)
  await notePlace(env.DB, 'rcp_1', one, 'МОСКВА  ЛЕСНАЯ 41', AT)
  expect(await suspected()).toEqual([])
  const two = paper({ number: 101 })
  await note('rcp_2', { number: 101 })
  const later = '2026-11-22T09:00:00.000Z'
  await notePlace(env.DB, 'rcp_2', two, 'Казань, Баумана, 5', later)
  await notePlace(env.DB, 'rcp_2', two, 'Москва, Лесная, 41', later)
  expect(await suspected()).toEqual([['rcp_2', 'till_in_two_places Москва, Лесная, 41']])
  await forgetSeenReceipts(env.DB, Date.parse(AT) + 63 * 86_400_000)
  expect(await suspected()).toEqual([])
})
