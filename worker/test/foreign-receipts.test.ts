import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AtReceipt, printAt } from '#fiscal/print/at'
import { printKz } from '#fiscal/print/kz'
import type { FiscalKey } from '#schema/fiscal-key'
import type { Receipt, ReceiptSummary } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import { budgetOf } from '../src/cells/route-of.ts'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { newTenant, type Tenant } from './control-world.ts'
import { follow, submit } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, world } from './market-world.ts'

const OFFER = 'off_austria0001'
const KAZAKH_OFFER = 'off_kazakhstan01'
const SERIAL = '5a17c0de'

let device: CryptoKeyPair

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await publishAustria()
  const kazakh = { ...offerVersion(KAZAKH_OFFER), market: 'kz' as const }
  await publish([{ offer: kazakh, budgetMinor: 100_000 }], 'kz')
  device = await newDevice()
  const key = await crypto.subtle.exportKey('jwk', device.publicKey)
  const at = new Date().toISOString()
  await env.DB.prepare(
    `INSERT INTO fiscal_keys (id, country, provider, key_id, key, state, asked_by, asked_at,
       registered_by, registered_at)
     VALUES ('fky_1', 'at', 'AT1', ?, ?, 'registered', 'x', ?, 'x', ?)`,
  )
    .bind(SERIAL, JSON.stringify(key), at, at)
    .run()
})

function publishAustria() {
  // Signed codes carry sums alone, so that only an offer that says so counts them.
  const offer = { ...offerVersion(OFFER, { withoutLines: 'earns' }), market: 'at' as const }
  return publish([{ offer, budgetMinor: 100_000 }], 'at')
}

async function newDevice(): Promise<CryptoKeyPair> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('not a pair of keys')
  return pair
}

let printed = 0

/** A receipt of 12.34 € of now, as the till prints it. */
function printOne(
  changed: Partial<AtReceipt> = {},
  key: CryptoKey | null = device.privateKey,
): Promise<string> {
  printed += 1
  const receipt: AtReceipt = {
    provider: 'AT1',
    till: 'KASSE-1',
    receipt: `${Date.now()}-${printed}`,
    time: `${wallMinuteIn(new Date().toISOString(), 'Europe/Vienna')}:07`,
    totalsMinor: [1_000, 234, 0, 0, 0],
    turnover: new Uint8Array(8),
    serial: SERIAL,
    chain: new Uint8Array(8),
    ...changed,
  }
  const sign = async (message: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key as CryptoKey, message),
    )
  return printAt(receipt, key && ((message) => sign(new Uint8Array(message))))
}

const inMarket = (shopper: Caller, market: string, path: string) =>
  shopper.call('GET', path, undefined, { 'x-market': market })

const refusal = async (shopper: Caller, text: string) => {
  const answer = await shopper.call('POST', '/v1/receipts', { source: { code: 'qr', text } })
  return (await answer.json()) as { code: string }
}

