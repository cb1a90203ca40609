import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '#schema/partner'
import {
  type Caller,
  good,
  signInByMailOnly,
  signInNewcomer,
  signInOperator,
  signInPartner,
  signInShopper,
  stranger,
} from './actors.ts'
import {
  APPLICATION,
  ask,
  type ControlWorld,
  createControlWorld,
  newAdmin,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
})

const STORE = { name: 'Лавка на Мира', city: 'Казань', address: 'Мира, 1' }
const TILL = { registration: '0000000001000001', fiscalDrive: '9999078900000001' }
const newStore = async (tenant: Tenant) =>
  good<Store>(await tenant.owner.call('POST', `/v1/partners/${tenant.id}/stores`, STORE))

describe('an application', () => {
  test('makes the applicant its owner at once and waits for the operator', async () => {
    const person = await signInByMailOnly(world, 'founder@zarya.test')
    const applied = await ask(person, 'POST', '/v1/partners', APPLICATION)
    expect(applied.status).toBe(201)
    expect(applied.body).toMatchObject({ name: 'Заря', state: 'applied', feeBps: 1_000 })
    const me = await good<{ partners: unknown }>(await person.call('GET', '/v1/me'))
    expect(me.partners).toEqual([{ partnerId: applied.body.id, role: 'owner' }])
  })

  test('is refused to strangers and shoppers, and with a wrong tax number or field', async () => {
    const shopper = await signInShopper(world, '+79990000001')
    const person = await signInNewcomer(world, 'founder@zarya.test')
    const applyAs = (caller: Caller, body: unknown) => ask(caller, 'POST', '/v1/partners', body)
    expect((await applyAs(stranger(world), APPLICATION)).status).toBe(401)
    expect((await applyAs(shopper, APPLICATION)).status).toBe(401)
    const wrong = await applyAs(person, { ...APPLICATION, taxNumber: '7707083894' })
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'taxNumber', message: 'tax_number_invalid' }] },
    })
    expect((await applyAs(person, { ...APPLICATION, feeBps: 0 })).status).toBe(400)
  })

  test('is approved once, and one contract holds a tax number', async () => {
    const tenant = await newTenant(world, admin, { taxNumber: '7707083893' })
    const approve = (id: string) =>
      ask(admin, 'POST', `/v1/operator/partners/${id}/approve`, { feeBps: 500 })
    expect(await approve(tenant.id)).toMatchObject({ status: 409, body: { code: 'not_now' } })
    const other = await signInNewcomer(world, 'second@zarya.test')
    const second = await ask(other, 'POST', '/v1/partners', APPLICATION)
    expect(await approve(String(second.body.id))).toMatchObject({
      status: 409,
      body: { code: 'taken' },
    })
    expect((await approve('prt_absent0001')).status).toBe(404)
  })

  test('that was declined says why and is sent again by changing it', async () => {
    const person = await signInNewcomer(world, 'founder@zarya.test')
    const { body } = await ask(person, 'POST', '/v1/partners', APPLICATION)
    const reason = 'Нет выписки'
    const decline = `/v1/operator/partners/${body.id}/decline`
    expect((await ask(admin, 'POST', decline, { reason })).body).toMatchObject({
      state: 'declined',
      stateReason: reason,
    })
    const again = await ask(person, 'PATCH', `/v1/partners/${body.id}`, APPLICATION)
    expect(again.body).toMatchObject({ state: 'applied', stateReason: null })
  })
})

describe('a partner', () => {
  test('answers the same bytes to its foreigners as an absent one', async () => {
    const mine = await newTenant(world, admin)
    const theirs = await newTenant(world, admin)
    const foreign = await mine.owner.call('GET', `/v1/partners/${theirs.id}`)
    const absent = await mine.owner.call('GET', '/v1/partners/prt_absent0001')
    expect(foreign.status).toBe(404)
    expect(await foreign.text()).toBe(await absent.text())
    expect((await ask(stranger(world), 'GET', `/v1/partners/${mine.id}`)).status).toBe(401)
  })

  test('under contract keeps its legal identity and changes the rest', async () => {
    const { id, owner } = await newTenant(world, admin, { taxNumber: '7707083893' })
    const change = (body: object) =>
      ask(owner, 'PATCH', `/v1/partners/${id}`, { ...APPLICATION, ...body })
    expect(await change({ taxNumber: '7736050003' })).toMatchObject({
      status: 409,
      body: { code: 'not_now' },
    })
    expect((await change({ name: 'Заря плюс' })).body).toMatchObject({ name: 'Заря плюс' })
    const viewer = await signInPartner(world, id, 'viewer')
    expect(await ask(viewer, 'PATCH', `/v1/partners/${id}`, APPLICATION)).toMatchObject({
      status: 403,
      body: { code: 'role_not_allowed' },
    })
  })

  test('is found by the operator by words, state and tax number', async () => {
    const { id } = await newTenant(world, admin, { name: 'Ёлочка', taxNumber: '7707083893' })
    await newTenant(world, admin, { name: 'Колос', taxNumber: '7736050003' })
    const found = async (query: string) => {
      const { body } = await ask(admin, 'GET', `/v1/operator/partners?${query}`)
      return (body.items as { id: string }[]).map((partner) => partner.id)
    }
    expect(await found('q=елочка')).toEqual([id])
    expect(await found('q=7707083893&state=active')).toEqual([id])
    expect(await found('state=applied')).toEqual([])
    expect(await found(`q=${encodeURIComponent('%')}`)).toEqual([])
    const support = await signInOperator(world, 'support')
    const suspend = `/v1/operator/partners/${id}/suspend`
    expect((await ask(support, 'POST', suspend, { reason: 'проверка' })).status).toBe(403)
  })
})

