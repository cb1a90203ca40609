import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { Store } from '#schema/partner'
import type { Photo, PhotoReading } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { NewPartnerKey, SalesResult } from '#schema/sale'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { forgetSales } from '../src/sales/feed.d1.ts'
import { type Caller, callerOf, good, signInOperator } from './actors.ts'
import { ask, newTenant, type Tenant } from './control-world.ts'
import { cellFor, eventually, follow, ringCells, scan, travel, walletOf } from './journey-steps.ts'
import {
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  turn,
  world,
} from './market-world.ts'
import { open } from './photo-steps.ts'

/** A retailer's own sales vouch for papers that nobody else can: once, and for nobody else. */

const TILL = '0000000001099999'
const REWARD = 1_000
let feeder: Tenant
let other: Tenant
let system: Caller
let keyId: string
let numbers = 0

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(REWARD), per: 'receipt' } } as const
  const offer = offerVersion('off_sales000001', { reward })
  // Publishing migrates; the tenants' own edits are published over it.
  await publish([{ offer, budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  const admin = await signInOperator(world, 'admin')
  const chain = CHAINS.find(({ id }) => id === 'berezka')
  feeder = await newTenant(world, admin, { name: 'Берёзка', taxNumber: chain?.taxNumber ?? '' })
  other = await newTenant(world, admin, { name: 'Заря' })
  await addTill(feeder, TILL)
  const key = await good<NewPartnerKey>(
    await feeder.owner.call('POST', `/v1/partners/${feeder.id}/keys`, { name: 'Касса' }),
  )
  keyId = key.id
  system = callerOf(world, key.secret)
  await publish([{ offer: offerVersion('off_sales000002', { reward }), budgetMinor: 1_000_000 }])
}, 60_000)

afterEach(() => {
  vi.useRealTimers()
})

async function addTill(tenant: Tenant, registration: string): Promise<void> {
  const at = `/v1/partners/${tenant.id}/stores`
  const place = { name: 'На углу', city: 'Тверь', address: 'ул. Зари, 1' }
  const { id } = await good<Store>(await tenant.owner.call('POST', at, place))
  const till = { registration, fiscalDrive: '' }
  await good(await tenant.owner.call('POST', `${at}/${id}/tills`, till))
}

/** A row of the feed for a paper of the sandbox's till. */
function saleOf({ scan: { time, totalMinor } }: Issued, changes: Record<string, unknown> = {}) {
  numbers += 1
  const lines = [
    { name: 'Товар', quantityMicro: 1_000_000, priceMinor: totalMinor, sumMinor: totalMinor },
  ]
  return { till: TILL, number: String(numbers), time, totalMinor, lines, ...changes }
}

const feedAs = (caller: Caller, sales: unknown[], partnerId = feeder.id) =>
  caller.call('POST', `/v1/partners/${partnerId}/sales`, { sales })

const feed = async (...sales: unknown[]) => good<SalesResult>(await feedAs(system, sales))

/** What the reader says of a photo without code and fiscal numbers. */
function readingOf({ scan: { time, totalMinor } }: Issued): PhotoReading {
  const field = <Value>(value: Value) => ({
    value,
    certainty: 'plausible' as const,
    corners: [],
    shot: 0,
  })
  const [date = '', minute = ''] = time.split('T')
  return {
    shots: [{ width: 100, height: 100 }],
    risk: [],
    retailer: field('БЕРЕЗКА'),
    taxNumber: null,
    date: field(date),
    time: field(minute),
    totalMinor: field(totalMinor),
    fn: null,
    fd: null,
    fp: null,
    items: [{ name: 'Товар', sumMinor: totalMinor, corners: [], shot: 0 }],
    scan: null,
  }
}

/** A photo whose reading is given; answers it when the sales have been looked through. */
async function photograph(shopper: Caller, paper: Issued): Promise<Photo> {
  const { id } = await good<Photo>(await open(shopper, 4))
  const cell = cellFor(shopper.walletId)
  await cell.photoPart(shopper.walletId, id, 1)
  await cell.completePhoto(shopper.walletId, id)
  await cell.photoRead(id, {
    kind: 'read',
    reading: readingOf(paper),
    reasons: [],
    identity: null,
  })
  return eventually(async () => {
    const photo = await good<Photo>(await shopper.call('GET', `/v1/photos/${id}`))
    if (photo.state === 'reading') throw new Error('still looked through')
    return photo
  })
}

const receiptOf = async (shopper: Caller, { receiptId }: Photo) =>
  follow(shopper, await good<Receipt>(await shopper.call('GET', `/v1/receipts/${receiptId}`)))

const earned = async (shopper: Caller) => (await walletOf(shopper)).availableMinor

describe('a feed', () => {
  test('takes a row once, corrects it, and names each row that it refuses', async () => {
    const paper = await issueOne()
    const sale = saleOf(paper)
    expect(await feed(sale)).toMatchObject({ accepted: 1, repeated: 0, refused: [] })
    expect(await feed(sale)).toMatchObject({ accepted: 0, repeated: 1, refused: [] })
    expect(await feed({ ...sale, operation: 'return' })).toMatchObject({ corrected: 1 })
    const wrong = [
      { ...saleOf(paper), totalMinor: 1 },
      { ...saleOf(paper), till: '0000000001088888' },
      { ...saleOf(paper), time: 'вчера' },
      saleOf(paper),
    ]
    const { accepted, refused } = await feed(...wrong)
    expect(accepted).toBe(1)
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [0, 'lines_do_not_add_up'],
      [1, 'till_unknown'],
      [2, 'invalid'],
    ])
  })

  test('of a till that is somebody else’s is refused, and so is somebody else’s key', async () => {
    const sale = saleOf(await issueOne())
    const foreign = await ask(other.owner, 'POST', `/v1/partners/${other.id}/sales`, {
      sales: [sale],
    })
    expect(foreign.body).toMatchObject({ accepted: 0, refused: [{ code: 'till_unknown' }] })
    expect((await feedAs(system, [sale], other.id)).status).toBe(404)
    expect((await feedAs(other.owner, [sale])).status).toBe(404)
    // A key opens its own routes only.
    expect((await system.call('GET', `/v1/partners/${feeder.id}/sales`)).status).toBe(401)
  })

  test('cannot change what has vouched for a receipt, not even into a return', async () => {
    const paper = await issueOne()
    const sale = saleOf(paper)
    await feed(sale)
    const shopper = await newShopper()
    await receiptOf(shopper, await photograph(shopper, paper))
    const { refused } = await feed({ ...sale, operation: 'return' })
    expect(refused).toMatchObject([{ code: 'already_matched' }])
  })

  test('is closed to a key from the moment it is revoked', async () => {
    const path = `/v1/partners/${feeder.id}/keys`
    const made = await feeder.owner.call('POST', path, { name: 'Вторая' })
    const { id, secret } = await good<NewPartnerKey>(made)
    const second = callerOf(world, secret)
    await good(await feedAs(second, [saleOf(await issueOne())]))
    await feeder.owner.call('DELETE', `${path}/${id}`)
    expect((await feedAs(second, [saleOf(await issueOne())])).status).toBe(401)
    // Kills "revokes whatever id comes": the first key works on.
    expect((await other.owner.call('DELETE', `${path}/${keyId}`)).status).toBe(404)
    expect(await feed(saleOf(await issueOne()))).toMatchObject({ accepted: 1 })
    const text = JSON.stringify(await ask(feeder.owner, 'GET', path))
    expect(text).not.toContain(secret)
  })
})