describe('an Austrian receipt', () => {
  test('signed by a registered till is credited at once, in euros, in its own market', async () => {
    const shopper = await newShopper()
    const sent = await submit(shopper, await printOne())
    const receipt = await follow(shopper, sent)
    expect(receipt).toMatchObject({
      market: 'at',
      state: 'credited',
      totalMinor: 1_234,
      scan: { trust: 'signed', signature: 'valid', till: `at:${SERIAL}:KASSE-1` },
    })
    const wallet = await good<Wallet>(await inMarket(shopper, 'at', '/v1/wallet'))
    expect(wallet).toMatchObject({ currency: 'EUR', availableMinor: receipt.rewardMinor })
    const home = await good<Wallet>(await inMarket(shopper, 'ru', '/v1/wallet'))
    expect(home).toMatchObject({ currency: 'RUB', availableMinor: 0 })
    const list = await good<{ items: ReceiptSummary[] }>(
      await inMarket(shopper, 'ru', '/v1/receipts'),
    )
    expect(list.items).toEqual([])
    const money = await budgetOf(env, 'at', OFFER).money()
    expect(money.allocatedMinor).toBeGreaterThanOrEqual(receipt.rewardMinor)
    expect(await budgetOf(env, 'ru', OFFER).money()).toMatchObject({ allocatedMinor: 0 })
  })

  test('of two shoppers is one receipt', async () => {
    const [first, second] = [await newShopper(), await newShopper()]
    const text = await printOne()
    expect((await follow(first, await submit(first, text))).state).toBe('credited')
    expect((await follow(second, await submit(second, text))).state).toBe('duplicate')
  })

  test('edited under its signature is refused before it claims anything', async () => {
    const [thief, owner] = [await newShopper(), await newShopper()]
    const text = await printOne()
    expect(await refusal(thief, text.replace('_10,00_', '_90,00_'))).toMatchObject({
      code: 'signature_invalid',
      country: 'at',
    })
    expect((await follow(owner, await submit(owner, text))).state).toBe('credited')
  })

  test('signed by a key that nobody vouches for waits and pays nothing', async () => {
    const shopper = await newShopper()
    const { privateKey } = await newDevice()
    const text = await printOne({ serial: 'badc0de' }, privateKey)
    const receipt = await follow(shopper, await submit(shopper, text))
    expect(receipt).toMatchObject({
      state: 'awaiting_authority',
      reason: { code: 'not_confirmed_yet' },
      rewardMinor: 0,
      scan: { trust: 'signed_unregistered', signature: 'unknown_key' },
    })
  })

  test.each([
    ['of a till whose signature device has failed', {}, null, 'awaiting_authority'],
    ['for training', { turnover: 'TRA' as const }, undefined, 'rejected'],
    ['that cancels another', { turnover: 'STO' as const }, undefined, 'rejected'],
  ])('%s pays nothing', async (_, changed, key, state) => {
    const shopper = await newShopper()
    const sent = await submit(shopper, await printOne(changed, key))
    expect((await follow(shopper, sent)).state).toBe(state)
  })
})

test('a Kazakh receipt through http, https and another host is one receipt', async () => {
  const shopper = await newShopper()
  const time = `${wallMinuteIn(new Date().toISOString(), 'Asia/Almaty')}:09`
  const receipt = { till: '010100000001', sign: '1234567890', totalMinor: 250_000, time }
  const pages = ['https://consumer.oofd.kz/', 'http://consumer.oofd.kz/', 'https://ofd1.kz/t/']
  const ids = new Set<string>()
  for (const page of pages) {
    const sent: Receipt = await submit(shopper, printKz({ page, ...receipt }))
    expect(sent).toMatchObject({ market: 'kz', totalMinor: 250_000 })
    ids.add(sent.id)
  }
  expect(ids.size).toBe(1)
})

test('a Kazakh receipt is credited by its operator’s word, an unknown one waits', async () => {
  const shopper = await newShopper()
  const paper = await issueOne({ chain: 'dastarkhan' })
  const { totalMinor } = paper.scan
  const receipt = await follow(shopper, await submit(shopper, paper.qr))
  expect(receipt).toMatchObject({ market: 'kz', state: 'credited', totalMinor })
  expect(receipt.lines.map(({ sumMinor }) => sumMinor)).toEqual(
    paper.lines.map(({ sumMinor }) => sumMinor),
  )
  const other = await submit(shopper, paper.qr.replace(/i=\d/, 'i=9'))
  expect(await follow(shopper, other)).toMatchObject({
    state: 'awaiting_authority',
    reason: { code: 'not_delivered_yet' },
  })
})

test('a receipt of a country without a market is named, and nothing is kept', async () => {
  const shopper = await newShopper()
  const text = 'https://ofd.soliq.uz/check?t=UZ210317218028&r=123&c=20261121184207&s=123456789012'
  expect(await refusal(shopper, text)).toMatchObject({ code: 'foreign_receipt', country: 'uz' })
})

