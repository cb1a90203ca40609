import { beforeEach, describe, expect, test } from 'vitest'
import type { CellEvent } from '#schema/event'
import type { OfferDay, Redemption } from '#schema/offer'
import { amount } from '../src/offers/sample.test-data.ts'
import { rememberUnknownStore } from '../src/partners/unknown-stores.d1.ts'
import { consumeEvents } from '../src/reports/consume.ts'
import { type Caller, signInOperator } from './actors.ts'
import {
  ask,
  type ControlWorld,
  createControlWorld,
  draftOf,
  newAdmin,
  newOffer,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
let tenant: Tenant
let offerId: string
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
  offerId = (await newOffer(tenant, draftOf(world))).id
})

const HALF_DAY_MS = 43_200_000

const at = () => new Date(world.clock.ms).toISOString()

function judged(id: string, changes: object = {}): CellEvent {
  const line = { offerId, partnerId: tenant.id, lineName: 'МОЛОКО', sumMinor: amount(9_999) }
  return {
    type: 'receipt_judged',
    id,
    at: at(),
    cell: 'cell-0',
    receiptId: 'rcp_secret0001',
    walletId: 'wal_secret0001',
    storeName: 'Лавка на Мира',
    retailerId: null,
    purchasedAt: '2026-11-21T18:42',
    totalMinor: amount(30_000),
    rewardMinor: amount(3_000),
    baseMinor: amount(30_000),
    goods: [],
    lines: [
      { ...line, line: 0, rewardMinor: amount(2_000), rule: 'rewarded', limitedBy: 'cap_line' },
      { ...line, line: 1, rewardMinor: amount(1_000), rule: 'rewarded', limitedBy: null },
      { ...line, line: 2, rewardMinor: amount(0), rule: 'before_start', limitedBy: null },
    ],
    spends: [
      {
        offerId,
        partnerId: tenant.id,
        rewardMinor: amount(3_000),
        feeMinor: amount(451),
        fromReservedMinor: amount(0),
      },
    ],
    ...changes,
  }
}

function reserved(id: string, changeMinor: number): CellEvent {
  const change = amount(changeMinor)
  return {
    type: 'reservation_changed',
    id,
    at: at(),
    offerId,
    partnerId: tenant.id,
    changeMinor: change,
  }
}

/** Delivers a batch; answers what became of each message. */
async function deliver(...bodies: unknown[]): Promise<string[]> {
  const fates: string[] = []
  const messages = bodies.map((body) => ({
    body,
    attempts: 1,
    ack: () => void fates.push('done'),
    retry: () => void fates.push('again'),
  }))
  await consumeEvents({ queue: 'events', messages }, { DB: world.db })
  return fates
}

const offerPath = () => `/v1/partners/${tenant.id}/offers/${offerId}`
const rows = async () =>
  (await ask(tenant.owner, 'GET', `${offerPath()}/redemptions`)).body.items as Redemption[]
const days = async (count = 2) =>
  (await ask(tenant.owner, 'GET', `${offerPath()}/days?days=${count}`)).body.items as OfferDay[]