describe('one purchase is credited once', () => {
  test('the photo first, the code of the same paper after it', async () => {
    const paper = await issueOne()
    await feed(saleOf(paper))
    const [shopper, late] = [await newShopper(), await newShopper()]
    const photo = await photograph(shopper, paper)
    const receipt = await receiptOf(shopper, photo)
    const lines = [{ name: 'Товар' }]
    expect(receipt).toMatchObject({ state: 'credited', rewardMinor: REWARD, lines })
    expect(receipt.timeline.map(({ step }) => step)).toContain('sale_matched')
    // Kills "the fiscal receipt does not ask for its paper".
    expect(await scan(late, paper.qr)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed' },
    })
    expect([await earned(shopper), await earned(late)]).toEqual([REWARD, 0])
    const again = await photograph(late, paper)
    expect(await receiptOf(late, again)).toMatchObject({ state: 'duplicate' })
  })

  test('the code first, the photo after it, by a clock that is three minutes off', async () => {
    const paper = await issueOne()
    const [shopper, late] = [await newShopper(), await newShopper()]
    expect(await scan(shopper, paper.qr)).toMatchObject({ state: 'credited' })
    const ms = Date.parse(`${paper.scan.time}:00Z`) - 3 * 60_000
    // Kills "papers are compared by their minute alone".
    await feed(saleOf(paper, { time: new Date(ms).toISOString().slice(0, 16) }))
    const photo = await photograph(late, paper)
    expect(await receiptOf(late, photo)).toMatchObject({ state: 'duplicate' })
    expect([await earned(shopper), await earned(late)]).toEqual([REWARD, 0])
  })

  test('a sale with fiscal numbers is the receipt of its code', async () => {
    const paper = await issueOne()
    const { fn, i: fd, fp } = paper.scan
    await feed(saleOf(paper, { fiscal: { fn, fd, fp } }))
    const shopper = await newShopper()
    const receipt = await receiptOf(shopper, await photograph(shopper, paper))
    expect(receipt).toMatchObject({ state: 'credited', scan: paper.scan })
    expect((await scan(shopper, paper.qr)).id).toBe(receipt.id)
    expect(await scan(await newShopper(), paper.qr)).toMatchObject({ state: 'duplicate' })
  })
})

