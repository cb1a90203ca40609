import { abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AtReceipt, printAt } from '#fiscal/print/at'
import { minor } from '#schema/money'
import type { AuditReport, SearchHit } from '#schema/operator'
import type { Payout, PayoutDestination } from '#schema/payout'
import type { Posting, Wallet } from '#schema/wallet'
import { NETWORK_BOOK } from '../src/cells/partner-book.object.ts'
import { bookOf, cellNameOf, cellOf } from '../src/cells/route-of.ts'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { transactionId } from '../src/payouts/transaction-id.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { eventually, follow, settings, submit } from './journey-steps.ts'
import { newShopper, offerVersion, publish, registerOffers, turn, world } from './market-world.ts'
import { codeOf, order, provenAgo, SBP } from './payout-steps.ts'

/** Euros leave an Austrian wallet for an account once, or come back, whatever the provider does. */

const OFFER = 'off_austria0002'
const SERIAL = '5a17c0df'
const BALANCE = 20_000
const AMOUNT = 1_005
const IBAN: PayoutDestination = {
  code: 'iban',
  iban: 'AT611904300234573201',
  holder: 'Anna Muster',
}

let device: CryptoKeyPair
let shopper: Caller
/** What the wallet held when the test began. */
let before: number

beforeAll(async () => {
  const reward = { code: 'percent', args: { rateBps: 10_000 } } as const
  const offer = { ...offerVersion(OFFER, { reward, withoutLines: 'earns' }), market: 'at' as const }
  await publish([{ offer, budgetMinor: 1_000_000 }], 'at')
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  device = (await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])) as CryptoKeyPair
  const key = JSON.stringify(await crypto.subtle.exportKey('jwk', device.publicKey))
  const at = new Date().toISOString()
  await env.DB.prepare(
    `INSERT INTO fiscal_keys (id, country, provider, key_id, key, state, asked_by, asked_at,
       registered_by, registered_at)
     VALUES ('key_2', 'at', 'AT1', ?, ?, 'registered', 'x', ?, 'x', ?)`,
  )
    .bind(SERIAL, key, at, at)
    .run()
  await turn({ key: 'transfers.pending_ms', value: 0 })
  shopper = await newShopper()
  await good(await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
  await provenAgo(shopper, 0)
  const credited = await follow(shopper, await submit(shopper, await printOne()))
  expect(credited).toMatchObject({ state: 'credited', rewardMinor: BALANCE })
})

beforeEach(async () => {
  before = (await wallet()).availableMinor
})

/** A receipt of 200 €, of now, as the till prints it. */
function printOne(): Promise<string> {
  const receipt: AtReceipt = {
    provider: 'AT1',
    till: 'KASSE-2',
    receipt: `${Date.now()}`,
    time: `${wallMinuteIn(new Date().toISOString(), 'Europe/Vienna')}:07`,
    totalsMinor: [BALANCE, 0, 0, 0, 0],
    turnover: new Uint8Array(8),
    serial: SERIAL,
    chain: new Uint8Array(8),
  }
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  return printAt(
    receipt,
    async (message) =>
      new Uint8Array(await crypto.subtle.sign(how, device.privateKey, new Uint8Array(message))),
  )
}

const inAustria = (method: string, path: string, body?: Record<string, unknown>) =>
  shopper.call(method, path, body, { 'x-market': 'at' })

const asked = (changes: Parameters<typeof order>[0] = {}) =>
  order({ amountMinor: minor(AMOUNT), destination: IBAN, ...changes })

async function withdraw(): Promise<Payout> {
  return good<Payout>(await inAustria('POST', '/v1/payouts', asked()))
}

/** Follows a payout by its long poll; the cell is told to ask now, so that nobody waits. */
async function followUntil(
  { id }: Payout,
  done = ({ state }: Payout) => state === 'arrived' || state === 'came_back',
): Promise<Payout> {
  return await eventually(async () => {
    const seen = await good<Payout>(await inAustria('GET', `/v1/payouts/${id}`))
    if (done(seen)) return seen
    await cell().nudgePayout(id)
    throw new Error(`still ${seen.state}`)
  })
}

const cellName = () => cellNameOf(settings.CELL_MAP, 'at', shopper.walletId)
const cell = () => cellOf(env, cellName())
const wallet = async () => good<Wallet>(await inAustria('GET', '/v1/wallet'))

type Seen = { id: number; status: string; targetValue: number; targetCurrency: string }

/** The transfers that the provider has under our key. */
async function transfersOf({ id, amountMinor }: Payout): Promise<Seen[]> {
  const key = await transactionId('at', { id, amountMinor, walletId: shopper.walletId })
  const answer = await env.SANDBOX.fetch('http://sandbox.test/v1/transfers?limit=100', {
    headers: { authorization: `Bearer ${settings.WISE_TOKEN}` },
  })
  const all = await answer.json<(Seen & { customerTransactionId: string })[]>()
  return all.filter(({ customerTransactionId }) => customerTransactionId === key)
}

