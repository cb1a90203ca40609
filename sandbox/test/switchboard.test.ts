import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { stateOf } from '../src/env.ts'

const ORIGIN = 'https://sandbox.test'

function call(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) }
  return exports.default.fetch(new Request(ORIGIN + path, init))
}

beforeEach(() => reset())

test('a switch works for as many uses as it was given, then it is off', async () => {
  await call('POST', '/api/switchboard', { key: 'tax.code', value: '503', remaining: 2 })
  const taken = []
  for (let at = 0; at < 3; at += 1) taken.push(await stateOf(env).takeSwitch('tax.code'))
  expect(taken).toEqual(['503', '503', null])
  expect(await (await call('GET', '/api/switchboard')).json()).toEqual({ items: [] })
})

test('without a count it stays until it is switched off; looking at it is no use', async () => {
  await call('POST', '/api/switchboard', { key: 'tax.slow_ms', value: 5 })
  const state = stateOf(env)
  expect([await state.takeSwitch('tax.slow_ms'), await state.peekSwitch('tax.slow_ms')]).toEqual([
    5, 5,
  ])
  await call('POST', '/api/switchboard', { key: 'tax.slow_ms', value: null })
  expect(await state.takeSwitch('tax.slow_ms')).toBeNull()
})

test('everything can be switched off at once', async () => {
  await call('POST', '/api/switchboard', { key: 'tax.wrong', value: 'fn' })
  await call('POST', '/api/switchboard', { key: 'payouts.refuse', value: 500, remaining: 3 })
  await call('DELETE', '/api/switchboard')
  expect(await stateOf(env).listSwitches()).toEqual([])
})

test('the page shows what is on and sets it', async () => {
  const form = new URLSearchParams({ key: 'tax.fault', value: '"http_503"', remaining: '4' })
  const set = await exports.default.fetch(
    new Request(`${ORIGIN}/switchboard`, { method: 'POST', body: form, redirect: 'manual' }),
  )
  expect(set.status).toBe(303)
  expect(await stateOf(env).listSwitches()).toEqual([
    { key: 'tax.fault', value: 'http_503', remaining: 4 },
  ])
  const shown = await (await call('GET', '/switchboard')).text()
  expect(shown).toMatch(/HTTP 503 · осталось раз: 4/)
})

test.each([
  {},
  { key: 'UPPER', value: 1 },
  { key: 'tax.code' },
  { key: 'tax.code', value: 1, remaining: 0 },
  { key: 'tax.code', value: 1, extra: true },
])('what is no order changes nothing: %j', async (order) => {
  expect((await call('POST', '/api/switchboard', order)).status).toBe(400)
  expect(await stateOf(env).listSwitches()).toEqual([])
})