describe('a photo without its sale', () => {
  test('takes none while there are more of its total than can be looked through', async () => {
    const paper = await issueOne()
    const shopper = await newShopper()
    const { fn } = paper.scan
    // Two fit, so that it is neither; the second one stands behind all the others.
    const rows = Array.from({ length: 52 }, (_, at) => {
      const name = at === 0 || at === 51 ? 'Товар' : 'Хлеб'
      const [line] = saleOf(paper).lines
      const fiscal = { fn, fd: 900_000 + at, fp: at }
      const number = `full${100 + at}`
      return saleOf(paper, { number, fiscal, lines: [{ ...line, name }] })
    })
    expect(await feed(...rows)).toMatchObject({ accepted: rows.length })
    const photo = await photograph(shopper, paper)
    expect(photo).toMatchObject({ state: 'needs_fields', receiptId: null })
  })

  test('waits for the feed, or for a better reading', async () => {
    const paper = await issueOne()
    const shopper = await newShopper()
    const photo = await photograph(shopper, paper)
    expect(photo).toMatchObject({ state: 'needs_fields', receiptId: null })
    const taxNumber = ''
    const { time, totalMinor } = paper.scan
    const sale = saleOf(paper)
    await feed(sale)
    const path = `/v1/photos/${photo.id}/fields`
    const wrong = { taxNumber, time, totalMinor: totalMinor + 1 }
    await good(await shopper.call('PUT', path, wrong))
    const state = async () =>
      (await good<Photo>(await shopper.call('GET', `/v1/photos/${photo.id}`))).state
    await eventually(async () => expect(await state()).toBe('needs_fields'))
    await good(await shopper.call('PUT', path, { taxNumber, time, totalMinor }))
    await eventually(async () => expect(await state()).toBe('submitted'))
    const later = await issueOne()
    const waiting = await photograph(shopper, later)
    await feed(saleOf(later))
    travel(16 * 60_000)
    await ringCells()
    await eventually(async () => {
      const seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${waiting.id}`))
      expect(seen.state).toBe('submitted')
    })
  })

  test('finds none that is too old for any receipt: the night forgets it', async () => {
    const kept = async () => (await env.DB.prepare('SELECT number FROM sales').all()).results
    await forgetSales(env.DB, Date.now())
    expect(await kept()).not.toEqual([])
    await forgetSales(env.DB, Date.now() + 70 * 86_400_000)
    expect(await kept()).toEqual([])
  })
})
