import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { MarketForgeryRules } from '#schema/forgery'
import { minor } from '#schema/money'
import type { FiscalDocument } from '#schema/receipt'
import {
  forgetSeenReceipts,
  listSuspicions,
  noteClaimants,
  noteReceipt,
  noteVouched,
} from '../src/forgeries/seen-receipts.d1.ts'
import type { SeenPaper } from '../src/forgeries/signals.ts'
import { receiptsOfTill } from '../src/sales/fed-returns.d1.ts'
import { good, signInOperator } from './actors.ts'
import { world } from './market-world.ts'

const AT = '2026-11-21T16:00:00.000Z'
const PAGE = { after: null, limit: 50 }

beforeEach(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await env.DB.batch(
    ['seen_receipts', 'till_places', 'forgery_rules'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  )
})

const DOCUMENT: FiscalDocument = {
  time: '2026-11-21T18:42',
  totalMinor: minor(128_450),
  kind: 1,
  sellerName: null,
  sellerTaxNumber: null,
  tillRegistration: null,
  fiscalDrive: null,
  address: null,
  placeName: null,
  lines: [],
}
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
/** As vouched for: the code may have told neither time nor total. */
const vouch = (
  id: string,
  changed: Partial<SeenPaper>,
  told: Partial<FiscalDocument> = {},
  at = AT,
) => {
  const seen = paper(changed)
  const document = { ...DOCUMENT, time: seen.time, ...told }
  return noteVouched(env.DB, id, seen, document, at)
}
const suspected = async () =>
  (await listSuspicions(env.DB, PAGE)).items.map(({ receiptId, reasons }) => [
    receiptId,
    ...reasons.map(({ signal, seen }) => `${signal} ${seen}`),
  ])

test('a document older than those before it in its till is shown with its neighbour', async () => {
  await note('rcp_1', { number: 100 })
  await vouch('rcp_1', { number: 100 }, { time: '2026-11-20T10:00' })
  await note('rcp_2', { number: 120, time: '2026-11-20T18:00' })
  await vouch('rcp_2', { number: 120, time: '2026-11-20T18:00' })
  await note('rcp_3', { number: 110, time: '2026-11-19T12:00' })
  await note('rcp_3', { number: 110, time: '2026-11-19T12:00' })
  expect(await suspected()).toEqual([['rcp_3', 'number_against_time 100 · 2026-11-20T10:00']])
})

test('what nobody has vouched for, or has no number, speaks against no other', async () => {
  await note('rcp_forged', { number: 9_999, time: '2026-01-01T00:00' })
  await note('rcp_1', { number: 100 })
  expect(await suspected()).toEqual([])
  const unnumbered = { till: 'sk:1', number: null }
  await note('rcp_2', { ...unnumbered, time: '2026-11-25T10:00' })
  await vouch('rcp_2', { ...unnumbered, time: '2026-11-25T10:00' })
  await note('rcp_3', { ...unnumbered, number: 7 })
  await vouch('rcp_3', { ...unnumbered, number: 7 })
  await note('rcp_4', { ...unnumbered, time: '2026-11-30T10:00' })
  expect(await suspected()).toEqual([])
})

test('the fifth till with one total in one minute is shown, no other', async () => {
  for (const till of ['a', 'b', 'c', 'd']) await note(`rcp_${till}`, { till, number: 1 })
  await note('rcp_later', { till: 'e', time: '2026-11-21T18:43' })
  await note('rcp_abroad', { till: 'kz:1', market: 'kz', number: null })
  await note('rcp_fifth', { till: 'f' })
  expect(await suspected()).toEqual([['rcp_fifth', 'same_total_and_minute 4']])
})

test('a till that prints another address within days is shown once', async () => {
  await note('rcp_1', {})
  await vouch('rcp_1', {}, { address: 'Москва, Лесная, 41' })
  await vouch('rcp_1', {}, { address: 'МОСКВА  ЛЕСНАЯ 41' })
  expect(await suspected()).toEqual([])
  const two = { number: 101 }
  await note('rcp_2', { number: 101 })
  const later = '2026-11-22T09:00:00.000Z'
  await vouch('rcp_2', two, { address: 'Казань, Баумана, 5' }, later)
  await vouch('rcp_2', two, { address: 'Москва, Лесная, 41' }, later)
  expect(await suspected()).toEqual([['rcp_2', 'till_in_two_places Москва, Лесная, 41']])
  await forgetSeenReceipts(env.DB, Date.parse(AT) + 63 * 86_400_000)
  expect(await suspected()).toEqual([])
})

test('an operator moves a threshold for one market, and the log keeps why', async () => {
  const admin = await signInOperator(world, 'admin')
  const path = '/v1/operator/markets/ru/forgery-rules'
  const rule = { signal: 'same_total_and_minute', points: 45, threshold: 1 } as const
  const change = { ...rule, reason: 'a wave of copies' }
  await good(await admin.call('PUT', path, change))
  const { rules } = await good<MarketForgeryRules>(await admin.call('PUT', path, change))
  expect((await admin.call('PUT', path, { ...change, points: 101 })).status).toBe(400)
  expect((await admin.call('GET', path.replace('/ru/', '/uz/'))).status).toBe(404)
  const { results } = await env.DB.prepare(
    "SELECT subject, detail FROM staff_actions WHERE action = 'market.forgery_rule'",
  ).all()
  expect(results).toEqual([
    { subject: 'ru', detail: 'same_total_and_minute: 40 / 4 → 45 / 1 · a wave of copies' },
  ])
  expect(rules.find(({ signal }) => signal === rule.signal)).toMatchObject({
    ...rule,
    standard: { points: 40, threshold: 4 },
  })
  await note('rcp_a', { till: 'a', number: 1 })
  await note('rcp_b', { till: 'b', number: 1 })
  for (const till of ['kz:a', 'kz:b']) await note(till, { till, market: 'kz', number: null })
  expect(await suspected()).toEqual([['rcp_b', 'same_total_and_minute 1']])
})

test('a return of a till is looked for among receipts of its time and total', async () => {
  const returned = { ...DOCUMENT, kind: 2, time: '2026-11-21T18:42' } as const
  const sold = (id: string, number: number, time: string, totalMinor = 128_450) =>
    note(id, { number, time, totalMinor })
  await sold('rcp_same', 10, '2026-11-21T18:50')
  await sold('rcp_early', 2, '2026-09-22T18:42', 200_000)
  await sold('rcp_old', 1, '2026-09-22T18:41')
  await sold('rcp_later', 20, '2026-11-21T19:03')
  await sold('rcp_smaller', 9, '2026-11-21T12:00', 128_449)
  await note('rcp_elsewhere', { till: '9999078900042238' })
  // Its code tells no total; whoever vouched for it did.
  await sold('rcp_told', 11, '2026-11-21T18:42', 0)
  await vouch('rcp_told', { number: 11 })
  expect(await receiptsOfTill(env.DB, 'ru', paper({}).till, returned)).toEqual([
    'rcp_same',
    'rcp_told',
    'rcp_early',
  ])
})

test('a sale that several retailers feed is shown with all their names, once', async () => {
  const tz: Partial<SeenPaper> = { market: 'tz', till: '', number: null }
  await note('rcp_claimed', tz)
  for (const names of [['Duka'], ['Duka', 'Soko'], ['Duka', 'Soko', 'Bazaar']]) {
    await noteClaimants(env.DB, 'rcp_claimed', paper(tz), names)
  }
  expect(await suspected()).toEqual([['rcp_claimed', 'claimed_by_several Duka · Soko']])
})
