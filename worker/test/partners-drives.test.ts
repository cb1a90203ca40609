import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '#schema/partner'
import { learnDrive } from '../src/partners/till-drives.d1.ts'
import { assignUnknownStore, rememberUnknownStore } from '../src/partners/unknown-stores.d1.ts'
import { type Caller, good } from './actors.ts'
import {
  ask,
  type ControlWorld,
  createControlWorld,
  newAdmin,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
let tenant: Tenant
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
})

const TILL = '0000000001000001'
const OTHER_TILL = '0000000001000002'
const OLD = '9999078900000001'
const NEW = '9999078900000002'

const stores = () => `/v1/partners/${tenant.id}/stores`

/** A store with one till. */
async function newTill(registration: string, fiscalDrive = ''): Promise<string> {
  const draft = { name: 'Лавка', city: 'Казань', address: 'Мира, 1' }
  const store = await good<Store>(await tenant.owner.call('POST', stores(), draft))
  const till = { registration, fiscalDrive }
  await good(await tenant.owner.call('POST', `${stores()}/${store.id}/tills`, till))
  return store.id
}

/** What the partner sees recorded for a till. */
async function driveOf(registration: string): Promise<string | undefined> {
  const { body } = await ask(tenant.owner, 'GET', stores())
  const tills = (body.items as Store[]).flatMap((store) => store.tills)
  return tills.find((till) => till.registration === registration)?.fiscalDrive
}

const see = (fiscalDrive: string, seenAt = '2026-11-21T18:42', registration = TILL) =>
  learnDrive(world.db, { registration, fiscalDrive, seenAt })

const changes = async () =>
  (
    await world.db
      .prepare("SELECT changes FROM markets WHERE code = 'ru'")
      .first<{ changes: number }>()
  )?.changes ?? 0

const unknown = async () =>
  (await ask(admin, 'GET', '/v1/operator/unknown-stores')).body.items as object[]

const seenShop = (fiscalDrive: string) => ({
  fiscalDrive,
  tillRegistration: null,
  taxNumber: null,
  name: null,
  address: null,
})

describe('the fiscal drive of a till', () => {
  test('is learned when it was left empty, and the next snapshot knows it', async () => {
    await newTill(TILL)
    const before = await changes()
    expect(await see(OLD)).toBe('learned')
    expect(await driveOf(TILL)).toBe(OLD)
    expect(await changes()).toBe(before + 1)
  })

  test('is written only when it changes', async () => {
    await newTill(TILL, OLD)
    const before = await changes()
    expect(await see(OLD)).toBe('kept')
    expect(await changes()).toBe(before)
    expect(await see(NEW)).toBe('learned')
    expect(await see(NEW)).toBe('kept')
    expect(await driveOf(TILL)).toBe(NEW)
    expect(await changes()).toBe(before + 1)
  })

  test('is not brought back by a receipt from before it was replaced', async () => {
    await newTill(TILL, OLD)
    expect(await see(NEW, '2026-11-21T18:42')).toBe('learned')
    expect(await see(OLD, '2026-11-20T09:00')).toBe('kept')
    expect(await driveOf(TILL)).toBe(NEW)
    expect(await see(OLD, '2026-11-22T09:00')).toBe('learned')
  })

  test('stays where it is when another till has it', async () => {
    await newTill(TILL, OLD)
    await newTill(OTHER_TILL, NEW)
    expect(await see(NEW)).toBe('elsewhere')
    expect(await driveOf(TILL)).toBe(OLD)
    expect(await driveOf(OTHER_TILL)).toBe(NEW)
  })

  test('stays where the operator has put it, unless that is the same store', async () => {
    const mine = await newTill(TILL)
    const theirs = await newTill(OTHER_TILL)
    const doer = { actorId: 'nobody', at: new Date(world.clock.ms).toISOString(), requestId: 'r' }
    await rememberUnknownStore(world.db, seenShop(NEW), doer.at)
    await assignUnknownStore(world.db, NEW, theirs, 'til_00000001', doer)
    expect(await see(NEW)).toBe('elsewhere')
    await rememberUnknownStore(world.db, seenShop(OLD), doer.at)
    await assignUnknownStore(world.db, OLD, mine, 'til_00000002', doer)
    expect(await see(OLD)).toBe('learned')
    expect(await driveOf(TILL)).toBe(OLD)
  })

  test('takes its shop off the list of unknown ones, and no other', async () => {
    await newTill(TILL)
    const now = new Date(world.clock.ms).toISOString()
    await rememberUnknownStore(world.db, seenShop(NEW), now)
    await rememberUnknownStore(world.db, seenShop('9999078900000003'), now)
    expect(await see(NEW)).toBe('learned')
    expect(await unknown()).toMatchObject([{ fiscalDrive: '9999078900000003' }])
  })

  test('of a till that was removed meanwhile is left to the operator', async () => {
    await newTill(TILL)
    expect(await see(NEW, '2026-11-21T18:42', OTHER_TILL)).toBe('elsewhere')
    expect(await driveOf(TILL)).toBe('')
  })
})
