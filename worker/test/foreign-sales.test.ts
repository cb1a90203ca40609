import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { printKz } from '#fiscal/print/kz'
import { readCode } from '#fiscal/registry'
import type { Store } from '#schema/partner'
import type { Receipt } from '#schema/receipt'
import type { SalesResult } from '#schema/sale'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { askSaleOfCode } from '../src/sales/vouch-for-code.d1.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { newTenant, type Tenant } from './control-world.ts'
import { eventually, follow, submit } from './journey-steps.ts'
import { newShopper, offerVersion, publish, world } from './market-world.ts'

/**
 * Codes whose operator answers no program are vouched for by the retailer's own sales: by the
 * identity that its till has printed, and by nothing that only looks like it.
 */

const TILL = '010100000777'
const PAGE = 'https://consumer.wofd.kz/'
const TOTAL = 250_000
const OFFER = 'off_soldabroad1'
let retailer: Tenant
let stranger: Tenant
let signs = 4_000_000_000

beforeAll(async () => {
  const offer = { ...offerVersion(OFFER), market: 'kz' as const }
  await publish([{ offer, budgetMinor: 10_000_000 }], 'kz')
  const admin = await signInOperator(world, 'admin')
  const numbers = ['990140001233', '990140002241']
  retailer = await newTenant(world, admin, { market: 'kz', taxNumber: numbers[0] ?? '' })
  stranger = await newTenant(world, admin, { market: 'kz', taxNumber: numbers[1] ?? '' })
  const at = `/v1/partners/${retailer.id}/stores`
  const place = { name: 'На углу', city: 'Алматы', address: 'Абая, 1' }
  const { id } = await good<Store>(await retailer.owner.call('POST', at, place))
  const till = { registration: `kz:${TILL}`, fiscalDrive: '' }
  await good(await retailer.owner.call('POST', `${at}/${id}/tills`, till))
  // Approving partners has published the market anew, without an offer.
  await publish([{ offer, budgetMinor: 10_000_000 }], 'kz')
}, 60_000)

/** A receipt of now under an operator that answers no program. */
function printed(totalMinor = TOTAL) {
  signs += 1
  const time = wallMinuteIn(new Date().toISOString(), 'Asia/Almaty')
  const text = (total = totalMinor) =>
    printKz({
      page: PAGE,
      till: TILL,
      sign: String(signs),
      totalMinor: total,
      time: `${time}:00`,
    })
  return { time, code: text(), edited: text(totalMinor * 9) }
}

const saleOf = ({ time, code }: ReturnType<typeof printed>, changes: object = {}) => ({
  till: `kz:${TILL}`,
  number: String(signs),
  time,
  totalMinor: TOTAL,
  fiscal: { code },
  lines: [{ name: 'Чай', quantityMicro: 1_000_000, priceMinor: TOTAL, sumMinor: TOTAL }],
  ...changes,
})

async function feed(tenant: Tenant, ...sales: object[]): Promise<SalesResult> {
  return good(await tenant.owner.call('POST', `/v1/partners/${tenant.id}/sales`, { sales }))
}

const inKazakhstan = (shopper: Caller, path: string) =>
  shopper.call('GET', path, undefined, { 'x-market': 'kz' })

const scanned = async (shopper: Caller, text: string) =>
  follow(shopper, await submit(shopper, text))

test('a receipt that its retailer has fed is credited with its goods, once', async () => {
  const [first, second] = [await newShopper(), await newShopper()]
  const receipt = printed()
  expect(await feed(retailer, saleOf(receipt))).toMatchObject({ accepted: 1, refused: [] })
  const credited = await scanned(first, receipt.code)
  expect(credited.timeline.map(({ step }) => step)).toContain('sale_matched')
  expect(credited).toMatchObject({
    market: 'kz',
    state: 'credited',
    totalMinor: TOTAL,
    lines: [{ name: 'Чай' }],
  })
  const elsewhere = receipt.code.replace(PAGE, 'http://ofd1.kz/t/')
  expect((await scanned(second, elsewhere)).state).toBe('duplicate')
  const corrected = saleOf(receipt, { operation: 'return' })
  expect((await feed(retailer, corrected)).refused).toMatchObject([{ code: 'already_matched' }])
})

test('a receipt that nobody has fed waits, also beside one that was fed', async () => {
  const shopper = await newShopper()
  const fed = printed()
  await feed(retailer, saleOf(fed))
  const other = printed()
  expect(await scanned(shopper, other.code)).toMatchObject({
    state: 'awaiting_authority',
    reason: { code: 'not_confirmed_yet' },
  })
})

test('an edited total is not what the till has sold', async () => {
  const thief = await newShopper()
  const receipt = printed()
  await feed(retailer, saleOf(receipt))
  const { id } = await submit(thief, receipt.edited)
  await eventually(async () => {
    const seen = await good<Receipt>(await inKazakhstan(thief, `/v1/receipts/${id}`))
    const reason = { code: 'answer_differs' }
    expect(seen).toMatchObject({ state: 'verifying', rewardMinor: 0, reason })
  })
})

