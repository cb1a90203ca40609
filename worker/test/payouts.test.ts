import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { Payout } from '#schema/payout'
import type { Posting } from '#schema/wallet'
import { NETWORK_BOOK } from '../src/cells/partner-book.object.ts'
import { bookOf } from '../src/cells/route-of.ts'
import { type Caller, good } from './actors.ts'
import { cellFor, eventually, rowsOf, travel, walletOf } from './journey-steps.ts'
import { turn } from './market-world.ts'
import {
  BANK_CARD,
  CARD,
  codeOf,
  followPayout,
  madeByProvider,
  order,
  orderFor,
  payee,
  provenAgo,
  publishGenerousMarket,
  readPayout,
  request,
  SBP,
  withdraw,
} from './payout-steps.ts'

/** Money leaves exactly once, to whom it belongs, and everybody can follow it. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const BALANCE = 50_000

let shopper: Caller

beforeAll(publishGenerousMarket)

beforeEach(async () => {
  await turn({ key: 'payouts.pending_ms', value: 0 })
  shopper = await payee(BALANCE)
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a withdrawal', () => {
  test('is asked, arrives, and is told by wallet, history and the network book', async () => {
    const asked = order({ amountMinor: minor(12_345) })
    const answer = await request(shopper, asked)
    expect(answer.status).toBe(202)
    const first = await good<Payout>(answer)
    expect(first).toMatchObject({ id: asked.id, state: 'asked', amountMinor: 12_345 })
    const arrived = await followPayout(shopper, first)
    expect(arrived).toMatchObject({ state: 'arrived', reason: null })
    expect(arrived.destination).toEqual({
      code: 'sbp',
      masked: expect.stringMatching(/22$/),
      bankName: 'Сбербанк',
    })
    expect(await walletOf(shopper)).toMatchObject({
      availableMinor: BALANCE - 12_345,
      payingMinor: 0,
    })
    const { items } = await good<{ items: Posting[] }>(
      await shopper.call('GET', '/v1/wallet/history'),
    )
    expect(items.slice(0, 2).map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payout_succeeded', 12_345],
      ['payout_asked', -12_345],
    ])
    expect(await madeByProvider(asked.id)).toMatchObject([
      { status: 'succeeded', amount: { value: '123.45' } },
    ])
    await eventually(async () => {
      const filter = { account: null, reference: asked.id, before: null }
      const booked = await bookOf(env, 'ru', NETWORK_BOOK).transfers(filter, 10)
      expect(booked).toMatchObject([{ code: 'payout_paid', amountMinor: 12_345, credit: 'bank' }])
    })
  })

  test.each([
    ['SBP', SBP],
    ['a bank card', BANK_CARD],
    ['YooMoney', { code: 'yoo_money', accountNumber: '4100116075156746' } as const],
  ])('to %s starts from one rouble', async (_, destination) => {
    const payout = await withdraw(shopper, order({ amountMinor: minor(100), destination }))
    expect(await followPayout(shopper, payout)).toMatchObject({ state: 'arrived' })
  })

  test('canceled by the provider comes back, with the reason', async () => {
    await turn({ key: 'payouts.cancel', value: 'recipient_not_found', remaining: 1 })
    const back = await followPayout(shopper, await withdraw(shopper))
    expect(back).toMatchObject({ state: 'came_back', reason: 'recipient_not_found' })
    // Kills "returned twice" and "not returned": the wallet is as before.
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: BALANCE, payingMinor: 0 })
    const again = await followPayout(shopper, await withdraw(shopper))
    expect(again.state).toBe('arrived')
  })

  test('refused outright, and found nowhere, comes back', async () => {
    await turn({ key: 'payouts.refuse', value: 400, remaining: 1 })
    const back = await followPayout(shopper, await withdraw(shopper))
    expect(back.state).toBe('came_back')
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE)
    expect(await madeByProvider(back.id)).toEqual([])
  })
})

describe('one id', () => {
  test('sent by 20 at once is one payout, paid once', async () => {
    const asked = order()
    const answers = await Promise.all(Array.from({ length: 20 }, () => request(shopper, asked)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 202])
    const bodies = await Promise.all(answers.map((answer) => good<Payout>(answer)))
    expect(new Set(bodies.map(({ id }) => id))).toEqual(new Set([asked.id]))
    expect((await followPayout(shopper, asked)).state).toBe('arrived')
    // Kills "a new transfer for each request" and "a new key for each try".
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE - asked.amountMinor)
    expect(await madeByProvider(asked.id)).toHaveLength(1)
  })

  test('with another amount or destination is refused, and moves nothing', async () => {
    const asked = order()
    await withdraw(shopper, asked)
    for (const changes of [{ amountMinor: minor(10_001) }, { destination: BANK_CARD }]) {
      const refused = await request(shopper, { ...asked, ...changes })
      expect([refused.status, await codeOf(refused)]).toEqual([409, 'id_reused'])
    }
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE - asked.amountMinor)
  })

  test('repeated after a lost reply answers the same, whatever has changed since', async () => {
    const asked = order({ amountMinor: minor(BALANCE) })
    await withdraw(shopper, asked)
    await followPayout(shopper, asked)
    await provenAgo(shopper, HOUR_MS)
    await cellFor(shopper.walletId).freezePayouts('a test')
    const repeated = await request(shopper, asked)
    expect(repeated.status).toBe(200)
    expect(await good<Payout>(repeated)).toMatchObject({ id: asked.id, state: 'arrived' })
    await cellFor(shopper.walletId).freezePayouts(null)
    expect((await walletOf(shopper)).availableMinor).toBe(0)
  })

  test('of two that together exceed the balance, one is paid and one is short', async () => {
    const amountMinor = minor(30_000)
    const answers = await Promise.all([
      request(shopper, order({ amountMinor })),
      request(shopper, order({ amountMinor })),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused && (await codeOf(refused))).toBe('wallet_short')
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE - amountMinor)
  })
})

describe('before money leaves', () => {
  const refusalOf = async (changes: Parameters<typeof order>[0] = {}) => {
    const answer = await request(shopper, order(changes))
    return [answer.status, await codeOf(answer)]
  }

  test('more than there is, too little, too much, and a mistyped card are refused', async () => {
    expect(await refusalOf({ amountMinor: minor(BALANCE + 1) })).toEqual([409, 'wallet_short'])
    expect(await refusalOf({ amountMinor: minor(99) })).toEqual([422, 'payout_amount_too_small'])
    expect(await refusalOf({ amountMinor: minor(25_000_001) })).toEqual([
      422,
      'payout_amount_too_large',
    ])
    const mistyped = { code: 'bank_card', cardNumber: '4242424242424241' } as const
    expect(await refusalOf({ destination: mistyped })).toEqual([422, 'card_number_invalid'])
    const nobodys = { ...SBP, bankId: '100000009999' }
    expect(await refusalOf({ destination: nobodys })).toEqual([422, 'bank_unknown'])
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE)
  })

  test('a proof that it is still me is needed, and ages in ten minutes', async () => {
    await provenAgo(shopper, 10 * MINUTE_MS + 5_000)
    expect(await refusalOf()).toEqual([403, 'reauthentication_needed'])
    await provenAgo(shopper, 9 * MINUTE_MS)
    expect((await request(shopper, order())).status).toBe(202)
  })

  test('signing in was such a proof: nobody waits for a second code at once', async () => {
    const signedIn = (ms: number) =>
      env.DB.prepare(
        'UPDATE sessions SET reauthenticated_at = NULL, created_at = ? WHERE user_id = ?',
      )
        .bind(new Date(Date.now() - ms).toISOString(), shopper.userId)
        .run()
    await signedIn(10 * MINUTE_MS + 5_000)
    expect(await refusalOf()).toEqual([403, 'reauthentication_needed'])
    await signedIn(MINUTE_MS)
    expect((await request(shopper, order())).status).toBe(202)
  })

  test('an age of 18 has to be confirmed', async () => {
    await env.DB.prepare('UPDATE users SET adult_confirmed_at = NULL WHERE id = ?')
      .bind(shopper.userId)
      .run()
    expect(await refusalOf()).toEqual([403, 'adult_confirmation_needed'])
    const young = await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '2015-01-01' })
    expect(await codeOf(young)).toBe('under_age')
    expect(await refusalOf()).toEqual([403, 'adult_confirmation_needed'])
  })

  test('a change of the phone shuts the door for 48 hours', async () => {
    await env.DB.prepare('UPDATE users SET phone_changed_at = ? WHERE id = ?')
      .bind(new Date().toISOString(), shopper.userId)
      .run()
    expect(await refusalOf()).toEqual([403, 'phone_change_cooldown'])
    travel(48 * HOUR_MS - MINUTE_MS)
    await provenAgo(shopper, 0)
    expect(await refusalOf()).toEqual([403, 'phone_change_cooldown'])
    travel(2 * MINUTE_MS)
    expect((await request(shopper, order())).status).toBe(202)
  })

  test('a frozen cell takes no new payout', async () => {
    await cellFor(shopper.walletId).freezePayouts('the books are checked')
    expect(await refusalOf()).toEqual([503, 'payouts_frozen'])
    await cellFor(shopper.walletId).freezePayouts(null)
    expect((await request(shopper, order())).status).toBe(202)
  })

  test('a freeze holds back what was asked and not sent, and lets it go afterwards', async () => {
    const asked = order()
    const cell = cellFor(shopper.walletId)
    const orderAtCell = await orderFor(shopper, asked)
    await runInDurableObject(cell, async (object) => {
      // In one turn: nothing can have left in between.
      await Promise.all([object.requestPayout(orderAtCell), object.freezePayouts('a check')])
    })
    await runDurableObjectAlarm(cell)
    expect((await readPayout(shopper, asked.id)).state).toBe('asked')
    expect(await madeByProvider(asked.id)).toEqual([])
    await cell.freezePayouts(null)
    expect((await followPayout(shopper, asked)).state).toBe('arrived')
    expect(await madeByProvider(asked.id)).toHaveLength(1)
  })
})

describe('a card number', () => {
  test('is sealed while it is needed, erased afterwards, and shown to nobody', async () => {
    await turn({ key: 'payouts.pending_ms', value: 1_000 })
    const payout = await withdraw(shopper, order({ destination: BANK_CARD }))
    const cell = cellFor(shopper.walletId)
    const sealedOf = async () => {
      const query = 'SELECT destination_sealed AS sealed FROM payouts WHERE id = ?'
      return (await rowsOf<{ sealed: string | null }>(cell, query, payout.id))[0]?.sealed
    }
    expect(await sealedOf()).toMatch(/^v1\./)
    expect(await everythingIn(shopper)).not.toContain(CARD)
    const arrived = await followPayout(shopper, payout)
    expect(await sealedOf()).toBeNull()
    expect(await everythingIn(shopper)).not.toContain(CARD)
    expect(arrived.destination.masked).toMatch(/4242$/)
    expect(JSON.stringify(await readPayout(shopper, payout.id))).not.toContain(CARD)
  })
})

/** All rows of all tables of a shopper's cell, as text. */
async function everythingIn({ walletId }: Caller): Promise<string> {
  const cell = cellFor(walletId)
  const tables = await rowsOf<{ name: string }>(
    cell,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  )
  const rows = await Promise.all(tables.map(({ name }) => rowsOf(cell, `SELECT * FROM "${name}"`)))
  return JSON.stringify(rows)
}