async function expectPaidOnce(payout: Payout): Promise<void> {
  expect((await followUntil(payout)).state).toBe('arrived')
  expect(await transfersOf(payout)).toMatchObject([
    { status: 'outgoing_payment_sent', targetValue: 10.05, targetCurrency: 'EUR' },
  ])
  expect(await wallet()).toMatchObject({ availableMinor: before - AMOUNT, payingMinor: 0 })
}

test('a withdrawal of euros arrives on the account, and is booked in its own market', async () => {
  const answer = await inAustria('POST', '/v1/payouts', asked())
  expect(answer.status).toBe(202)
  const payout = await good<Payout>(answer)
  await expectPaidOnce(payout)
  const arrived = await followUntil(payout)
  expect(arrived.destination).toEqual({ code: 'iban', masked: 'AT•• … 3201', bankName: null })
  const reference = { account: null, reference: payout.id, before: null }
  await eventually(async () => {
    const booked = await bookOf(env, 'at', NETWORK_BOOK).transfers(reference, 10)
    const row = { code: 'payout_paid', amountMinor: AMOUNT, credit: 'bank', cell: 'at.network' }
    expect(booked).toMatchObject([row])
  })
  expect(await bookOf(env, 'ru', NETWORK_BOOK).transfers(reference, 10)).toEqual([])
  const support = await signInOperator(world, 'support')
  const path = `/v1/operator/search?q=${payout.id}`
  const { items } = await good<{ items: SearchHit[] }>(await support.call('GET', path))
  expect(items).toMatchObject([{ kind: 'payout', title: '10,05\u00a0€ · AT•• … 3201' }])
})

test('the market’s ways and bounds hold before money leaves', async () => {
  const refusal = async (changes: Parameters<typeof order>[0]) =>
    codeOf(await inAustria('POST', '/v1/payouts', asked(changes)))
  expect(await refusal({ destination: SBP })).toBe('payout_method_not_here')
  expect(await refusal({ amountMinor: minor(250_001) })).toBe('payout_amount_too_large')
  const mistyped = { ...IBAN, iban: 'AT61 1904 3002 3457 3210' }
  expect(await refusal({ destination: mistyped })).toBe('iban_invalid')
  const atHome = await shopper.call('POST', '/v1/payouts', asked())
  expect(await codeOf(atHome)).toBe('payout_method_not_here')
  expect(await wallet()).toMatchObject({ availableMinor: before, payingMinor: 0 })
})

describe('an answer that proves nothing', () => {
  // Kills "a new key for each try" and "void on unknown".
  test('a transfer that was made, and 500: it is asked again, and paid once', async () => {
    await turn({ key: 'transfers.error', value: 'made', remaining: 1 })
    await expectPaidOnce(await withdraw())
  })

  test('silence after the money was taken, and a cell that dies of it: paid once', async () => {
    await turn({ key: 'transfers.timeout', value: 1_500, remaining: 1 })
    const payout = await withdraw()
    await eventually(async () => {
      await cell().nudgePayout(payout.id)
      expect(await transfersOf(payout)).toMatchObject([{ status: 'outgoing_payment_sent' }])
    })
    await abortAllDurableObjects()
    await expectPaidOnce(payout)
  })
})

describe('the money comes back', () => {
  test('when the provider refuses the account, and nothing was funded', async () => {
    await turn({ key: 'transfers.refuse', value: 422, remaining: 1 })
    const payout = await withdraw()
    const back = await followUntil(payout)
    expect(back).toMatchObject({ state: 'came_back', reason: 'NOT_VALID:IBAN' })
    expect(await transfersOf(payout)).toEqual([])
    expect(await wallet()).toMatchObject({ availableMinor: before, payingMinor: 0 })
  })

  test('when the bank sends it back after it had arrived: once, and in both books', async () => {
    await turn({ key: 'transfers.bounce_ms', value: 400, remaining: 1 })
    const payout = await withdraw()
    expect((await followUntil(payout)).state).toBe('arrived')
    await eventually(async () =>
      expect(await transfersOf(payout)).toMatchObject([{ status: 'funds_refunded' }]),
    )
    await registerOffers([OFFER], 'at')
    const finance = await signInOperator(world, 'finance')
    const report = await good<AuditReport>(await finance.call('POST', '/v1/operator/audits'))
    const ours = report.findings.filter(({ where }) => where === cellName())
    expect([ours, report.frozenCells]).toEqual([[], []])
    const back = await followUntil(payout, ({ state }) => state === 'came_back')
    expect(back.reason).toBe('funds_refunded')
    await cell().nudgePayout(payout.id)
    expect(await wallet()).toMatchObject({ availableMinor: before, payingMinor: 0 })
    const { items } = await good<{ items: Posting[] }>(await inAustria('GET', '/v1/wallet/history'))
    expect(items.slice(0, 3).map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payout_returned', AMOUNT],
      ['payout_succeeded', AMOUNT],
      ['payout_asked', -AMOUNT],
    ])
    await eventually(async () => {
      const reference = { account: null, reference: payout.id, before: null }
      const booked = await bookOf(env, 'at', NETWORK_BOOK).transfers(reference, 10)
      expect(booked.map(({ code }) => code).sort()).toEqual(['payout_paid', 'payout_refunded'])
    })
    expect(await cell().proveCell()).toEqual([])
  })
})
