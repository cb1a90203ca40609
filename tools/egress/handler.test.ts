import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { throughEgress } from '../../worker/src/outside/egress.ts'
import { exchange } from '../../worker/src/outside/exchange.ts'
import { egressHandler } from './handler.ts'

/** The Worker's side and the proxy, over real sockets. */

const TOKEN = 'a-token-of-more-than-thirty-two-characters'
const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = []
const stops: (() => void)[] = []

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let service = ''
let proxy = ''

beforeAll(async () => {
  service = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ url: request.url, headers: request.headers, body })
    if (request.url === '/away') response.writeHead(302, { location: 'http://evil.example/' })
    if (request.url === '/huge') response.write('x'.repeat(1_600_000))
    response.end('{"ok":true}')
  })
  proxy = await serve(egressHandler({ token: TOKEN, allowed: [service] }))
})
afterAll(() => {
  for (const stop of stops) stop()
})

function ask(path: string, { token = TOKEN, base = service, hosts = [new URL(base).host] } = {}) {
  const send = throughEgress((request) => fetch(request), { url: proxy, token, hosts })
  const bounds = { answerMsMax: 5_000, answerBytesMax: 2_000_000 }
  const headers = { soapaction: 'urn:x' }
  return exchange(send, base + path, { method: 'POST', headers, body: 'question' }, bounds)
}

test('a listed host is asked from the proxy with the same path, headers and body', async () => {
  expect(await ask('/find?a=1')).toMatchObject({
    kind: 'answered',
    status: 200,
    text: '{"ok":true}',
  })
  const last = seen.at(-1)
  expect(last).toMatchObject({
    url: '/find?a=1',
    body: 'question',
    headers: { soapaction: 'urn:x' },
  })
  expect(JSON.stringify(last)).not.toContain(TOKEN)
  expect(Object.keys(last?.headers ?? {}).filter((name) => name.startsWith('egress'))).toEqual([])
})

test('any other host is asked directly', async () => {
  const answer = await ask('/direct', { hosts: ['elsewhere.example'] })
  expect(answer).toMatchObject({ kind: 'answered' })
  expect(answer.kind === 'answered' && answer.headers.has('egress-origin')).toBe(false)
})

test('a redirect comes back as one, and is followed by nobody', async () => {
  expect(await ask('/away')).toMatchObject({ kind: 'answered', status: 302 })
})

test.each([
  ['a wrong token', '/x', { token: 'wrong' }, 'HTTP 401'],
  ['a host that is not allowed', '/x', { base: 'http://169.254.169.254' }, 'HTTP 403'],
  ['an answer that is too large', '/huge', {}, 'HTTP 502'],
])(
  'what the proxy itself says is never taken for the service’s answer: %s',
  async (_, path, options, words) => {
    const before = seen.length
    const answer = await ask(path, options)
    expect(answer).toEqual({ kind: 'silent', detail: `the egress proxy answers ${words}` })
    expect(seen.length - before).toBe(path === '/huge' ? 1 : 0)
  },
)
