import { beforeEach, describe, expect, test } from 'vitest'
import { type Caller, good, signInShopper, stranger } from './actors.ts'
import { createMembersWorld, type MembersWorld } from './members-world.ts'

let world: MembersWorld
let shopper: Caller
beforeEach(async () => {
  world = await createMembersWorld()
  shopper = await signInShopper(world, '+79161234567')
})

const codeOf = async (response: Response) => (await response.json<{ code: string }>()).code

describe('what other sites make a browser send', () => {
  const patch = (headers: HeadersInit) => shopper.call('PATCH', '/v1/me', { name: 'Анна' }, headers)

  test('is refused when it would change something', async () => {
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: 'http://kopilka.test' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await patch(headers)
      expect(answer.status, JSON.stringify(headers)).toBe(403)
      expect(await codeOf(answer)).toBe('cross_site')
    }
  })

  test('passes from our own pages, and from programs that send neither header', async () => {
    const same = { origin: 'https://kopilka.test', 'sec-fetch-site': 'same-origin' }
    for (const headers of [{}, same, { 'sec-fetch-site': 'none' }]) {
      expect((await patch(headers)).status).toBe(200)
    }
  })

  test('cannot read our answers', async () => {
    const answer = await shopper.call('GET', '/v1/me', undefined, { origin: 'https://evil.test' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})

describe('bodies', () => {
  test('over 64 kB are refused, with a declared length and without', async () => {
    const name = 'x'.repeat(70_000)
    const declared = await shopper.call('PATCH', '/v1/me', { name })
    expect(declared.status).toBe(413)
    const stream = new Response(JSON.stringify({ name })).body
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${shopper.token}` }
    const init: RequestInit = { method: 'PATCH', headers, body: stream }
    const streamed = await world.fetch(new Request('https://kopilka.test/v1/me', init))
    expect(await codeOf(streamed)).toBe('body_too_large')
  })

  test('that do not say they are JSON are refused, so a form cannot post here', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const answer = await shopper.call('PATCH', '/v1/me', '{"name":"A"}', { 'content-type': type })
      expect(answer.status).toBe(415)
    }
  })

  test('that are no JSON at all, or missing, are the caller’s mistake', async () => {
    for (const body of ['{"name":', '', '[]', 'null']) {
      const answer = await shopper.call('PATCH', '/v1/me', body)
      expect(answer.status, body).toBe(400)
      expect(await codeOf(answer)).toBe('invalid_request')
    }
  })

  test('are not read before the caller may call', async () => {
    const answer = await stranger(world).call('PATCH', '/v1/me', '{"name":')
    expect(answer.status).toBe(401)
  })
})

describe('every answer', () => {
  test('carries the request id that was sent, or a new one for a malformed one', async () => {
    const id = 'order-12345678'
    const kept = await shopper.call('GET', '/v1/me', undefined, { 'x-request-id': id })
    expect(kept.headers.get('x-request-id')).toBe(id)
    const made = await shopper.call('GET', '/v1/me', undefined, { 'x-request-id': 'a b' })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('is not cached, not sniffed, and runs nothing', async () => {
    const { headers } = await shopper.call('GET', '/v1/me')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  })

  test('leaves one log line with the route’s template and no personal data', async () => {
    world.logLines.length = 0
    await shopper.call('DELETE', '/v1/me/sessions/ses_somebody', undefined, {
      'cf-connecting-ip': '203.0.113.7',
    })
    expect(world.logLines).toHaveLength(1)
    const [line = ''] = world.logLines
    expect(JSON.parse(line)).toMatchObject({
      method: 'DELETE',
      route: '/v1/me/sessions/:sessionId',
      status: 404,
      actor: 'shopper',
    })
    for (const trace of ['ses_somebody', '203.0.113.7', '9161234567']) {
      expect(line).not.toContain(trace)
    }
  })

  test('to an unknown path is the same 404 as to a foreign id', async () => {
    const path = await shopper.call('GET', '/v1/nowhere')
    const id = await shopper.call('DELETE', '/v1/me/sessions/ses_somebody')
    expect(path.status).toBe(404)
    expect(await path.text()).toBe(await id.text())
  })
})

test('a bug answers its request id and logs its cause, and tells nothing else', async () => {
  await world.db.prepare('DROP TABLE consent_addresses').run()
  await world.db.prepare('DROP TABLE consent_log').run()
  const answer = await shopper.call('GET', '/v1/me/consents')
  expect(answer.status).toBe(500)
  const text = await answer.text()
  expect(text).not.toContain('consent_log')
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', requestId: expect.any(String) })
  expect(world.logLines.at(-1)).toContain('no such table: consent_log')
})

test('an expired session is nobody’s', async () => {
  await world.db.prepare("UPDATE sessions SET expires_at = '2020-01-01T00:00:00.000Z'").run()
  expect(await good(await shopper.call('GET', '/v1/me'))).toMatchObject({ kind: 'anonymous' })
  expect((await shopper.call('GET', '/v1/me/sessions')).status).toBe(401)
})
