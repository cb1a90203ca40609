import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { SandboxEnv } from '../env.ts'
import { BANKS } from './banks.ts'
import { readCreateRequest } from './create-request.ts'
import { switchbox, type Twist } from './faults.ts'
import { errorBody, payoutObject } from './payout-object.ts'
import type { PaymentProvider, SeenPayout } from './provider.object.ts'

type Ctx = Context<{ Bindings: SandboxEnv }>

const KEY_CHARS_MAX = 64
const BODY_BYTES_MAX = 64 * 1024
const SILENCE_MS = 60_000

/** The one object that keeps the provider's payouts. */
export function providerOf(env: SandboxEnv): DurableObjectStub<PaymentProvider> {
  return env.PAYMENTS.get(env.PAYMENTS.idFromName('provider'))
}

/** YooKassa's payouts API v3 over HTTP, as its documentation describes it, faults on demand. */
export const payoutApi = new Hono<{ Bindings: SandboxEnv }>()

for (const path of ['/v3/payouts/*', '/v3/sbp_banks']) {
  payoutApi.use(path, async (c, next) => {
    const expected = `Basic ${btoa(`${c.env.PAYOUT_AGENT_ID}:${c.env.PAYOUT_SECRET}`)}`
    if (c.req.header('authorization') === expected) return await next()
    return c.json(errorBody('invalid_credentials', 'Basic authentication failed'), 401)
  })
  payoutApi.use(path, bodyLimit({ maxSize: BODY_BYTES_MAX }))
}

payoutApi.post('/v3/payouts', async (c) => {
  const switches = switchbox(c.env)
  const refusal = await switches.refusal()
  if (refusal !== null) return refused(refusal)
  const key = c.req.header('idempotence-key') ?? ''
  if (key === '' || key.length > KEY_CHARS_MAX) return wrongKey(c, 'Idempotence key is wrong')
  const text = await c.req.text()
  const request = readCreateRequest(text)
  if ('wrong' in request) {
    const { description, parameter } = request.wrong
    return c.json(errorBody('invalid_request', description, parameter), 400)
  }
  const failure = await switches.failure()
  if (failure === 'unpaid') return broken(c)

  const keyTtlMs = await switches.keyTtlMs()
  const provider = providerOf(c.env)
  const known = await provider.knows(key, keyTtlMs)
  const mode = known ? 'once' : await switches.webhookMode()
  const plan = known
    ? ({ pendingMs: 0, end: 'succeeded', reason: null, keyTtlMs } as const)
    : await switches.plan(keyTtlMs)
  const created = await provider.create(key, await hashOf(text), request, plan, mode)
  if (created.kind === 'key_reused') return wrongKey(c, 'Idempotence key duplicated')

  await keepSilent(await switches.silenceMs())
  if (failure === 'paid') return broken(c)
  const object = payoutObject(created.payout, created.status ?? 'pending')
  return answer(c, object, await switches.twist())
})

payoutApi.get('/v3/payouts/search', async (c) => {
  const fault = await switchbox(c.env).searchFault()
  if (fault === 'error') return broken(c)
  const pairs = [...new URL(c.req.url).searchParams]
    .map(([name, value]) => ({ key: /^metadata\[(.{1,32})\]$/.exec(name)?.[1], value }))
    .flatMap(({ key, value }) => (key === undefined ? [] : [{ key, value }]))
  if (pairs.length > 1) {
    return c.json(errorBody('invalid_request', 'One pair at most', 'metadata'), 400)
  }
  if (fault === 'empty') return c.json({ type: 'list', items: [] })
  return await list(c, fault === 'unfiltered' ? null : (pairs[0] ?? null))
})

payoutApi.get('/v3/payouts', (c) => list(c, null))

payoutApi.get('/v3/payouts/:id', async (c) => {
  const fault = await switchbox(c.env).lookFault()
  if (fault === 'error') return broken(c)
  if (fault === 'silent') await keepSilent(SILENCE_MS)
  const payout = fault === 'not_found' ? null : await providerOf(c.env).look(c.req.param('id'))
  if (payout === null) return c.json(errorBody('not_found', 'Payout doesn’t exist'), 404)
  const twist = fault === 'silent' || fault === 'not_found' ? null : fault
  return answer(c, payoutObject(payout, payout.status), twist)
})

payoutApi.get('/v3/sbp_banks', async (c) => {
  if (await switchbox(c.env).banksDown()) return broken(c)
  return c.json({ type: 'list', items: BANKS })
})

async function list(c: Ctx, pair: { key: string; value: string } | null): Promise<Response> {
  const limit = Math.min(100, Math.max(1, Number.parseInt(c.req.query('limit') ?? '10', 10) || 10))
  const cursor = c.req.query('cursor') ?? null
  const found: SeenPayout[] = await providerOf(c.env).search(pair, limit + 1, cursor)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return c.json({
    type: 'list',
    items: items.map((payout) => payoutObject(payout, payout.status)),
    ...(found.length > limit && last !== undefined ? { next_cursor: last.id } : {}),
  })
}

function answer(c: Ctx, object: Record<string, unknown>, twist: Twist | null): Response {
  switch (twist) {
    case null:
      return c.json(object)
    case 'garbage':
      return c.body('{"id":"po-', 200, { 'content-type': 'application/json' })
    case 'html':
      return c.html('<html><body>Сервис временно недоступен</body></html>')
    case 'oversized':
      return c.json({ ...object, description: 'x'.repeat(2_000_000) })
    case 'wrong_amount':
      return c.json({ ...object, amount: { value: '1.00', currency: 'RUB' } })
    case 'foreign':
      return c.json({ ...object, metadata: { payout_id: crypto.randomUUID() } })
  }
}

const REFUSALS: Record<number, { code: string; description: string; parameter?: string }> = {
  400: {
    code: 'invalid_request',
    description: 'The recipient is not served',
    parameter: 'payout_destination_data',
  },
  401: { code: 'invalid_credentials', description: 'Basic authentication failed' },
  403: { code: 'forbidden', description: 'Payouts are not allowed for this gateway' },
  404: { code: 'not_found', description: 'No such resource' },
  429: { code: 'too_many_requests', description: 'Too many requests' },
}

function refused(status: number): Response {
  const known = REFUSALS[status]
  if (known === undefined) return new Response(null, { status: status >= 400 ? status : 500 })
  const { code, description, parameter } = known
  return Response.json(errorBody(code, description, parameter), { status })
}

function wrongKey(c: Ctx, description: string): Response {
  return c.json(errorBody('invalid_request', description, 'Idempotence-Key'), 400)
}

function broken(c: Ctx): Response {
  const description = 'Internal server error. Repeat the request with the same idempotence key'
  return c.json(errorBody('internal_server_error', description), 500)
}

async function keepSilent(ms: number): Promise<void> {
  if (ms > 0) await scheduler.wait(ms)
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
