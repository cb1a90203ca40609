import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { OperatorReceipt } from '#schema/operator'
import type { Store } from '#schema/partner'
import type { Receipt } from '#schema/receipt'
import type { NewPartnerKey, SalesOverview, SalesResult } from '#schema/sale'
import type { Posting } from '#schema/wallet'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { tellReturns } from '../src/composition/returns.ts'
import { type Caller, callerOf, good, signInOperator } from './actors.ts'
import { newTenant, type Tenant } from './control-world.ts'
import { eventually, scan, settings, walletOf } from './journey-steps.ts'
import {
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  turn,
  world,
} from './market-world.ts'

/** A retailer tells of goods that came back: what they had earned goes back, in whichever order. */

const MILK = { name: 'Молоко 1 л', priceMinor: 60_000 }
const BREAD = { name: 'Хлеб', priceMinor: 40_000 }
let admin: Caller
let feeder: Tenant
let other: Tenant
let system: Caller
let stranger: Caller
const FOREIGN_TILL = '0000000001077777'
let numbers = 0

beforeAll(async () => {
  const reward = { code: 'percent', args: { rateBps: 1_000 } } as const
  const offer = offerVersion('off_fedback0001', { reward })
  await publish([{ offer, budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  admin = await signInOperator(world, 'admin')
  const chain = CHAINS.find(({ id }) => id === 'berezka')
  feeder = await newTenant(world, admin, { name: 'Берёзка', taxNumber: chain?.taxNumber ?? '' })
  other = await newTenant(world, admin, { name: 'Заря' })
  system = await keyOf(feeder)
  stranger = await keyOf(other)
  const own = chain?.stores.flatMap(({ tills }) => tills.map(({ registration }) => registration))
  await addTills(feeder, own ?? [])
  await addTills(other, [FOREIGN_TILL])
  await publish([{ offer: offerVersion('off_fedback0002', { reward }), budgetMinor: 10_000_000 }])
}, 60_000)

async function keyOf(tenant: Tenant): Promise<Caller> {
  const path = `/v1/partners/${tenant.id}/keys`
  const { secret } = await good<NewPartnerKey>(
    await tenant.owner.call('POST', path, { name: 'Касса' }),
  )
  return callerOf(world, secret)
}

/** A shop of a tenant with these tills. */
async function addTills(tenant: Tenant, registrations: readonly string[]): Promise<void> {
  const at = `/v1/partners/${tenant.id}/stores`
  const place = { name: 'На углу', city: 'Тверь', address: 'ул. Зари, 1' }
  const { id } = await good<Store>(await tenant.owner.call('POST', at, place))
  for (const registration of registrations) {
    const till = { registration, fiscalDrive: '' }
    await good(await tenant.owner.call('POST', `${at}/${id}/tills`, till))
  }
}

type Goods = { name: string; priceMinor: number }
type Row = Record<string, unknown> & { till: string; number: string }

/** A paper as its shop's own system tells it. */
function rowOf(paper: Issued, changes: Record<string, unknown> = {}): Row {
  numbers += 1
  const { time, totalMinor, kind } = paper.scan
  const lines = paper.lines.map(({ name, priceMinor, quantityMilli, sumMinor }) => ({
    ...{ name, priceMinor, sumMinor, quantityMicro: quantityMilli * 1_000 },
  }))
  const operation = kind === 2 ? 'return' : 'sale'
  const till = paper.tillRegistration
  return { till, number: `n${numbers}`, time, totalMinor, operation, lines, ...changes }
}

const fiscalOf = ({ scan: { fn, i, fp } }: Issued) => ({ fn, fd: i, fp })

const feed = async (...sales: unknown[]) =>
  good<SalesResult>(await system.call('POST', `/v1/partners/${feeder.id}/sales`, { sales }))

const HOUR_MS = 3_600_000
let minutes = 0

/** Each paper has a minute of its own: the same total of a till twice in one is nobody's. */
function minuteOf(hoursAgo: number): string {
  minutes += 1
  const moscow = Date.now() + (3 - hoursAgo) * HOUR_MS + minutes * 60_000
  return new Date(moscow).toISOString().slice(0, 16)
}

const sell = (lines: readonly Goods[] = [MILK, BREAD]) => issueOne({ lines, time: minuteOf(10) })
const takeBack = ({ chain, scan }: Issued, lines: readonly Goods[]) =>
  issueOne({ chain, fiscalDrive: scan.fn, lines, kind: 2, time: minuteOf(5) })

const available = async (shopper: Caller) => (await walletOf(shopper)).availableMinor
const read = async (shopper: Caller, { id }: Receipt) =>
  good<Receipt>(await shopper.call('GET', `/v1/receipts/${id}`))

describe('a fed return takes back what its lines had earned', () => {
  test('after the scan, once, and tells nobody whether there was one', async () => {
    const paper = await sell()
    const shopper = await newShopper()
    const credited = await scan(shopper, paper.qr)
    expect(await available(shopper)).toBe(10_000)
    const sold = rowOf(paper)
    const back = rowOf(await takeBack(paper, [BREAD]), { saleNumber: sold.number })
    const answer = await feed(sold, back)
    expect(answer).toMatchObject({ accepted: 2, refused: [], returns: [{ outcome: 'tied' }] })
    expect(await available(shopper)).toBe(6_000)
    const seen = await read(shopper, credited)
    expect(seen).toMatchObject({ state: 'credited', rewardMinor: 10_000, returnedMinor: 4_000 })
    const shown = await good<OperatorReceipt>(
      await admin.call('GET', `/v1/operator/receipts/${credited.id}`),
    )
    expect(shown.returns).toMatchObject([
      { receiptId: null, totalMinor: 40_000, takenMinor: 4_000 },
    ])
    expect(shown.transfers.map(({ code }) => code)).toContain('clawback')
    const history = await good<{ items: Posting[] }>(
      await shopper.call('GET', '/v1/wallet/history'),
    )
    expect(history.items[0]).toMatchObject({ kind: 'clawback', receiptId: credited.id })
    const again = await feed(sold, back)
    expect(again).toMatchObject({ accepted: 0, repeated: 2, returns: [{ outcome: 'tied' }] })
    await tellReturns(env, settings)
    expect(await available(shopper)).toBe(6_000)
    // Kills "a return is corrected into a larger one after it was taken off".
    const larger = await feed({ ...back, totalMinor: 60_000, lines: [lineOf(MILK)] })
    expect(larger.refused).toMatchObject([{ code: 'already_matched' }])
    // Of a sale that nobody has brought the answer is the same.
    const unseen = rowOf(await sell())
    const unseenBack = { ...back, number: 'x1', saleTill: unseen.till, saleNumber: unseen.number }
    expect((await feed(unseen, unseenBack)).returns).toMatchObject([{ outcome: 'tied' }])
  })

  test('before anybody scans the sale: it earns for what is left', async () => {
    const paper = await sell()
    const sold = rowOf(paper)
    await feed(sold, rowOf(await takeBack(paper, [MILK]), { saleNumber: sold.number }))
    const shopper = await newShopper()
    expect(await scan(shopper, paper.qr)).toMatchObject({ state: 'credited', rewardMinor: 4_000 })
    expect(await available(shopper)).toBe(4_000)
  })

  test('before its sale is fed, named by the fiscal numbers of both', async () => {
    const paper = await sell()
    const shopper = await newShopper()
    await scan(shopper, paper.qr)
    const sold = rowOf(paper, { fiscal: fiscalOf(paper) })
    const printed = await takeBack(paper, [BREAD])
    const back = rowOf(printed, { fiscal: fiscalOf(printed), saleNumber: sold.number })
    expect((await feed(back)).returns).toMatchObject([{ outcome: 'waits' }])
    expect(await available(shopper)).toBe(10_000)
    await feed(sold)
    expect(await available(shopper)).toBe(6_000)
    // The shopper brings the paper of the same return: it is known, and takes nothing more.
    const brought = await scan(shopper, printed.qr)
    expect(brought.reason).toMatchObject({ code: 'return_applied', amountMinor: 4_000 })
    expect(await available(shopper)).toBe(6_000)
  })

  test('once, when the shopper has brought its paper, with fiscal numbers or without', async () => {
    for (const isFiscal of [true, false]) {
      const paper = await sell([BREAD, BREAD])
      const shopper = await newShopper()
      await scan(shopper, paper.qr)
      const printed = await takeBack(paper, [BREAD])
      const sold = rowOf(paper)
      const fiscal = isFiscal ? fiscalOf(printed) : null
      const back = rowOf(printed, { fiscal, saleNumber: sold.number })
      await scan(shopper, printed.qr)
      expect(await available(shopper)).toBe(4_000)
      await feed(sold, back)
      expect(await available(shopper)).toBe(4_000)
    }
  })

  test('once, when the paper without fiscal numbers comes after the feed', async () => {
    const paper = await sell([BREAD, BREAD])
    const shopper = await newShopper()
    await scan(shopper, paper.qr)
    const printed = await takeBack(paper, [BREAD])
    const sold = rowOf(paper)
    await feed(sold, rowOf(printed, { saleNumber: sold.number }))
    expect(await available(shopper)).toBe(4_000)
    const brought = await scan(shopper, printed.qr)
    expect(brought.reason).toMatchObject({ code: 'return_applied', amountMinor: 4_000 })
    expect(await available(shopper)).toBe(4_000)
  })

  test('by the clock, when nobody could be told at once', async () => {
    const paper = await sell()
    const sold = rowOf(paper)
    await feed(sold, rowOf(await takeBack(paper, [BREAD]), { saleNumber: sold.number }))
    const shopper = await newShopper()
    await scan(shopper, paper.qr)
    await env.DB.prepare('UPDATE sales SET to_tell_at = time WHERE sale_number = ?')
      .bind(sold.number)
      .run()
    await tellReturns(env, settings)
    expect(await available(shopper)).toBe(6_000)
    const left = await env.DB.prepare('SELECT 1 FROM sales WHERE to_tell_at IS NOT NULL').first()
    expect(left).toBeNull()
  })
})

const lineOf = ({ name, priceMinor }: Goods) => ({
  ...{ name, priceMinor, sumMinor: priceMinor, quantityMicro: 1_000_000 },
})

describe('a row of a return is refused by its reason', () => {
  test('when it names too much, the wrong sale, or a till of somebody else', async () => {
    const paper = await sell([BREAD])
    const sold = rowOf(paper)
    const printed = await takeBack(paper, [BREAD])
    const back = (changes: Record<string, unknown>) =>
      rowOf(printed, { saleNumber: sold.number, ...changes })
    const milk = { totalMinor: MILK.priceMinor, lines: [lineOf(MILK)] }
    const rows = [
      sold,
      back({}),
      back({}),
      back(milk),
      back({ time: minuteOf(34) }),
      back({ saleTill: '0000000001088888' }),
      back({ saleNumber: null, saleTill: sold.till }),
      back({ operation: 'sale' }),
      back({ saleNumber: 'never sold' }),
      back({ saleNumber: null }),
    ]
    const { refused, returns, accepted } = await feed(...rows)
    expect(refused.map(({ row, path, code }) => [row, path, code])).toEqual([
      [2, '', 'more_than_sold'],
      [3, '', 'more_than_sold'],
      [4, '', 'not_after_its_sale'],
      [5, 'saleTill', 'till_unknown'],
      [6, 'saleNumber', 'invalid'],
      [7, 'saleNumber', 'sale_named_by_a_sale'],
    ])
    expect(returns.map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'tied'],
      [8, 'waits'],
      [9, 'unnamed'],
    ])
    expect(accepted).toBe(4)
  })

  test('when somebody else’s key or till feeds it, and nothing is taken', async () => {
    const paper = await sell()
    const shopper = await newShopper()
    await scan(shopper, paper.qr)
    const sold = rowOf(paper, { fiscal: fiscalOf(paper) })
    const back = rowOf(await takeBack(paper, [BREAD]), { saleNumber: sold.number })
    const at = `/v1/partners/${other.id}/sales`
    const foreign = await good<SalesResult>(
      await stranger.call('POST', at, { sales: [sold, back] }),
    )
    expect(foreign.refused.map(({ code }) => code)).toEqual(['till_unknown', 'till_unknown'])
    // With a till of its own it may invent their numbers, and still is not who sold them.
    const invented = [sold, back].map((row) => ({ ...row, till: FOREIGN_TILL }))
    const taken = await good<SalesResult>(await stranger.call('POST', at, { sales: invented }))
    expect(taken).toMatchObject({ accepted: 2, refused: [], returns: [{ outcome: 'tied' }] })
    expect(await available(shopper)).toBe(10_000)
  })

  test('and the dry run says the same and takes nothing', async () => {
    const paper = await sell()
    const shopper = await newShopper()
    await scan(shopper, paper.qr)
    const sold = rowOf(paper)
    const back = rowOf(await takeBack(paper, [BREAD]), { saleNumber: sold.number })
    const body = { dryRun: true, sales: [sold, back] }
    const path = `/v1/partners/${feeder.id}/sales`
    const checked = await good<SalesResult>(await system.call('POST', path, body))
    expect(checked).toMatchObject({ accepted: 2, returns: [{ outcome: 'tied' }] })
    await tellReturns(env, settings)
    expect(await available(shopper)).toBe(10_000)
  })
})

describe('a return that another wallet brings', () => {
  test('is taken off the sale that its shop names, and tells the bringer nothing', async () => {
    const paper = await sell()
    const [buyer, bringer] = [await newShopper(), await newShopper()]
    await scan(buyer, paper.qr)
    const printed = await takeBack(paper, [BREAD])
    const sold = rowOf(paper)
    const back = rowOf(printed, { fiscal: fiscalOf(printed), saleNumber: sold.number })
    const brought = await scan(bringer, printed.qr)
    // One carton of many: nobody is guessed to have bought it.
    expect(await available(buyer)).toBe(10_000)
    await feed(sold, back)
    expect(await available(buyer)).toBe(6_000)
    const after = await read(bringer, brought)
    expect(after).toEqual(brought)
    expect(after.reason).toEqual({ code: 'return_unmatched' })
    expect(await walletOf(bringer)).toMatchObject({ availableMinor: 0, owedMinor: 0 })
  })

  test('after the feed neither takes anything of the bringer’s own', async () => {
    const [paper, own] = [await sell([BREAD]), await sell([BREAD])]
    const [buyer, bringer] = [await newShopper(), await newShopper()]
    await scan(buyer, paper.qr)
    await scan(bringer, own.qr)
    const printed = await takeBack(paper, [BREAD])
    const sold = rowOf(paper)
    await feed(sold, rowOf(printed, { fiscal: fiscalOf(printed), saleNumber: sold.number }))
    const brought = await scan(bringer, printed.qr)
    expect(brought.reason).toEqual({ code: 'return_unmatched' })
    expect([await available(buyer), await available(bringer)]).toEqual([0, 4_000])
  })

  test('without a feed is taken off the one sale of its till that it tells of', async () => {
    const unusual = [
      { name: `Самокат ${Date.now()}`, priceMinor: 70_000 },
      { name: 'Шлем', priceMinor: 30_000 },
    ]
    const paper = await sell(unusual)
    const [buyer, bringer] = [await newShopper(), await newShopper()]
    const sale = await scan(buyer, paper.qr)
    const brought = await scan(bringer, (await takeBack(paper, unusual)).qr)
    const nobody = await scan(bringer, (await takeBack(paper, unusual)).qr)
    // What was taken off somebody's sale looks like what was taken off nobody's.
    for (const seen of [brought, nobody]) {
      expect(seen).toMatchObject({ state: 'no_reward', reason: { code: 'return_unmatched' } })
      expect(seen.timeline.map(({ step }) => step)).toEqual(nobody.timeline.map(({ step }) => step))
    }
    expect(await available(buyer)).toBe(0)
    expect(await read(buyer, sale)).toMatchObject({ returnedMinor: 10_000 })
    expect((await walletOf(bringer)).owedMinor).toBe(0)
  })

  test('is left alone when two sales fit', async () => {
    const goods = [
      { name: `Чайник ${Date.now()}`, priceMinor: 50_000 },
      { name: 'Кружка', priceMinor: 10_000 },
    ]
    const paper = await sell(goods)
    const { fn: fiscalDrive } = paper.scan
    const again = { chain: paper.chain, fiscalDrive, lines: goods, time: minuteOf(10) }
    const twin = await issueOne(again)
    const [buyer, second, bringer] = [await newShopper(), await newShopper(), await newShopper()]
    await scan(buyer, paper.qr)
    await scan(second, twin.qr)
    const brought = await scan(bringer, (await takeBack(paper, goods)).qr)
    expect(brought.reason).toEqual({ code: 'return_unmatched' })
    expect([await available(buyer), await available(second)]).toEqual([6_000, 6_000])
  })
})

test('the partner sees how many returns have their sale, and the report subtracts', async () => {
  await eventually(async () => {
    const path = `/v1/partners/${feeder.id}/sales`
    const overview = await good<SalesOverview>(await feeder.owner.call('GET', path))
    expect(overview.returns).toBeGreaterThan(overview.returnsTied)
    expect(overview.returnsTied).toBeGreaterThan(0)
    expect(overview.returnsUnnamed).toBe(1)
    const totals = await env.DB.prepare(
      `SELECT reward_minor AS rewardMinor FROM offer_totals WHERE offer_id = 'off_fedback0002'`,
    ).first<{ rewardMinor: number }>()
    const wallets = await env.DB.prepare(
      `SELECT sum(reward_minor) AS rewardMinor FROM redemptions WHERE offer_id = 'off_fedback0002'`,
    ).first<{ rewardMinor: number }>()
    expect(totals?.rewardMinor).toBe(wallets?.rewardMinor)
    expect(minor(totals?.rewardMinor ?? 0)).toBeGreaterThan(0)
  })
})
