import { beforeEach, describe, expect, test } from 'vitest'
import { CONSENT_VERSIONS, type Consent, type ConsentPurpose, type Me } from '#schema/member'
import { hasRequiredConsents } from '../src/members/consents.d1.ts'
import { type Caller, good, signInByMailOnly, signInShopper, stranger } from './actors.ts'
import { createMembersWorld, type MembersWorld } from './members-world.ts'

const PHONE = '+79161234567'
const NEW_PHONE = '+79037654321'
const MINUTE_MS = 60_000

let world: MembersWorld
let shopper: Caller
beforeEach(async () => {
  world = await createMembersWorld()
  shopper = await signInShopper(world, PHONE)
  world.clock.ms += MINUTE_MS
})

const meOf = async (caller: Caller) => good<Me>(await caller.call('GET', '/v1/me'))
const codeOf = async (response: Response) => (await response.json<{ code: string }>()).code
const answerFor = (purpose: ConsentPurpose, granted: boolean) => ({
  purpose,
  granted,
  textVersion: CONSENT_VERSIONS[purpose],
})
const consent = (items: unknown[], headers?: HeadersInit) =>
  shopper.call('PUT', '/v1/me/consents', { items }, headers)
async function reauthenticate(caller = shopper, phone = PHONE): Promise<void> {
  await good(await caller.call('POST', '/v1/me/reauthenticate/send'))
  const code = await world.lastCode(phone)
  await good(await caller.call('POST', '/v1/me/reauthenticate/verify', { code }))
}

describe('the profile', () => {
  test('a stranger is told that nobody is signed in, not an error', async () => {
    expect(await meOf(stranger(world))).toMatchObject({ kind: 'anonymous', userId: null })
  })

  test('name and language change, and only what the patch names', async () => {
    await good(await shopper.call('PATCH', '/v1/me', { name: '  Анна ' }))
    const me = await good<Me>(await shopper.call('PATCH', '/v1/me', { locale: 'en' }))
    expect(me).toMatchObject({ name: 'Анна', locale: 'en' })
  })

  test('unknown fields, wrong types and empty names are refused by the contract', async () => {
    for (const patch of [{ phone: '+79990000000' }, { name: '' }, { name: 1 }, { locale: 'de' }]) {
      const answer = await shopper.call('PATCH', '/v1/me', patch)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_request', errors: [{}] })
    }
  })

  test('18 is confirmed once, without keeping the date of birth', async () => {
    const adult = (dateOfBirth: string) => shopper.call('POST', '/v1/me/adult', { dateOfBirth })
    expect(await codeOf(await adult('2015-05-05'))).toBe('under_age')
    expect((await adult('2999-01-01')).status).toBe(400)
    const first = await good<{ adultConfirmedAt: string }>(await adult('1990-05-05'))
    world.clock.ms += MINUTE_MS
    expect(await good(await adult('1991-05-05'))).toEqual(first)
    const log = await world.db.prepare("SELECT * FROM member_log WHERE event LIKE 'adult%'").all()
    expect(log.results).toHaveLength(1)
    const everything = JSON.stringify([
      log.results,
      (await world.db.prepare('SELECT * FROM users').all()).results,
    ])
    expect(everything).not.toContain('1990-05-05')
  })
})

