import { describe, expect, test } from 'vitest'
import { callService, type Service } from './json-call.ts'
import { BASE, json, scripted } from './lookups/scripted.test-data.ts'

const call = (service: Service) => callService(service, '/find', {}, [404])

describe('what is no answer of the service', () => {
  test.each<[string, Response | Error, string]>([
    ['a server error', json({}, 500), 'HTTP 500'],
    [
      'a web page',
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'text/html',
    ],
    [
      'JSON under another type',
      new Response('{}', { headers: { 'content-type': 'text/plain' } }),
      'text/plain',
    ],
    [
      'garbage',
      new Response('{"a":', { headers: { 'content-type': 'application/json' } }),
      'not JSON',
    ],
    ['bytes that are no text', new Response(new Uint8Array([0xff, 0xfe])), ''],
    ['a broken line', new Error('connection reset'), 'connection reset'],
    ['more than it may say', json('x'.repeat(20_001)), 'over 20000 bytes'],
  ])('%s', async (_, reply, words) => {
    const called = await call(scripted([reply]))
    expect(called).toMatchObject({ kind: 'failed', answer: { kind: 'unavailable' } })
    expect(JSON.stringify(called)).toContain(words)
  })

  test('a redirect is not followed, wherever it leads', async () => {
    const headers = { location: 'https://evil.example/' }
    const service = scripted([new Response(null, { status: 302, headers })])
    expect(await call(service)).toMatchObject({ answer: { detail: 'HTTP 302' } })
    expect(service.asked).toHaveLength(1)
  })

  test('silence ends after the allowed time', async () => {
    const service = { ...scripted([]), send: () => new Promise<Response>(() => {}) }
    expect(await call(service)).toMatchObject({ answer: { detail: 'no answer within 50 ms' } })
  })
})

test.each([
  ['30', 30_000],
  [null, 60_000],
  ['-1', 60_000],
  ['999999999', 86_400_000],
])('a used-up limit says how long to wait: retry-after %s', async (header, retryAfterMs) => {
  const reply = json({}, 429, header === null ? {} : { 'retry-after': header })
  expect(await call(scripted([reply]))).toEqual({
    kind: 'failed',
    answer: { kind: 'quota', detail: 'HTTP 429', retryAfterMs },
  })
})

test('an empty body and a readable status are answers', async () => {
  expect(await call(scripted([new Response('')]))).toEqual({ kind: 'empty', status: 200 })
  expect(await call(scripted([json({ a: 1 }, 404)]))).toEqual({
    kind: 'json',
    status: 404,
    json: { a: 1 },
  })
})

test('a secret that a broken line repeats is not shown', async () => {
  const service = { ...scripted([new Error('bad token s3cret')]), secret: 's3cret' }
  const called = await call(service)
  expect(JSON.stringify(called)).not.toContain('s3cret')
})

test.each(['//evil.example/x', 'https://evil.example/x', '\\\\evil.example\\x'])(
  'a path that leaves its host is never asked: %s',
  async (path) => {
    const service = scripted([json({})])
    await expect(callService(service, path, {})).rejects.toThrow('leaves its host')
    expect(service.asked).toHaveLength(0)
    expect(service.base).toBe(BASE)
  },
)