describe('the events of cells', () => {
  test('become rows, newest first, and the fee is split without losing a kopeck', async () => {
    expect(await deliver(judged('judged:1'))).toEqual(['done'])
    const shown = await rows()
    expect(shown.map((row) => [row.rule, row.rewardMinor, row.feeMinor, row.limitedBy])).toEqual([
      ['before_start', 0, 0, null],
      ['rewarded', 1_000, 150, null],
      ['rewarded', 2_000, 301, 'cap_line'],
    ])
    expect(shown[0]).toMatchObject({ storeName: 'Лавка на Мира', lineName: 'МОЛОКО', offerId })
  })

  test('bring the record that the shopper sees: what was seen, what was needed', async () => {
    const record = {
      seen: { kind: 'time', time: '2026-11-21T18:42' },
      needed: { kind: 'time', time: '2026-12-01T00:00' },
      action: 'choose_another_offer',
      holdDays: 0,
    }
    const line = { offerId, partnerId: tenant.id, line: 0, lineName: 'МОЛОКО', limitedBy: null }
    const paid = { ...line, ...record, sumMinor: amount(9_999), rewardMinor: amount(0) }
    await deliver(judged('judged:1', { lines: [{ ...paid, rule: 'before_start' }], spends: [] }))
    expect(await rows()).toMatchObject([record])
    // A cell of the version before said less.
    await deliver(judged('judged:2', { spends: [] }))
    expect((await rows())[0]).toMatchObject({ seen: null, needed: null, action: 'none' })
  })

  test('tell the partner nothing about the shopper', async () => {
    await deliver(judged('judged:rcp_secret0001'))
    const text = JSON.stringify(await rows())
    expect(text).not.toContain('secret')
    const columns = await world.db.prepare('SELECT * FROM redemptions LIMIT 1').first()
    expect(JSON.stringify(columns)).not.toContain('secret')
  })

  test('are counted once, however often and in whatever order they come', async () => {
    const events = [judged('judged:1'), reserved('r:1', 5_000), reserved('r:2', -2_000)]
    await deliver(...events, ...[...events].reverse())
    await Promise.all(events.map((event) => deliver(event)))
    expect(await rows()).toHaveLength(3)
    const { body } = await ask(tenant.owner, 'GET', offerPath())
    expect(body).toMatchObject({
      redemptions: 1,
      money: { spentMinor: 3_000, feeMinor: 451, reservedMinor: 3_000, leftMinor: 93_549 },
    })
    const [, today] = await days()
    expect(today).toMatchObject({
      redemptions: 1,
      refusals: 1,
      rewardMinor: 3_000,
      feeMinor: 451,
      reservedMinor: 5_000,
    })
  })

  test('of a return take off what the day had cost, and reopen a settled offer', async () => {
    const creditedAt = at()
    await deliver(judged('judged:1'))
    const settledAt = 'SELECT settled_at FROM offers WHERE id = ?'
    await world.db.prepare("UPDATE offers SET settled_at = 'x' WHERE id = ?").bind(offerId).run()
    const line = {
      line: 0,
      lineName: 'МОЛОКО',
      sumMinor: amount(9_999),
      rewardMinor: amount(2_000),
    }
    const taken = { rewardMinor: amount(2_000), feeMinor: amount(301), isWhole: false }
    const returned: CellEvent = {
      type: 'receipt_returned',
      id: 'returned:1',
      at: creditedAt,
      cell: 'cell-0',
      receiptId: 'rcp_secret0002',
      saleId: 'rcp_secret0001',
      creditedAt,
      walletId: 'wal_secret0001',
      storeName: 'Лавка на Мира',
      reversals: [{ offerId, partnerId: tenant.id, ...taken, lines: [line] }],
    }
    expect(await deliver(returned, returned)).toEqual(['done', 'done'])
    const [row] = await rows()
    expect(row).toMatchObject({ rule: 'returned', rewardMinor: -2_000, feeMinor: -301 })
    const [, today] = await days()
    expect(today).toMatchObject({ redemptions: 1, rewardMinor: 1_000, feeMinor: 150 })
    expect(await world.db.prepare(settledAt).bind(offerId).first()).toEqual({ settled_at: null })
  })

  test('that are none are dropped and hold up nobody', async () => {
    const payout: CellEvent = {
      type: 'payout_changed',
      id: 'payout:1',
      at: at(),
      cell: 'cell-0',
      payoutId: 'p',
      walletId: 'w',
      amountMinor: amount(1),
      state: 'succeeded',
    }
    expect(await deliver({ nonsense: true }, payout, judged('judged:1'))).toEqual([
      'done',
      'done',
      'done',
    ])
    expect(await rows()).toHaveLength(3)
  })

  test('are delivered again when they could not be written', async () => {
    await world.db.exec('ALTER TABLE redemptions RENAME TO hidden')
    expect(await deliver(judged('judged:1'))).toEqual(['again'])
    await world.db.exec('ALTER TABLE hidden RENAME TO redemptions')
    expect(await deliver(judged('judged:1'))).toEqual(['done'])
    expect(await rows()).toHaveLength(3)
  })

  test('of 1,000 lines are one batch', async () => {
    const { lines } = judged('x') as Extract<CellEvent, { type: 'receipt_judged' }>
    const many = Array.from({ length: 1_000 }, (_, at) => ({ ...lines[0], line: at }))
    expect(await deliver(judged('judged:1', { lines: many }))).toEqual(['done'])
    const { body } = await ask(tenant.owner, 'GET', `${offerPath()}/redemptions?limit=100`)
    expect(body.items).toHaveLength(100)
    expect(body.nextCursor).toBeTypeOf('string')
  })
})

