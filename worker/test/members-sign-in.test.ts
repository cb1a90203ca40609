import { beforeEach, describe, expect, test } from 'vitest'
import type { SignedIn } from '#schema/member'
import { good, signInShopper, stranger } from './actors.ts'
import { createMembersWorld, type MembersWorld } from './members-world.ts'

const PHONE = '+79161234567'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

let world: MembersWorld
beforeEach(async () => {
  world = await createMembersWorld()
})

const send = (phone = PHONE, headers?: HeadersInit) =>
  stranger(world).call('POST', '/v1/auth/phone/send', { phone }, headers)
const verify = (code: string, phone = PHONE, headers?: HeadersInit) =>
  stranger(world).call('POST', '/v1/auth/phone/verify', { phone, code }, headers)
const codeOf = async (response: Response) => (await response.json<{ code: string }>()).code
/** A code that is certainly not the one that left. */
const wrong = async (phone = PHONE) =>
  String((Number(await world.lastCode(phone)) + 1) % 1_000_000).padStart(6, '0')

describe('a shopper who enters the code', () => {
  test('gets an account, a wallet in its slot, and a session, at the first sign-in', async () => {
    const shopper = await signInShopper(world, PHONE)
    const me = await good<SignedIn['me']>(await shopper.call('GET', '/v1/me'))
    expect(me).toMatchObject({ kind: 'shopper', phoneMasked: '+7 916 ···-··-67', email: null })
    expect(me.walletId).toMatch(/^wal_[0-9a-z]{20}$/)
    const wallet = await world.db.prepare('SELECT id, slot FROM wallets').first()
    expect(wallet).toMatchObject({ id: me.walletId, slot: expect.any(Number) })
  })

  test('comes back to the same account however the number is written', async () => {
    const first = await signInShopper(world, PHONE)
    world.clock.ms += MINUTE_MS
    await good(await send('8 (916) 123-45-67'))
    const again = await good<SignedIn>(await verify(await world.lastCode(PHONE), '89161234567'))
    expect(again.created).toBe(false)
    expect(again.me.userId).toBe(first.userId)
  })

  test('gets a cookie that scripts and other sites cannot use', async () => {
    await good(await send())
    const answer = await verify(await world.lastCode(PHONE))
    const cookies = answer.headers.getSetCookie()
    const session = cookies.find((cookie) => cookie.includes('session_token'))
    expect(session).toMatch(/HttpOnly/i)
    expect(session).toMatch(/SameSite=Lax/i)
    expect(session).toMatch(/Secure/i)
    const cookie = session?.split(';')[0] ?? ''
    const me = await stranger(world).call('GET', '/v1/me', undefined, { cookie })
    expect(await me.json()).toMatchObject({ kind: 'shopper' })
  })

  test('stays signed in by using the service: an ageing session gets a new term', async () => {
    const shopper = await signInShopper(world, PHONE)
    const aged = new Date(Date.now() + 30 * DAY_MS).toISOString()
    await world.db.prepare('UPDATE sessions SET expires_at = ?').bind(aged).run()
    const answer = await shopper.call('GET', '/v1/me')
    expect(answer.headers.getSetCookie().join()).toContain('session_token')
    const row = await world.db
      .prepare('SELECT expires_at FROM sessions')
      .first<{ expires_at: string }>()
    expect(Date.parse(row?.expires_at ?? '')).toBeGreaterThan(Date.now() + 59 * DAY_MS)
  })

  test('cannot use the code twice, nor can two requests at once', async () => {
    await good(await send())
    const code = await world.lastCode(PHONE)
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(code)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const users = await world.db.prepare('SELECT COUNT(*) AS n FROM users').first<{ n: number }>()
    expect(users?.n).toBe(1)
  })

  test('is not trusted with a token whose signature was made up', async () => {
    const shopper = await signInShopper(world, PHONE)
    const row = await world.db.prepare('SELECT token FROM sessions').first<{ token: string }>()
    for (const token of [row?.token ?? '', `${row?.token}.AAAA`, `${shopper.token}x`]) {
      const me = await stranger(world).call('GET', '/v1/me', undefined, {
        authorization: `Bearer ${token}`,
      })
      expect(await me.json()).toMatchObject({ kind: 'anonymous' })
    }
  })
})

