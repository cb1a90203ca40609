import { beforeEach, describe, expect, test } from 'vitest'
import type { Invoice } from '#schema/partner'
import { finishDeposits } from '../src/partners/invoices.d1.ts'
import { type Caller, good, signInOperator, signInPartner } from './actors.ts'
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

const AMOUNT = 500_000
const invoicesOf = (of: Tenant) => `/v1/partners/${of.id}/invoices`
const issue = async (of = tenant) =>
  good<Invoice>(await of.owner.call('POST', invoicesOf(of), { amountMinor: AMOUNT }))
const confirm = (invoice: Invoice, bankReference: string, amountMinor = AMOUNT, by = admin) =>
  ask(by, 'POST', `/v1/operator/invoices/${invoice.id}/confirm`, { bankReference, amountMinor })
const fundsOf = async (of = tenant) =>
  (await ask(of.owner, 'GET', `/v1/partners/${of.id}/funds`)).body

describe('an invoice', () => {
  test('has the next number, and a page of its own for the partner only', async () => {
    const first = await issue()
    const second = await issue()
    expect([first.number, second.number]).toEqual(['К-000001', 'К-000002'])
    expect(first).toMatchObject({ state: 'issued', amountMinor: AMOUNT, bankReference: null })
    const page = await ask(tenant.owner, 'GET', invoicesOf(tenant))
    expect(page.body.items).toEqual([second, first])
    const theirs = await newTenant(world, admin)
    expect((await ask(theirs.owner, 'GET', invoicesOf(theirs))).body.items).toEqual([])
    expect((await ask(theirs.owner, 'GET', invoicesOf(tenant))).status).toBe(404)
    const marketer = await signInPartner(world, tenant.id, 'marketer')
    expect((await ask(marketer, 'GET', invoicesOf(tenant))).status).toBe(403)
  })

  test('is refused below the least amount and without a contract', async () => {
    const small = await ask(tenant.owner, 'POST', invoicesOf(tenant), { amountMinor: 9_999 })
    expect(small.status).toBe(400)
    const suspend = `/v1/operator/partners/${tenant.id}/suspend`
    await ask(admin, 'POST', suspend, { reason: 'проверка документов' })
    const refused = await ask(tenant.owner, 'POST', invoicesOf(tenant), { amountMinor: AMOUNT })
    expect(refused).toMatchObject({ status: 403, body: { code: 'partner_not_active' } })
  })

  test('is bounded by the partner’s market, in its currency', async () => {
    const austrian = await newTenant(world, admin, { market: 'at', taxNumber: 'ATU12345675' })
    const answers = [99, 100, 9_999, 100_000_001].map(async (amountMinor) => {
      const { status } = await ask(austrian.owner, 'POST', invoicesOf(austrian), { amountMinor })
      return status
    })
    expect(await Promise.all(answers)).toEqual([400, 201, 201, 400])
  })

  test('is found by the operator by number, partner and bank reference', async () => {
    const invoice = await issue()
    await confirm(invoice, 'ПП-77')
    const found = async (q: string) => {
      const path = `/v1/operator/invoices?q=${encodeURIComponent(q)}`
      return ((await ask(admin, 'GET', path)).body.items as Invoice[]).length
    }
    expect(await found('К-000001')).toBe(1)
    expect(await found('заря')).toBe(1)
    expect(await found('ПП-77')).toBe(1)
    expect(await found('К-000009')).toBe(0)
    const issued = await ask(admin, 'GET', '/v1/operator/invoices?state=issued')
    expect(issued.body.items).toEqual([])
  })
})