describe('reports', () => {
  test('show every day, empty ones too, by the clock of the market', async () => {
    // 22:30 UTC is half past one of the next day in Moscow. The nearer of two such moments: the
    // owner's second factor opens the reports for half a day.
    const evening = Date.parse(`${at().slice(0, 10)}T22:30:00.000Z`)
    world.clock.ms = evening - world.clock.ms > HALF_DAY_MS ? evening - 2 * HALF_DAY_MS : evening
    const tomorrow = new Date(world.clock.ms + 86_400_000).toISOString().slice(0, 10)
    await deliver(judged('judged:1'))
    const shown = await days(3)
    expect(shown).toHaveLength(3)
    expect(shown.at(-1)).toMatchObject({ day: tomorrow, redemptions: 1 })
    expect(shown[0]).toMatchObject({ redemptions: 0, rewardMinor: 0 })
    expect((await ask(tenant.owner, 'GET', `${offerPath()}/days`)).body.items).toHaveLength(28)
    expect((await ask(tenant.owner, 'GET', `${offerPath()}/days?days=400`)).status).toBe(400)
  })

  test('sum up today, and how long the money lasts at the pace of the week', async () => {
    const overview = `/v1/partners/${tenant.id}/overview`
    const { body: before } = await ask(tenant.owner, 'GET', overview)
    expect(before).toMatchObject({
      offers: { live: 0, drafts: 1, paused: 0 },
      daysLeft: null,
      today: { redemptions: 0 },
    })
    await deliver(judged('judged:1'))
    const { body } = await ask(tenant.owner, 'GET', overview)
    expect(body).toMatchObject({
      funds: { spentMinor: 3_451 },
      daysLeft: 0,
      today: { redemptions: 1, refusals: 1 },
    })
  })

  test('of one partner are not the other one’s', async () => {
    const theirs = await newTenant(world, admin)
    await deliver(judged('judged:1'))
    const overview = `/v1/partners/${theirs.id}/overview`
    expect((await ask(theirs.owner, 'GET', overview)).body).toMatchObject({
      funds: { spentMinor: 0 },
      today: { redemptions: 0 },
    })
  })
})

describe('unknown shops', () => {
  const seen = {
    fiscalDrive: '9999078900000009',
    tillRegistration: '0000000001000009    ',
    taxNumber: '7700000009  ',
    name: 'Ларёк',
    address: null,
  }
  const list = async () =>
    (await ask(admin, 'GET', '/v1/operator/unknown-stores')).body.items as object[]
  const assign = (caller: Caller, fiscalDrive: string, storeId: unknown) =>
    ask(caller, 'POST', '/v1/operator/unknown-stores/assign', { fiscalDrive, storeId })
  const newStore = async () => {
    const store = { name: 'Ларёк', city: 'Казань', address: 'Мира, 1' }
    return (await ask(tenant.owner, 'POST', `/v1/partners/${tenant.id}/stores`, store)).body.id
  }

  test('are remembered with their receipts and assigned to a store as tills', async () => {
    await rememberUnknownStore(world.db, { ...seen, name: null }, at())
    await rememberUnknownStore(world.db, seen, at())
    expect(await list()).toEqual([
      {
        ...seen,
        tillRegistration: '0000000001000009',
        taxNumber: '7700000009',
        receipts: 2,
        lastSeenAt: at(),
      },
    ])
    const storeId = await newStore()
    const support = await signInOperator(world, 'support')
    expect((await assign(support, seen.fiscalDrive, storeId)).status).toBe(204)
    expect(await list()).toEqual([])
    const { version } = await world.ports.snapshots('ru').current()
    const snapshot = await world.ports.snapshots('ru').get(version)
    expect(snapshot?.stores[0]?.tills).toEqual([
      { registration: '0000000001000009', fiscalDrive: seen.fiscalDrive },
    ])
  })

  test('without a registration are known by their fiscal drive', async () => {
    await rememberUnknownStore(world.db, { ...seen, tillRegistration: null }, at())
    const storeId = await newStore()
    expect((await assign(admin, seen.fiscalDrive, storeId)).status).toBe(204)
    const { version } = await world.ports.snapshots('ru').current()
    const snapshot = await world.ports.snapshots('ru').get(version)
    expect(snapshot?.stores[0]?.tills).toEqual([
      { registration: '', fiscalDrive: seen.fiscalDrive },
    ])
    const till = { registration: '0000000001000001', fiscalDrive: seen.fiscalDrive }
    const other = await newStore()
    const tills = `/v1/partners/${tenant.id}/stores/${other}/tills`
    expect((await ask(tenant.owner, 'POST', tills, till)).status).toBe(409)
  })

  test('are assigned by the operator only, and only to what exists', async () => {
    await rememberUnknownStore(world.db, seen, at())
    expect((await assign(admin, seen.fiscalDrive, 'sto_absent0001')).status).toBe(404)
    expect((await assign(admin, '9999078900000000', await newStore())).status).toBe(404)
    const finance = await signInOperator(world, 'finance')
    expect((await assign(finance, seen.fiscalDrive, await newStore())).status).toBe(403)
    expect((await assign(tenant.owner, seen.fiscalDrive, await newStore())).status).toBe(401)
    expect(await list()).toHaveLength(1)
  })

  test('whose till stands in another store already are refused', async () => {
    const [mine, other] = [await newStore(), await newStore()]
    const till = { registration: '0000000001000009', fiscalDrive: '' }
    await ask(tenant.owner, 'POST', `/v1/partners/${tenant.id}/stores/${mine}/tills`, till)
    await rememberUnknownStore(world.db, seen, at())
    expect(await assign(admin, seen.fiscalDrive, other)).toMatchObject({
      status: 409,
      body: { code: 'taken' },
    })
    // The right store learns the new drive of its till.
    expect((await assign(admin, seen.fiscalDrive, mine)).status).toBe(204)
  })
})