describe('stores and tills', () => {
  test('are kept by the partner, page by page', async () => {
    const tenant = await newTenant(world, admin)
    const first = await newStore(tenant)
    world.clock.ms += 1_000
    await newStore(tenant)
    const stores = `/v1/partners/${tenant.id}/stores`
    const page = await ask(tenant.owner, 'GET', `${stores}?limit=1`)
    expect(page.body.items).toEqual([first])
    const next = await ask(tenant.owner, 'GET', `${stores}?limit=1&cursor=${page.body.nextCursor}`)
    expect(next.body.items).toHaveLength(1)
    expect(next.body.nextCursor).toBeNull()
    expect((await ask(tenant.owner, 'GET', `${stores}?cursor=nonsense`)).status).toBe(400)
    expect((await ask(tenant.owner, 'GET', `${stores}?limit=101`)).status).toBe(400)
  })

  test('hold numbers that are unique over the whole network', async () => {
    const mine = await newTenant(world, admin)
    const theirs = await newTenant(world, admin)
    const store = await newStore(mine)
    const tills = `/v1/partners/${mine.id}/stores/${store.id}/tills`
    const added = await ask(mine.owner, 'POST', tills, TILL)
    expect(added.status).toBe(201)
    const other = await newStore(theirs)
    const theirTills = `/v1/partners/${theirs.id}/stores/${other.id}/tills`
    const taken = { status: 409, body: { code: 'taken' } }
    expect(await ask(theirs.owner, 'POST', theirTills, TILL)).toMatchObject(taken)
    const drive = { ...TILL, registration: '0000000001000002' }
    expect(await ask(theirs.owner, 'POST', theirTills, drive)).toMatchObject(taken)
    const renewed = { ...TILL, fiscalDrive: '' }
    const changed = await ask(mine.owner, 'PATCH', `${tills}/${added.body.id}`, renewed)
    expect(changed.body).toMatchObject({ ...renewed, storeId: store.id })
    expect((await ask(theirs.owner, 'POST', theirTills, drive)).status).toBe(201)
  })

  test('of somebody else are not there, whatever is done to them', async () => {
    const mine = await newTenant(world, admin)
    const theirs = await newTenant(world, admin)
    const store = await newStore(theirs)
    const path = `/v1/partners/${mine.id}/stores/${store.id}`
    expect((await ask(mine.owner, 'PATCH', path, STORE)).status).toBe(404)
    expect((await ask(mine.owner, 'DELETE', path)).status).toBe(404)
    expect((await ask(mine.owner, 'POST', `${path}/tills`, TILL)).status).toBe(404)
    const { body } = await ask(theirs.owner, 'GET', `/v1/partners/${theirs.id}/stores`)
    expect(body.items).toEqual([store])
  })

  test('leave together, and the audit log says who did it', async () => {
    const tenant = await newTenant(world, admin)
    const store = await newStore(tenant)
    const path = `/v1/partners/${tenant.id}/stores/${store.id}`
    const { body: till } = await ask(tenant.owner, 'POST', `${path}/tills`, TILL)
    expect((await ask(tenant.owner, 'DELETE', path)).status).toBe(204)
    expect((await ask(tenant.owner, 'DELETE', `${path}/tills/${till.id}`)).status).toBe(404)
    const log = await ask(admin, 'GET', '/v1/operator/audit-log?limit=3')
    const entries = log.body.items as { action: string; actorId: string; subject: string }[]
    expect(entries.map((entry) => entry.action)).toEqual(['store.remove', 'till.add', 'store.add'])
    expect(entries[0]).toMatchObject({ actorId: tenant.owner.userId, subject: store.id })
    expect((await ask(tenant.owner, 'GET', '/v1/operator/audit-log')).status).toBe(401)
  })
})

describe('the audit log', () => {
  test('can be added to and never changed', async () => {
    await newTenant(world, admin)
    const change = world.db.prepare("UPDATE staff_actions SET detail = ''").run()
    await expect(change).rejects.toThrow('append-only')
    await expect(world.db.prepare('DELETE FROM staff_actions').run()).rejects.toThrow('append-only')
  })

  test('does not record what was refused', async () => {
    const tenant = await newTenant(world, admin)
    const before = await ask(admin, 'GET', '/v1/operator/audit-log')
    await ask(tenant.owner, 'DELETE', `/v1/partners/${tenant.id}/stores/sto_absent0001`)
    const after = await ask(admin, 'GET', '/v1/operator/audit-log')
    expect(after.body).toEqual(before.body)
  })
})
