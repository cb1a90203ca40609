import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Payout } from '#schema/payout'
import { type Caller, stranger } from './actors.ts'
import { cellFor, eventually, rowsOf, walletOf } from './journey-steps.ts'
import { turn, turnOff, usesLeft, world } from './market-world.ts'
import {
  followPayout,
  madeByProvider,
  notification,
  type ProviderPayout,
  payee,
  publishGenerousMarket,
  readPayout,
  withdraw,
} from './payout-steps.ts'

/** The provider in every way in which it fails: money leaves once, or comes back, never both. */

const BALANCE = 100_000

let shopper: Caller
let silent: { by: Caller; payout: Payout }

beforeAll(async () => {
  await publishGenerousMarket()
  // It pays and keeps silent for forty seconds; the last test of this file looks what became of it.
  await turn({ key: 'payouts.timeout', value: 40_000, remaining: 1 })
  const by = await payee(BALANCE)
  silent = { by, payout: await withdraw(by) }
  await eventually(async () => expect(await usesLeft('payouts.timeout')).toBe(0))
})

beforeEach(async () => {
  await turnOff()
  await turn({ key: 'tax.fault', value: 'daily_limit' })
  await turn({ key: 'payouts.pending_ms', value: 0 })
  shopper = await payee(BALANCE)
})

/** Paid once: the provider made one payout, the wallet lost its amount once. */
async function expectPaidOnce(by: Caller, { id, amountMinor }: Payout): Promise<void> {
  expect((await followPayout(by, { id })).state).toBe('arrived')
  expect(await madeByProvider(id)).toHaveLength(1)
  expect(await walletOf(by)).toMatchObject({
    availableMinor: BALANCE - amountMinor,
    payingMinor: 0,
  })
}

const onItsWay = ({ state }: Payout) => state === 'on_its_way'

describe('an answer that proves nothing', () => {
  // Kills "void on unknown" (the wallet would be whole again) and "a new id for each try".
  test.each([
    ['500 after paying', { key: 'payouts.error', value: 'paid' }],
    ['500 without paying', { key: 'payouts.error', value: 'unpaid' }],
    ['a cut-off answer', { key: 'payouts.answer', value: 'garbage' }],
    ['an answer of two megabytes', { key: 'payouts.answer', value: 'oversized' }],
    ['an answer with another amount', { key: 'payouts.answer', value: 'wrong_amount' }],
    ['somebody else’s payout', { key: 'payouts.answer', value: 'foreign' }],
    ['401', { key: 'payouts.refuse', value: 401 }],
    ['429', { key: 'payouts.refuse', value: 429 }],
    ['503', { key: 'payouts.refuse', value: 503 }],
  ])('%s: the payout stays on its way and is asked again by the same id', async (_, fault) => {
    await turn({ ...fault, remaining: 1 })
    const payout = await withdraw(shopper)
    const waiting = await followPayout(shopper, payout, ({ state }) => state !== 'asked')
    expect(waiting.state).toBe('on_its_way')
    expect((await walletOf(shopper)).payingMinor).toBe(payout.amountMinor)
    await expectPaidOnce(shopper, payout)
  })

  test('a cell that dies while the provider is asked asks again, and pays once', async () => {
    await turn({ key: 'payouts.timeout', value: 3_000, remaining: 1 })
    const payout = await withdraw(shopper)
    await eventually(async () => expect(await madeByProvider(payout.id)).toHaveLength(1))
    await abortAllDurableObjects()
    await expectPaidOnce(shopper, payout)
  })
})

