import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#schema/partner'
import type { SalesResult } from '#schema/sale'
import type { Wallet } from '#schema/wallet'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { openAustria, printOne, SERIAL } from './austrian-till.ts'
import { newTenant, type Tenant } from './control-world.ts'
import { follow, submit } from './journey-steps.ts'
import { newShopper, offerVersion, publish, world } from './market-world.ts'

/** An Austrian shop tells of goods that came back, by the codes that its till has printed. */

const TAX_NUMBER = 'ATU12345675'
const TILL = `at:${SERIAL}:KASSE-1`
let shop: Tenant
let numbers = 0

beforeAll(async () => {
  await openAustria()
  const admin = await signInOperator(world, 'admin')
  shop = await newTenant(world, admin, { market: 'at', taxNumber: TAX_NUMBER })
  const at = `/v1/partners/${shop.id}/stores`
  const place = { name: 'Am Eck', city: 'Wien', address: 'Graben 1' }
  const { id } = await good<Store>(await shop.owner.call('POST', at, place))
  const till = { registration: TILL, fiscalDrive: '' }
  await good(await shop.owner.call('POST', `${at}/${id}/tills`, till))
  const reward = { code: 'percent', args: { rateBps: 1_000 } } as const
  const offer = offerVersion('off_backabroad1', { reward, withoutLines: 'earns' })
  await publish([{ offer: { ...offer, market: 'at' as const }, budgetMinor: 100_000 }], 'at')
}, 60_000)

const print = (cents: number) => printOne({ totalsMinor: [cents, 0, 0, 0, 0] })

const BREAD_MINOR = 600
const lineOf = (name: string, sumMinor: number) => ({
  ...{ name, quantityMicro: 1_000_000, priceMinor: sumMinor, sumMinor },
})

/** A printed code as the shop's own system tells it: bread is sold with the milk that comes back. */
function rowOf(code: string, cents: number, changes: object = {}) {
  numbers += 1
  const totalMinor = Math.abs(cents)
  const bread = cents < 0 ? [] : [lineOf('Brot', BREAD_MINOR)]
  return {
    ...{ till: TILL, number: `n${numbers}`, totalMinor, fiscal: { code } },
    time: wallMinuteIn(new Date().toISOString(), 'Europe/Vienna'),
    operation: cents < 0 ? 'return' : 'sale',
    lines: [lineOf('Milch', cents < 0 ? totalMinor : totalMinor - BREAD_MINOR), ...bread],
    ...changes,
  }
}

const feed = async (...sales: object[]) =>
  good<SalesResult>(await shop.owner.call('POST', `/v1/partners/${shop.id}/sales`, { sales }))

const euros = async (shopper: Caller) => {
  const seen = await shopper.call('GET', '/v1/wallet', undefined, { 'x-market': 'at' })
  const { currency, availableMinor, owedMinor } = await good<Wallet>(seen)
  return [currency, availableMinor, owedMinor]
}

const scanned = async (shopper: Caller, code: string) =>
  follow(shopper, await submit(shopper, code))

describe.each([
  ['whose key nobody owns', false],
  ['whose key is its own', true],
])('a return fed by an Austrian shop %s', (_, isOwn) => {
  beforeAll(async () => {
    await env.DB.prepare('UPDATE fiscal_keys SET partner_id = ?')
      .bind(isOwn ? shop.id : null)
      .run()
  })

  test('takes back euros after the scan, once, also when its paper is brought', async () => {
    const shopper = await newShopper()
    const [sold, back] = [await print(1_000), await print(-400)]
    expect(await scanned(shopper, sold)).toMatchObject({ state: 'credited', rewardMinor: 100 })
    const sale = rowOf(sold, 1_000)
    const answer = await feed(sale, rowOf(back, -400, { saleNumber: sale.number }))
    expect(answer).toMatchObject({ accepted: 2, refused: [], returns: [{ outcome: 'tied' }] })
    expect(await euros(shopper)).toEqual(['EUR', 60, 0])
    await scanned(shopper, back)
    expect(await euros(shopper)).toEqual(['EUR', 60, 0])
  })

  test('earns for what is left when it was fed before the scan', async () => {
    const shopper = await newShopper()
    const [sold, back] = [await print(1_000), await print(-400)]
    const sale = rowOf(sold, 1_000)
    await feed(sale, rowOf(back, -400, { saleNumber: sale.number }))
    expect(await scanned(shopper, sold)).toMatchObject({ state: 'credited', rewardMinor: 60 })
    expect(await euros(shopper)).toEqual(['EUR', 60, 0])
  })

  test('brought by another wallet takes nothing of that one’s own', async () => {
    const [buyer, bringer] = [await newShopper(), await newShopper()]
    const [sold, own, back] = [await print(1_000), await print(1_000), await print(-400)]
    await scanned(buyer, sold)
    await scanned(bringer, own)
    const sale = rowOf(sold, 1_000)
    await feed(sale, rowOf(back, -400, { saleNumber: sale.number }))
    await scanned(bringer, back)
    expect([await euros(buyer), await euros(bringer)]).toEqual([
      ['EUR', 60, 0],
      ['EUR', 100, 0],
    ])
  })
})