test('a row says what its code says, in its market, of its own till', async () => {
  const receipt = printed()
  const rows: [object, string, string][] = [
    [{ fiscal: { code: receipt.edited } }, 'invalid', 'fiscal'],
    [{ fiscal: { code: receipt.code.replace(TILL, '010100000778') } }, 'invalid', 'fiscal'],
    [{ fiscal: { code: 'https://consumer.wofd.kz/' } }, 'invalid', 'fiscal'],
    [{ fiscal: { fn: '9999078900000001', fd: 1, fp: 1 } }, 'invalid', 'fiscal'],
    [{ currency: 'RUB' }, 'invalid', 'currency'],
    [{ till: 'kz:010100000778', fiscal: null }, 'till_unknown', ''],
  ]
  const { accepted, refused } = await feed(
    retailer,
    ...rows.map(([changes], at) => saleOf(receipt, { number: `x${at}`, ...changes })),
  )
  expect(accepted).toBe(0)
  expect(refused.map(({ code, path }) => [code, path])).toEqual(
    rows.map(([, code, path]) => [code, path]),
  )
  expect((await feed(stranger, saleOf(receipt))).refused).toMatchObject([{ code: 'till_unknown' }])
})

const AT = '2026-01-15T12:00:00.000Z'

const codeOf = (text: string) => {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  return read.code
}
const ask = (text: string) => askSaleOfCode(env.DB, codeOf(text), AT)

describe('a code that names its issuer and no till', () => {
  const NUMBERS = { own: '500100144', foreign: '500100152' }

  /** A Portuguese document, as its shop prints it. */
  const portuguese = (number: number, kind = 'FS') =>
    `A:${NUMBERS.own}*B:999999990*C:PT*D:${kind}*E:N*F:20260115*G:${kind} 1/${number}` +
    `*H:JFT9X8WR-${number}*I1:PT*I7:2.00*I8:0.46*N:0.46*O:2.46*Q:abcd*R:1234`

  /** What a feed has kept, whoever let it in. */
  async function kept(partner: keyof typeof NUMBERS, text: string, operation = 'sale') {
    const id = `prt_pt_${partner}`
    const read = readCode(text)
    await env.DB.batch([
      env.DB.prepare(
        `INSERT OR IGNORE INTO partners (id, name, legal_name, tax_number, kind, contact_name,
           contact_phone, website, words, state, fee_bps, created_at, market)
         VALUES (?1, ?1, ?1, ?2, 'retailer', '', '', '', '', 'active', 0, ?3, 'pt')`,
      ).bind(id, NUMBERS[partner], AT),
      env.DB.prepare(
        `INSERT INTO sales (partner_id, till, number, time, total_minor, currency, operation,
           fiscal, lines)
         VALUES (?1, 'loja', ?2, '2026-01-15T14:30', 246, 'EUR', ?3, json_object('identity', ?2),
           '[]')`,
      ).bind(id, read.ok ? read.code.identity : '', operation),
    ])
  }

  test('is vouched for by its issuer alone, and held up by nobody', async () => {
    await kept('foreign', portuguese(1))
    expect(await ask(portuguese(1))).toBeNull()
    await kept('own', portuguese(1))
    const document = { sellerTaxNumber: NUMBERS.own, totalMinor: 246 }
    expect(await ask(portuguese(1))).toMatchObject({ kind: 'authentic', document })
  })

  test('of a credit note is vouched for as the return that it is', async () => {
    await kept('own', portuguese(2, 'NC'), 'return')
    expect(await ask(portuguese(2, 'NC'))).toMatchObject({
      kind: 'authentic',
      document: { kind: 2, totalMinor: 246 },
    })
    // It is noted as taken once it is taken off its sale, and not when its paper is brought.
    const noted = await env.DB.prepare(
      `SELECT count(*) AS count FROM sales
       WHERE partner_id = 'prt_pt_own' AND operation = 'return' AND matched_at IS NOT NULL`,
    ).first('count')
    expect(noted).toBe(0)
    await kept('own', portuguese(3), 'return')
    expect(await ask(portuguese(3))).toEqual({ kind: 'differs', fields: ['operation'] })
  })
})