describe('consents', () => {
  test('are separate, and each answer is logged with version, time and address', async () => {
    const ip = { 'cf-connecting-ip': '203.0.113.7' }
    await good(await consent([answerFor('terms', true), answerFor('marketing_sms', true)], ip))
    world.clock.ms += MINUTE_MS
    const { items } = await good<{ items: Consent[] }>(
      await consent([answerFor('marketing_sms', false)], ip),
    )
    const granted = items.filter((item) => item.granted).map((item) => item.purpose)
    expect(granted).toEqual(['terms'])
    const { results } = await world.db
      .prepare(
        `SELECT purpose, granted, text_version, ip FROM consent_log
         JOIN consent_addresses ON consent_id = consent_log.id ORDER BY consent_log.id`,
      )
      .all()
    expect(results).toEqual([
      { purpose: 'terms', granted: 1, text_version: CONSENT_VERSIONS.terms, ip: '203.0.113.7' },
      expect.objectContaining({ purpose: 'marketing_sms', granted: 1 }),
      expect.objectContaining({ purpose: 'marketing_sms', granted: 0 }),
    ])
  })

  test('an answer that changes nothing is not logged again', async () => {
    for (let times = 0; times < 3; times += 1) await good(await consent([answerFor('terms', true)]))
    const count = await world.db.prepare('SELECT COUNT(*) AS n FROM consent_log').first()
    expect(count).toEqual({ n: 1 })
  })

  test('the log cannot be changed or shortened, by anybody', async () => {
    await good(await consent([answerFor('terms', true)], { 'cf-connecting-ip': '203.0.113.7' }))
    for (const sql of [
      'UPDATE consent_log SET granted = 0',
      'DELETE FROM consent_log',
      'UPDATE consent_addresses SET ip = NULL',
      'DELETE FROM consent_addresses',
      'UPDATE member_log SET at = 0',
      'DELETE FROM member_log',
    ]) {
      await expect(world.db.prepare(sql).run(), sql).rejects.toThrow()
    }
  })

  test('receipts wait for the two required ones, in the version in force', async () => {
    const required = () => hasRequiredConsents(world.db, shopper.userId)
    expect(await required()).toBe(false)
    await good(await consent([answerFor('terms', true)]))
    expect(await required()).toBe(false)
    await good(await consent([answerFor('personal_data', true)]))
    expect(await required()).toBe(true)
    await world.db
      .prepare(
        `INSERT INTO consent_log (user_id, purpose, granted, text_version, at)
         VALUES (?, 'terms', 1, '2020-01', ?)`,
      )
      .bind(shopper.userId, new Date().toISOString())
      .run()
    expect(await required()).toBe(false)
  })

  test('an old text cannot be agreed to, and a required one is not withdrawn alone', async () => {
    const old = await consent([{ ...answerFor('terms', true), textVersion: '2020-01' }])
    expect(await codeOf(old)).toBe('consent_text_outdated')
    expect(await codeOf(await consent([answerFor('terms', false)]))).toBe('consent_required')
  })

  test('staff have none to give', async () => {
    const staff = await signInByMailOnly(world, 'owner@dairy.test')
    expect((await staff.call('GET', '/v1/me/consents')).status).toBe(401)
  })
})

describe('proof that it is me', () => {
  test('a sign-in code does not confirm anything else', async () => {
    await good(await stranger(world).call('POST', '/v1/auth/phone/send', { phone: PHONE }))
    const code = await world.lastCode(PHONE)
    const answer = await shopper.call('POST', '/v1/me/reauthenticate/verify', { code })
    expect(await codeOf(answer)).toBe('code_expired')
  })

  test('holds ten minutes, in this session only', async () => {
    const other = await signInShopper(world, PHONE)
    world.clock.ms += MINUTE_MS
    await reauthenticate()
    expect((await meOf(shopper)).reauthenticatedAt).not.toBeNull()
    expect((await meOf(other)).reauthenticatedAt).toBeNull()
    world.clock.ms += 10 * MINUTE_MS
    const late = await shopper.call('POST', '/v1/me/phone/send', { phone: NEW_PHONE })
    expect(await codeOf(late)).toBe('reauthentication_needed')
  })
})

describe('a new phone', () => {
  const move = async (caller: Caller, phone: string) => {
    await good(await caller.call('POST', '/v1/me/phone/send', { phone }))
    const code = await world.lastCode(phone)
    return caller.call('POST', '/v1/me/phone/verify', { phone, code })
  }

  test('is proven, ends the other sessions, tells the old number and is remembered', async () => {
    const other = await signInShopper(world, PHONE)
    world.clock.ms += MINUTE_MS
    await reauthenticate()
    const changed = await good<{ phoneChangedAt: string }>(await move(shopper, NEW_PHONE))
    expect(await meOf(shopper)).toMatchObject({
      phoneMasked: '+7 903 ···-··-21',
      phoneChangedAt: changed.phoneChangedAt,
    })
    expect((await meOf(other)).kind).toBe('anonymous')
    expect(world.outbox.messages.at(-1)).toMatchObject({ to: PHONE })
    expect(world.outbox.messages.at(-1)?.text).toContain('изменён')
  })

  test('of another member is refused only after the code', async () => {
    await signInShopper(world, NEW_PHONE)
    world.clock.ms += MINUTE_MS
    await reauthenticate()
    const taken = await move(shopper, NEW_PHONE)
    expect(taken.status).toBe(409)
    expect(await codeOf(taken)).toBe('taken')
  })

  test('is not taken without a proof of the old one', async () => {
    const answer = await shopper.call('POST', '/v1/me/phone/send', { phone: NEW_PHONE })
    expect(answer.status).toBe(403)
  })
})