describe('an incoming payment', () => {
  test('puts the whole amount on the account, once, however often it is confirmed', async () => {
    const invoice = await issue()
    const paid = await confirm(invoice, 'ПП-1')
    expect(paid).toMatchObject({ status: 200, body: { state: 'paid', bankReference: 'ПП-1' } })
    expect((await confirm(invoice, 'ПП-1')).body).toEqual(paid.body)
    expect(await fundsOf()).toEqual({ fundsMinor: AMOUNT, committedMinor: 0, spentMinor: 0 })
    const entries = await ask(tenant.owner, 'GET', `/v1/partners/${tenant.id}/funds/entries`)
    expect(entries.body.items).toMatchObject([{ amountMinor: AMOUNT }])
    const log = await ask(admin, 'GET', '/v1/operator/audit-log')
    const confirmed = (log.body.items as { action: string }[]).filter(
      (entry) => entry.action === 'invoice.confirm',
    )
    expect(confirmed).toHaveLength(1)
  })

  test('of another amount is refused and says which amount it should be', async () => {
    const invoice = await issue()
    expect(await confirm(invoice, 'ПП-1', AMOUNT - 1)).toMatchObject({
      status: 422,
      body: { code: 'amount_differs', neededMinor: AMOUNT, seenMinor: AMOUNT - 1 },
    })
    expect(await fundsOf()).toMatchObject({ fundsMinor: 0 })
  })

  test('pays one invoice, and an invoice is paid by one payment', async () => {
    const [first, second] = [await issue(), await issue()]
    await confirm(first, 'ПП-1')
    expect(await confirm(second, 'ПП-1')).toMatchObject({ status: 409, body: { code: 'taken' } })
    expect(await confirm(first, 'ПП-2')).toMatchObject({ status: 409, body: { code: 'not_now' } })
    expect(await fundsOf()).toMatchObject({ fundsMinor: AMOUNT })
  })

  test('confirmed by many at once comes in once', async () => {
    const invoice = await issue()
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(invoice, 'ПП-1')))
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200))
    expect(await fundsOf()).toMatchObject({ fundsMinor: AMOUNT })
  })

  test('interrupted before the book heard of it is finished by the clock', async () => {
    const invoice = await issue()
    await world.db
      .prepare(
        `UPDATE invoices SET state = 'paid', paid_at = ?, bank_reference = 'ПП-1' WHERE id = ?`,
      )
      .bind(new Date(world.clock.ms).toISOString(), invoice.id)
      .run()
    expect(await fundsOf()).toMatchObject({ fundsMinor: 0 })
    expect(await finishDeposits(world.ports, new Date(world.clock.ms).toISOString())).toBe(1)
    expect(await finishDeposits(world.ports, new Date(world.clock.ms).toISOString())).toBe(0)
    expect(await fundsOf()).toMatchObject({ fundsMinor: AMOUNT })
  })

  test('is confirmed by finance and admin only, and not for a cancelled invoice', async () => {
    const invoice = await issue()
    const support = await signInOperator(world, 'support')
    expect((await confirm(invoice, 'ПП-1', AMOUNT, support)).status).toBe(403)
    expect((await confirm(invoice, 'ПП-1', AMOUNT, tenant.owner)).status).toBe(401)
    const cancel = `/v1/operator/invoices/${invoice.id}/cancel`
    const finance = await signInOperator(world, 'finance')
    expect((await ask(finance, 'POST', cancel)).body).toMatchObject({ state: 'cancelled' })
    expect((await ask(finance, 'POST', cancel)).status).toBe(200)
    expect(await confirm(invoice, 'ПП-1')).toMatchObject({ status: 409 })
    const paid = await issue()
    await confirm(paid, 'ПП-2')
    expect((await ask(finance, 'POST', `/v1/operator/invoices/${paid.id}/cancel`)).status).toBe(409)
    const absent = '/v1/operator/invoices/inv_absent0001/cancel'
    expect((await ask(finance, 'POST', absent)).status).toBe(404)
  })

  test('never reaches another partner', async () => {
    const theirs = await newTenant(world, admin)
    await confirm(await issue(), 'ПП-1')
    expect(await fundsOf(theirs)).toMatchObject({ fundsMinor: 0 })
    const path = `/v1/partners/${tenant.id}/funds`
    expect((await ask(theirs.owner, 'GET', path)).status).toBe(404)
  })
})