describe('a code that names neither issuer nor till', () => {
  type Fed = { market: 'hr' | 'tz' | 'gr'; code: string; totalMinor?: number; till?: string }
  const CURRENCIES = { hr: 'EUR', tz: 'TZS', gr: 'EUR' }
  let numbers = 0

  /** A row that somebody’s feed has kept. */
  async function fed(partner: string, { market, code, totalMinor = 12_550, till = 'x' }: Fed) {
    numbers += 1
    const id = `prt_${market}_${partner}`
    await env.DB.batch([
      env.DB.prepare(
        `INSERT OR IGNORE INTO partners (id, name, legal_name, tax_number, kind, contact_name,
           contact_phone, website, words, state, fee_bps, created_at, market)
         VALUES (?1, ?4, ?4, ?2, 'retailer', '', '', '', '', 'active', 0, ?3, ?5)`,
      ).bind(id, String(700_000_000 + id.length * 1_000 + numbers), AT, partner, market),
      env.DB.prepare(
        `INSERT INTO sales (partner_id, till, number, time, total_minor, currency, operation,
           fiscal, lines)
         VALUES (?1, ?2, ?3, '2026-01-15T14:30', ?4, ?5, 'sale', json_object('identity', ?6),
           '[]')`,
      ).bind(...[id, till, String(numbers), totalMinor, CURRENCIES[market]], codeOf(code).identity),
    ])
  }

  const tanzanian = (n: number) => `https://verify.tra.go.tz/E215B42073${n}_143008`
  const croatian = (n: number, total = '125,50') =>
    `https://porezna.gov.hr/rn?zki=985f2b1dc08438b3331fc9b2b22e2d${n}&datv=20260115_1430&izn=${total}`

  test('is vouched for by the one retailer that has fed it, of its own market', async () => {
    await fed('Duka', { market: 'tz', code: tanzanian(11) })
    await fed('Abroad', { market: 'hr', code: tanzanian(12) })
    expect(await ask(tanzanian(11))).toMatchObject({ kind: 'authentic', by: 'sale' })
    expect(await ask(tanzanian(12))).toBeNull()
  })

  test('is paid by neither of two feeds that agree with it: both are named', async () => {
    await fed('Duka', { market: 'tz', code: tanzanian(21) })
    await fed('Soko', { market: 'tz', code: tanzanian(21) })
    const answer = await ask(tanzanian(21))
    expect(answer).toMatchObject({ kind: 'unconfirmed' })
    expect(answer && 'claimedBy' in answer && [...(answer.claimedBy ?? [])].sort()).toEqual([
      'Duka',
      'Soko',
    ])
    await env.DB.prepare(
      "UPDATE partners SET state = 'suspended', suspended_at = ? WHERE id = 'prt_tz_Soko'",
    )
      .bind(AT)
      .run()
    expect(await ask(tanzanian(21))).toMatchObject({ kind: 'authentic' })
  })

  test('is vouched for by a retailer that has fed it under two numbers, as one sale', async () => {
    await fed('Duka', { market: 'tz', code: tanzanian(31) })
    await fed('Duka', { market: 'tz', code: tanzanian(31) })
    const first = await ask(tanzanian(31))
    expect(first).toMatchObject({ kind: 'authentic', document: { totalMinor: 12_550 } })
    expect(await ask(tanzanian(31))).toEqual(first)
    const taken = await env.DB.prepare(
      `SELECT count(*) AS count FROM sales
       WHERE fiscal ->> 'identity' = ? AND matched_at IS NOT NULL`,
    )
      .bind(codeOf(tanzanian(31)).identity)
      .first('count')
    expect(taken).toBe(1)
  })

  test('is paid by neither of two sales of one retailer that differ: both are told', async () => {
    await fed('Duka', { market: 'tz', code: tanzanian(32) })
    await fed('Duka', { market: 'tz', code: tanzanian(32), totalMinor: 99_900 })
    const claimedBy = ['Duka', 'Duka']
    expect(await ask(tanzanian(32))).toEqual({ kind: 'unconfirmed', claimedBy })
  })

  test('is not held up by a stranger’s feed of another total, nor refused by it', async () => {
    await fed('Tudi', { market: 'hr', code: croatian(10), totalMinor: 99_900 })
    expect(await ask(croatian(10))).toBeNull()
    await fed('Konzum', { market: 'hr', code: croatian(10) })
    expect(await ask(croatian(10))).toMatchObject({
      kind: 'authentic',
      document: { totalMinor: 12_550 },
    })
  })

  test('is vouched for at its time and total only', async () => {
    await fed('Konzum', { market: 'hr', code: croatian(20) })
    expect(await ask(croatian(20, '999,00'))).toBeNull()
    expect(await ask(croatian(20).replace('_1430', '_1520'))).toBeNull()
  })

  test('but its device is vouched for by the feed of that device alone', async () => {
    const greek =
      'https://www1.aade.gr/tameiakes/myweb/q1.php?SIG=' +
      'FFG21000174000235756D84CEFB230D95EB5689587A02C1B78D9A99E217125.50'
    for (let stranger = 0; stranger < 25; stranger += 1) {
      await fed('Xenos', { market: 'gr', code: greek, till: 'gr:ABC12345678' })
    }
    expect(await ask(greek)).toBeNull()
    await fed('Agora', { market: 'gr', code: greek, till: 'gr:FFG21000174' })
    expect(await ask(greek)).toMatchObject({ kind: 'authentic' })
  })
})