describe('sessions', () => {
  const list = async (caller: Caller) =>
    (
      await good<{ items: { id: string; current: boolean }[] }>(
        await caller.call('GET', '/v1/me/sessions'),
      )
    ).items

  test('are listed, and one of mine can be ended, nobody else’s', async () => {
    const second = await signInShopper(world, PHONE)
    const stranger = await signInShopper(world, NEW_PHONE)
    const [foreign] = await list(stranger)
    const items = await list(shopper)
    expect(items).toHaveLength(2)
    const other = items.find((item) => !item.current)
    const missing = await shopper.call('DELETE', `/v1/me/sessions/${foreign?.id}`)
    expect(missing.status).toBe(404)
    expect((await shopper.call('DELETE', `/v1/me/sessions/${other?.id}`)).status).toBe(204)
    expect((await meOf(second)).kind).toBe('anonymous')
    expect((await meOf(stranger)).kind).toBe('shopper')
  })

  test('signing out ends this one, signing out everywhere ends all', async () => {
    const second = await signInShopper(world, PHONE)
    expect((await second.call('POST', '/v1/auth/sign-out')).status).toBe(204)
    expect((await meOf(second)).kind).toBe('anonymous')
    expect((await meOf(shopper)).kind).toBe('shopper')
    world.clock.ms += MINUTE_MS
    const third = await signInShopper(world, PHONE)
    expect((await third.call('DELETE', '/v1/me/sessions')).status).toBe(204)
    expect((await meOf(shopper)).kind).toBe('anonymous')
  })
})

describe('leaving', () => {
  const erase = (forfeit: boolean) => shopper.call('DELETE', '/v1/me', { forfeit })

  test('the export holds everything about me and nothing secret', async () => {
    await good(await consent([answerFor('terms', true)], { 'cf-connecting-ip': '203.0.113.7' }))
    const answer = await shopper.call('GET', '/v1/me/export')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({
      profile: { phone: PHONE },
      consents: [{ purpose: 'terms', granted: true, ip: '203.0.113.7' }],
      walletId: shopper.walletId,
      wallet: { walletId: shopper.walletId },
      history: [{ event: 'signed_up' }],
    })
    expect(text).not.toContain(shopper.token.split('.')[0])
  })

  test('needs a fresh proof, and stops at money and payouts', async () => {
    expect(await codeOf(await erase(false))).toBe('reauthentication_needed')
    await reauthenticate()
    world.balance.amountMinor = 1
    const left = await erase(false)
    expect(left.status).toBe(409)
    expect(await left.json()).toMatchObject({ code: 'balance_left', amountMinor: 1 })
    world.balance.payoutUnderWay = true
    expect(await codeOf(await erase(true))).toBe('payout_under_way')
    expect((await meOf(shopper)).kind).toBe('shopper')
  })

  test('removes the person, and keeps the wallet and the proof of consent', async () => {
    const ip = { 'cf-connecting-ip': '203.0.113.7' }
    await good(await consent([answerFor('terms', true)], ip))
    await good(await shopper.call('PATCH', '/v1/me', { name: 'Анна' }))
    await reauthenticate()
    world.balance.amountMinor = 500
    expect((await erase(true)).status).toBe(204)
    expect((await meOf(shopper)).kind).toBe('anonymous')
    const tables = ['users', 'sessions', 'wallet_members', 'wallets', 'consent_log'] as const
    const rows = await Promise.all(
      [...tables, 'consent_addresses', 'member_log', 'verifications'].map((table) =>
        world.db.prepare(`SELECT * FROM ${table}`).all(),
      ),
    )
    const text = JSON.stringify(rows.map((row) => row.results))
    for (const trace of [PHONE, '9161234567', 'Анна', '203.0.113.7']) {
      expect(text).not.toContain(trace)
    }
    expect(rows.slice(0, 5).map((row) => row.results.length)).toEqual([1, 0, 0, 1, 1])
  })

  test('frees the phone for a new account that knows nothing of the old', async () => {
    await reauthenticate()
    await erase(false)
    world.clock.ms += MINUTE_MS
    const again = await signInShopper(world, PHONE)
    expect(again.userId).not.toBe(shopper.userId)
    expect(again.walletId).not.toBe(shopper.walletId)
  })

  test('a shared wallet stays with the others, whatever is in it', async () => {
    const other = await signInShopper(world, NEW_PHONE)
    await world.db
      .prepare('UPDATE wallet_members SET wallet_id = ? WHERE user_id = ?')
      .bind(shopper.walletId, other.userId)
      .run()
    world.balance.amountMinor = 500
    await reauthenticate()
    expect((await erase(false)).status).toBe(204)
    expect((await meOf(other)).walletId).toBe(shopper.walletId)
  })
})