describe('a till’s key', () => {
  const serial = 'c0ffee'
  let admin: Caller
  let owner: Tenant
  let stranger: Tenant
  let till: CryptoKeyPair
  let draft: { key: string; keyId: string; provider: string }
  let asked: FiscalKey

  const keysOf = (tenant: Tenant) => `/v1/partners/${tenant.id}/fiscal-keys`
  const decide = (decision: string, id = asked.id) => {
    const body = { note: 'compared with the certificate of the provider' }
    return admin.call('POST', `/v1/operator/fiscal-keys/${id}/${decision}`, body)
  }
  const scanned = async (by = serial) => {
    const shopper = await newShopper()
    const text = await printOne({ serial: by }, till.privateKey)
    return follow(shopper, await submit(shopper, text))
  }

  beforeAll(async () => {
    admin = await signInOperator(world, 'admin')
    const [first, second] = ['ATU12345675', 'ATU00000024']
    owner = await newTenant(world, admin, { market: 'at', taxNumber: first })
    stranger = await newTenant(world, admin, { market: 'at', taxNumber: second })
    // Approving a partner has published the market anew, without an offer.
    await publishAustria()
    till = await newDevice()
    const key = JSON.stringify(await crypto.subtle.exportKey('jwk', till.publicKey))
    draft = { key, keyId: serial.toUpperCase(), provider: 'AT1' }
    asked = await good<FiscalKey>(await owner.owner.call('POST', keysOf(owner), draft))
  })

  test('pays from the moment in which the operator has registered it, not before', async () => {
    expect(asked).toMatchObject({ state: 'asked', keyId: serial, provider: 'AT1' })
    expect((await scanned()).scan).toMatchObject({ trust: 'signed_unregistered' })
    expect((await owner.owner.call('POST', keysOf(owner), draft)).status).toBe(409)
    expect(await good(await decide('register'))).toMatchObject({ state: 'registered' })
    expect(await scanned()).toMatchObject({ state: 'credited', scan: { trust: 'signed' } })
  })

  test('is nobody else’s: not to ask for, not to see, not to revoke', async () => {
    const taken = await stranger.owner.call('POST', keysOf(stranger), draft)
    expect(await taken.json()).toMatchObject({ code: 'taken' })
    const seen = await stranger.owner.call('GET', keysOf(stranger))
    expect(await seen.json()).toMatchObject({ items: [] })
    const body = { note: 'not ours at all' }
    const aimed = `${keysOf(stranger)}/${asked.id}/revoke`
    expect((await stranger.owner.call('POST', aimed, body)).status).toBe(404)
  })

  test('that its owner has revoked pays no more and never again', async () => {
    const body = { note: 'the till was stolen' }
    const path = `${keysOf(owner)}/${asked.id}/revoke`
    expect(await good(await owner.owner.call('POST', path, body))).toMatchObject({
      state: 'revoked',
    })
    expect(await scanned()).toMatchObject({
      state: 'awaiting_authority',
      scan: { trust: 'signed_unregistered' },
    })
    expect(await (await decide('register')).json()).toMatchObject({ code: 'not_now' })
    const again = await owner.owner.call('POST', keysOf(owner), draft)
    expect(await again.json()).toMatchObject({ code: 'taken' })
  })

  test('revoked, or unknown so that nobody can check it, pays by no rule', async () => {
    const path = '/v1/operator/markets/at/trust'
    const change = { trust: 'signed_unregistered', rule: 'pays', reason: 'a pilot of one shop' }
    await good(await admin.call('PUT', path, change))
    expect((await scanned('decade')).state).toBe('awaiting_authority')
    expect((await scanned()).state).toBe('awaiting_authority')
    const back = { ...change, rule: 'confirm', reason: 'the pilot is over' }
    const { rules } = await good<{ rules: unknown[] }>(await admin.call('PUT', path, back))
    expect(rules).toContainEqual(
      expect.objectContaining({ trust: 'signed_unregistered', rule: 'confirm', safe: 'confirm' }),
    )
    expect((await admin.call('GET', '/v1/operator/markets/uz/trust')).status).toBe(404)
  })
})