describe('a wrong code', () => {
  test('says how many tries are left; after five the right code is dead too', async () => {
    await good(await send())
    const bad = await wrong()
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const answer = await verify(bad)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'code_invalid', attemptsLeft })
    }
    const dead = await verify(await world.lastCode(PHONE))
    expect(dead.status).toBe(429)
    expect(await codeOf(dead)).toBe('code_attempts_exhausted')
  })

  test('is compared at most five times when twenty come at once', async () => {
    await good(await send())
    const bad = await wrong()
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify(bad)))
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(15)
  })

  test('ten in an hour close the phone, whatever codes are sent meanwhile', async () => {
    for (let round = 0; round < 2; round += 1) {
      await good(await send())
      const bad = await wrong()
      for (let guess = 0; guess < 5; guess += 1) await verify(bad)
      world.clock.ms += MINUTE_MS
    }
    await good(await send())
    const answer = await verify(await world.lastCode(PHONE))
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBe(58 * 60)
  })

  test('an expired code is refused although it is right', async () => {
    await good(await send())
    world.clock.ms += 5 * MINUTE_MS
    expect(await codeOf(await verify(await world.lastCode(PHONE)))).toBe('code_expired')
  })

  test('a code sent to one phone does not open another', async () => {
    await good(await send())
    await good(await send('+79161234568'))
    const code = await world.lastCode(PHONE)
    const other = await world.lastCode('+79161234568')
    const answer = await verify(code, '+79161234568')
    expect(answer.ok).toBe(code === other)
  })

  test('no code is kept in clear', async () => {
    await good(await send())
    const rows = await world.db.prepare('SELECT COUNT(*) AS n FROM verifications').first()
    expect(rows).toEqual({ n: 0 })
  })
})

describe('asking for codes', () => {
  test('sends exactly one when twenty requests come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send()))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(world.outbox.messages).toHaveLength(1)
    const refused = answers.find((answer) => !answer.ok)
    expect(refused?.status).toBe(429)
    expect(refused?.headers.get('retry-after')).toBe('60')
    expect(refused?.headers.get('content-type')).toBe('application/problem+json')
  })

  test('five an hour and ten a day, and the answer says when to come back', async () => {
    const start = world.clock.ms
    for (let sent = 0; sent < 5; sent += 1) {
      await good(await send())
      world.clock.ms += MINUTE_MS
    }
    const sixth = await send()
    const body = await sixth.json<{ code: string; retryAt: string }>()
    expect(body.code).toBe('code_sends_exhausted')
    expect(Date.parse(body.retryAt)).toBe(start + HOUR_MS)
    world.clock.ms = start + 2 * HOUR_MS
    for (let sent = 5; sent < 10; sent += 1) {
      await good(await send())
      world.clock.ms += MINUTE_MS
    }
    world.clock.ms = start + 4 * HOUR_MS
    expect(await codeOf(await send())).toBe('code_sends_exhausted')
    world.clock.ms = start + DAY_MS
    expect((await send()).ok).toBe(true)
  })

  test('a number of another country or a landline is refused before anything is sent', async () => {
    for (const phone of ['+4915112345678', '+74951234567', '12345']) {
      const answer = await send(phone)
      expect(answer.status).toBe(422)
      expect(await codeOf(answer)).toBe('phone_not_supported')
    }
    expect(world.outbox.messages).toHaveLength(0)
  })
})

describe('new accounts', () => {
  test('three a month from one device; the fourth leaves nothing behind', async () => {
    const first = await send('+79160000001')
    const cookie = first.headers.getSetCookie().find((text) => text.startsWith('kopilka_device'))
    const device = { cookie: cookie?.split(';')[0] ?? '' }
    await good(await verify(await world.lastCode('+79160000001'), '+79160000001', device))
    await signInShopper(world, '+79160000002', device)
    await signInShopper(world, '+79160000003', device)
    await good(await send('+79160000004', device))
    const code = await world.lastCode('+79160000004')
    const fourth = await verify(code, '+79160000004', device)
    expect(fourth.status).toBe(429)
    expect(await codeOf(fourth)).toBe('device_accounts_exhausted')
    const users = await world.db.prepare('SELECT COUNT(*) AS n FROM users').first<{ n: number }>()
    expect(users?.n).toBe(3)
  })

  test('somebody who has an account signs in from that device all the same', async () => {
    const device = { cookie: `kopilka_device=dev_${'a'.repeat(20)}` }
    for (const last of ['1', '2', '3']) await signInShopper(world, `+7916000000${last}`, device)
    world.clock.ms += MINUTE_MS
    await expect(signInShopper(world, '+79160000001', device)).resolves.toBeDefined()
  })
})
