import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { type Identity, identified } from './actor.ts'
import type { AppEnv } from './env.ts'

const NOW = Date.UTC(2026, 10, 21)
const AT = new Date(NOW).toISOString()

const identityOf = (userId: string): Identity => ({
  sessionId: `ses_${userId}`,
  sessionToken: 'token',
  sessionCreatedAt: AT,
  reauthenticatedAt: null,
  secondFactorAt: null,
  secondFactorEnrolled: false,
  userId,
  kind: 'shopper',
  phone: '+79161234567',
  deviceId: null,
  walletId: 'wal_a',
  partners: [],
  operatorRole: null,
})

/** An application that answers who asks, and counts how often a session was read. */
function application() {
  let reads = 0
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('nowMs', NOW)
    await next()
  })
  app.use(
    identified(async (headers) => {
      reads += 1
      return { identity: identityOf(headers.get('cookie') ?? 'nobody'), cookies: [] }
    }),
  )
  app.get('/who', async (c) => c.text((await c.var.identify(10_000))?.userId ?? 'nobody'))
  const ask = async (headers: Record<string, string>) =>
    (await app.request('/who', { headers })).text()
  return { ask, reads: () => reads }
}

describe('a remembered session', () => {
  test('is nobody else’s, though a proxy gives both the same Authorization', async () => {
    const { ask } = application()
    const authorization = 'Basic cHJveHk6c2VjcmV0'
    expect(await ask({ authorization, cookie: 'usr_a' })).toBe('usr_a')
    expect(await ask({ authorization, cookie: 'usr_b' })).toBe('usr_b')
  })

  test('is read once for the same headers; without any nobody is asked about', async () => {
    const { ask, reads } = application()
    expect([await ask({ cookie: 'usr_a' }), await ask({ cookie: 'usr_a' })]).toEqual([
      'usr_a',
      'usr_a',
    ])
    expect(await ask({})).toBe('nobody')
    expect(reads()).toBe(1)
  })
})
