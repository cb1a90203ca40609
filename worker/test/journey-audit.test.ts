import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { AuditLogEntry, AuditReport } from '#schema/operator'
import { cellNameOf, cellOf } from '../src/cells/route-of.ts'
import { runScheduled } from '../src/composition/scheduled.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { cells, eventually, settings } from './journey-steps.ts'
import { BRAND_PARTNER, registerOffers, world } from './market-world.ts'
import {
  codeOf,
  followPayout,
  GENEROUS,
  order,
  payee,
  publishGenerousMarket,
  request,
  withdraw,
} from './payout-steps.ts'

/** The auditor proves the books, and stops the payouts of the one cell that fails. */

let finance: Caller
let admin: Caller
let shopper: Caller

beforeAll(async () => {
  await publishGenerousMarket()
  await registerOffers([GENEROUS])
  finance = await signInOperator(world, 'finance')
  admin = await signInOperator(world, 'admin')
  shopper = await payee(100_000)
  await followPayout(shopper, await withdraw(shopper))
})

const audit = async () => good<AuditReport>(await finance.call('POST', '/v1/operator/audits'))
const cellOfCaller = ({ walletId }: Caller) => cellNameOf(settings.CELL_MAP, 'ru', walletId)

/** What somebody with the database file in hand could do to a cell: past triggers and checks. */
async function tamper(cell: string, statement: string): Promise<void> {
  await runInDurableObject(cellOf(env, cell), (_, { storage: { sql } }) => {
    const triggers = sql
      .exec<{ name: string; text: string }>(
        "SELECT name, sql AS text FROM sqlite_master WHERE type = 'trigger'",
      )
      .toArray()
    for (const { name } of triggers) sql.exec(`DROP TRIGGER ${name}`)
    sql.exec(statement)
    for (const { text } of triggers) sql.exec(text)
  })
}

describe('an audit', () => {
  test('finds the books coherent after earning and withdrawing, and is kept', async () => {
    const report = await eventually(audit)
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ coherent: true, frozenCells: [] })
    expect(report.checked.transfers).toBeGreaterThan(5)
    expect(report.checked.payouts).toBeGreaterThanOrEqual(1)
    const { items } = await good<{ items: AuditReport[] }>(
      await finance.call('GET', '/v1/operator/audits'),
    )
    expect(items[0]).toEqual(report)
  })

  test('runs every night by the clock', async () => {
    const countOf = async () =>
      (await env.DB.prepare('SELECT count(*) AS n FROM audits').first<{ n: number }>())?.n ?? 0
    const before = await countOf()
    await runScheduled('17 1 * * *', Date.now(), env)
    expect(await countOf()).toBe(before + 1)
  })

  test('holds every book against what left it, a partner’s and a budget’s too', async () => {
    await runScheduled('*/5 * * * *', Date.now(), env)
    const { results } = await env.DB.prepare('SELECT DISTINCT object FROM checkpoints').all<{
      object: string
    }>()
    const kept = results.map(({ object }) => object)
    for (const name of [cellOfCaller(shopper), GENEROUS, BRAND_PARTNER, 'network']) {
      expect(kept).toContain(name)
    }
    // A checkpoint of a history that the partner's book does not have.
    await env.DB.prepare("INSERT INTO checkpoints VALUES (?, 0, ?, 'ff', '{}')")
      .bind(BRAND_PARTNER, new Date().toISOString())
      .run()
    expect((await audit()).findings).toContainEqual(
      expect.objectContaining({ invariant: 'I10', where: BRAND_PARTNER }),
    )
    await env.DB.batch([
      env.DB.prepare('DROP TRIGGER checkpoints_never_vanish'),
      env.DB.prepare("DELETE FROM checkpoints WHERE hash = 'ff'"),
    ])
  })
})

describe('one flipped byte', () => {
  test('in a cell’s book freezes that cell’s payouts, and nobody else’s', async () => {
    const cell = cellOfCaller(shopper)
    await tamper(cell, 'UPDATE transfers SET reference = reference || char(33) WHERE sequence = 2')
    const report = await audit()
    expect(report.coherent).toBe(false)
    expect(report.frozenCells).toEqual([cell])
    // Kills "report and go on": the finding names the cell, and its door is shut.
    expect(report.findings).toContainEqual(
      expect.objectContaining({ invariant: 'I10', where: cell }),
    )
    const refused = await request(shopper, order())
    expect([refused.status, await codeOf(refused)]).toEqual([503, 'payouts_frozen'])
    for (const other of cells.filter((name) => name !== cell)) {
      expect(await cellOf(env, other).payoutsFrozen()).toBeNull()
    }
  })

  test('keeps them frozen until an administrator lets them go, by name and reason', async () => {
    const cell = cellOfCaller(shopper)
    await tamper(
      cell,
      'UPDATE transfers SET reference = rtrim(reference, char(33)) WHERE sequence = 2',
    )
    expect((await audit()).coherent).toBe(true)
    const still = await request(shopper, order())
    expect(await codeOf(still)).toBe('payouts_frozen')
    const path = `/v1/operator/cells/${cell}/unfreeze`
    const reason = 'restored from the checkpoint'
    expect((await admin.call('POST', path, { reason })).status).toBe(204)
    expect((await followPayout(shopper, await withdraw(shopper))).state).toBe('arrived')
    const log = await good<{ items: AuditLogEntry[] }>(
      await admin.call('GET', '/v1/operator/audit-log'),
    )
    expect(log.items).toContainEqual(
      expect.objectContaining({ action: 'cell.unfreeze', subject: cell, detail: reason }),
    )
  })

  test('a balance without its transfer is found as well', async () => {
    const cell = cellOfCaller(shopper)
    const add = (amount: number) =>
      tamper(
        cell,
        `UPDATE accounts SET balance_minor = balance_minor + ${amount}
         WHERE code = 'wallet:${shopper.walletId}:available'`,
      )
    await add(minor(100))
    const report = await audit()
    expect(report.frozenCells).toEqual([cell])
    expect(report.findings.map(({ invariant }) => invariant)).toContain('I2')
    await add(-100)
    await cellOf(env, cell).freezePayouts(null)
    expect((await audit()).coherent).toBe(true)
  })
})