describe('a webhook', () => {
  const post = (body: unknown) =>
    stranger(world).call('POST', '/v1/hooks/yookassa', body as Record<string, unknown>)

  /** A payout that the provider holds pending, and that the cell will not ask about by itself. */
  async function pendingPayout(pendingMs: number): Promise<[Payout, ProviderPayout]> {
    await turn({ key: 'payouts.pending_ms', value: pendingMs })
    const payout = await followPayout(shopper, await withdraw(shopper), onItsWay)
    const [made] = await madeByProvider(payout.id)
    if (!made) throw new Error('the provider made nothing')
    await runInDurableObject(cellFor(shopper.walletId), (_, state) => {
      const later = Date.now() + 3_600_000
      const task = `payout:${payout.id}`
      state.storage.sql.exec('UPDATE tasks SET due_at = ? WHERE id = ?', later, task)
      state.storage.sql.exec('UPDATE payouts SET task_due_at = ? WHERE id = ?', later, payout.id)
    })
    return [payout, made]
  }

  const settled = (id: string) =>
    eventually(async () => expect((await madeByProvider(id))[0]?.status).not.toBe('pending'))

  test('makes the payout arrive without waiting for its hour', async () => {
    const [payout, made] = await pendingPayout(1_000)
    await settled(payout.id)
    expect((await post(notification(made, 'payout.succeeded'))).status).toBe(200)
    await expectPaidOnce(shopper, payout)
  })

  test('twice at once and once more later changes nothing further', async () => {
    const [payout, made] = await pendingPayout(1_000)
    await settled(payout.id)
    const news = notification(made, 'payout.succeeded')
    await Promise.all([post(news), post(news)])
    await expectPaidOnce(shopper, payout)
    expect((await post(news)).status).toBe(200)
    await expectPaidOnce(shopper, payout)
  })

  test('too early, with another amount, or a lie about the end, is not believed', async () => {
    const [payout, made] = await pendingPayout(20_000)
    const lies = [
      notification(made, 'payout.succeeded'),
      notification({ ...made, status: 'succeeded', amount: { value: '1.00' } }, 'payout.succeeded'),
      notification({ ...made, status: 'canceled' }, 'payout.canceled'),
    ]
    for (const lie of lies) {
      const before = await attemptsOf(payout.id)
      expect((await post(lie)).status).toBe(200)
      // The provider was asked, and it still says that the payout is pending.
      await eventually(async () => expect(await attemptsOf(payout.id)).toBeGreaterThan(before))
      expect((await readPayout(shopper, payout.id)).state).toBe('on_its_way')
    }
    expect(await walletOf(shopper)).toMatchObject({
      availableMinor: BALANCE - payout.amountMinor,
      payingMinor: payout.amountMinor,
    })
  })

  test('before the answer to the request does not pay twice', async () => {
    await turn({ key: 'payouts.timeout', value: 1_500, remaining: 1 })
    const payout = await withdraw(shopper)
    const made = await eventually(async () => {
      const [found] = await madeByProvider(payout.id)
      if (!found) throw new Error('not made yet')
      return found
    })
    expect((await post(notification(made, 'payout.succeeded'))).status).toBe(200)
    await expectPaidOnce(shopper, payout)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{"type":"notification"'],
    ['a list', '[]'],
    ['another event', '{"type":"notification","event":"payment.succeeded","object":{}}'],
    [
      'nobody’s payout',
      '{"type":"notification","event":"payout.succeeded","object":{"id":"po-1"}}',
    ],
  ])('with %s in it is heard and means nothing', async (_, body) => {
    expect((await post(body)).status).toBe(200)
  })

  test('about an unknown payout, or of an unknown wallet, means nothing', async () => {
    const payout = await followPayout(shopper, await withdraw(shopper))
    const [made] = await madeByProvider(payout.id)
    if (!made) throw new Error('the provider made nothing')
    for (const metadata of [
      { ...made.metadata, payout_id: crypto.randomUUID() },
      { ...made.metadata, wallet_id: 'wal_nobody00000001' },
      { payout_id: payout.id },
      {},
    ]) {
      const answer = await post(notification({ ...made, metadata }, 'payout.canceled'))
      expect(answer.status).toBe(200)
    }
    await expectPaidOnce(shopper, payout)
  })

  async function attemptsOf(payoutId: string): Promise<number> {
    const query = 'SELECT attempts FROM payouts WHERE id = ?'
    const rows = await rowsOf<{ attempts: number }>(cellFor(shopper.walletId), query, payoutId)
    return rows[0]?.attempts ?? 0
  }
})

describe('a provider that paid and kept silent for forty seconds', () => {
  test('has paid once', async () => {
    await expectPaidOnce(silent.by, silent.payout)
  }, 60_000)
})
