import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { PROBLEMS, type ProblemCode } from '#schema/problem'
import { appOf } from '../src/composition/app-of.ts'
import { ABSENT, type AccessWorld, createAccessWorld, filled } from './access-world.ts'
import { type Caller, callerOf, good, stranger } from './actors.ts'
import { submit, travel } from './journey-steps.ts'
import { issueOne, newShopper, world } from './market-world.ts'

/** Bad input at the edge: each kind has its problem code, and costs nobody else anything. */

const DAY_MS = 86_400_000
const MEGABYTE = 1_048_576

let network: AccessWorld
let shopper: Caller

beforeAll(async () => {
  network = await createAccessWorld()
  shopper = network.shopper
}, 120_000)

afterEach(() => {
  vi.useRealTimers()
})

type Problem = { type: string; title: string; status: number; code: ProblemCode; errors?: unknown }

/** The answer is that problem: its status, its media type, its place in the table. */
async function expectProblem(response: Response, code: ProblemCode, note = ''): Promise<Problem> {
  const text = await response.text()
  expect(text, note).toContain(`"${code}"`)
  expect(response.headers.get('content-type'), note).toBe('application/problem+json')
  const { status, title } = PROBLEMS[code]
  expect(response.status, note).toBe(status)
  const problem: Problem = JSON.parse(text)
  expect(problem, note).toMatchObject({ type: `/problems/${code}`, title, status, code })
  return problem
}

const SCAN = { source: { code: 'qr', text: 'x' } }

describe('a body that is too large', () => {
  test('of 10 MB is refused before it is parsed, with or without its length', async () => {
    const started = Date.now()
    const noJson = 'x'.repeat(10 * MEGABYTE)
    await expectProblem(await shopper.call('POST', '/v1/receipts', noJson), 'body_too_large')
    const unsized = new Request('https://kopilka.test/v1/receipts', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shopper.token}`,
        'content-type': 'application/json',
      },
      body: endless(10 * MEGABYTE),
    })
    await expectProblem(await world.fetch(unsized), 'body_too_large')
    expect(Date.now() - started).toBeLessThan(5_000)
  })

  test('is refused by every route that takes a body', async () => {
    const app = await appOf(env)
    const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
      definition.type === 'route' && definition.route.request?.body ? [definition.route] : [],
    )
    expect(routes.length).toBeGreaterThan(20)
    const body = `{"x":"${'x'.repeat(2 * MEGABYTE)}"}`
    const people = network.people.filter(({ name }) =>
      ['a shopper', 'owner', 'operator admin'].includes(name),
    )
    for (const { method, path } of routes) {
      const url = filled(path, { ...ABSENT, partnerId: network.first.id })
      const answers = await Promise.all(
        people.map(({ caller }) => caller.call(method.toUpperCase(), url, body)),
      )
      const codes = await Promise.all(
        answers.map(async (answer) => (await answer.json<Problem>()).code),
      )
      expect(codes, `${method} ${path}`).toContain('body_too_large')
    }
  }, 60_000)

  test('comes after the question who is asking: strangers are not read at all', async () => {
    const body = 'x'.repeat(MEGABYTE)
    await expectProblem(
      await stranger(world).call('POST', '/v1/receipts', body),
      'sign_in_required',
    )
  })
})

/** A body that does not say how long it is. */
function endless(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close()
      left -= 65_536
      controller.enqueue(new Uint8Array(65_536).fill(120))
    },
  })
}

describe('a body that is not what the contract says', () => {
  const post = (body: unknown, headers?: HeadersInit) =>
    shopper.call('POST', '/v1/receipts', body, headers)

  test.each([
    ['no JSON', '{"source":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '42'],
    ['a list', '[]'],
    ['a missing field', { source: { code: 'qr' } }],
    ['a wrong type', { source: { code: 'qr', text: 42 } }],
    ['an unknown variant', { source: { code: 'photo', text: 'x' } }],
    ['an unknown field', { ...SCAN, rewardMinor: 1_000_000 }],
    ['an unknown field inside', { source: { code: 'qr', text: 'x', walletId: 'wal_1' } }],
    ['a prototype', '{"source":{"code":"qr","text":"x"},"__proto__":{"admin":true}}'],
    ['a text of 4,001 characters', { source: { code: 'qr', text: 'x'.repeat(4_001) } }],
    ['an empty text', { source: { code: 'qr', text: '' } }],
    ['a date that is none', { ...SCAN, scannedAt: 'yesterday' }],
  ])('%s is refused as such', async (note, body) => {
    await expectProblem(await post(body), 'invalid_request', note)
  })

  test('says where and what was expected, and never repeats the value', async () => {
    const secret = 'CARD-4242424242424242'
    const answer = await post({ source: { code: 'qr', text: 'x', [secret]: secret } })
    const { errors } = await expectProblem(answer, 'invalid_request')
    expect(errors).toMatchObject([{ path: 'source', message: expect.any(String) }])
    const wrong = await post({ source: { code: 'qr', text: { secret } } })
    const problem = await expectProblem(wrong, 'invalid_request')
    expect(JSON.stringify(problem)).not.toContain(secret)
  })

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data'], ['']])(
    'of the media type "%s" is not read',
    async (type) => {
      const answer = await post(JSON.stringify(SCAN), { 'content-type': type })
      await expectProblem(answer, 'unsupported_media_type')
    },
  )

  test('nested ten thousand deep is refused and breaks nothing', async () => {
    const depth = 7_000
    await expectProblem(await post('['.repeat(depth) + ']'.repeat(depth)), 'invalid_request')
    const inside = `{"source":{"code":"qr","text":${'['.repeat(depth)}${']'.repeat(depth)}}}`
    await expectProblem(await post(inside), 'invalid_request')
  })

  test.each([[1.5], [-1], [0], [9_007_199_254_740_992], [1e308], ['100'], [null], [true]])(
    'an amount of %s is no amount',
    async (amountMinor) => {
      const destination = { code: 'yoo_money', accountNumber: '4100116075156746' }
      const body = { id: crypto.randomUUID(), amountMinor, destination }
      await expectProblem(await shopper.call('POST', '/v1/payouts', body), 'invalid_request')
    },
  )

  test.each([
    ['null bytes', '\u0000\u0000\u0000'],
    ['emoji', '🧾'.repeat(500)],
    ['2,000 characters', 'я'.repeat(2_000)],
    ['half a surrogate', '\ud83e'],
    ['markup', '<script>alert(1)</script>'],
    ['a statement', "'; DROP TABLE receipts; --"],
  ])('%s for a code is not a code, and no failure of ours', async (note, text) => {
    const answer = await post({ source: { code: 'qr', text } })
    await expectProblem(answer, 'not_a_fiscal_code', note)
  })
})

describe('a list', () => {
  test.each([['0'], ['101'], ['-1'], ['1.5'], ['abc'], ['1e2'], ['']])(
    'does not take the limit "%s"',
    async (limit) => {
      for (const path of await listsOf('shopper')) {
        await expectProblem(await shopper.call('GET', `${path}?limit=${limit}`), 'invalid_request')
      }
    },
  )

  test.each([
    ['garbage'],
    ['🧾'],
    ['W10'],
    ['WyJ4Il0'],
    ['WzEsMiwzLDRd'],
    ['bnVsbA'],
    ['a'.repeat(201)],
    ["' OR 1=1 --"],
  ])('does not take the cursor "%s"', async (cursor) => {
    for (const path of ['/v1/receipts', '/v1/payouts']) {
      const query = `?cursor=${encodeURIComponent(cursor)}`
      await expectProblem(await shopper.call('GET', path + query), 'invalid_request', path)
    }
  })

  test('of anybody answers garbage cursors with a refusal, never with a failure', async () => {
    for (const [who, kind] of [
      ['owner', 'partner'],
      ['operator admin', 'operator'],
    ] as const) {
      const caller = network.people.find(({ name }) => name === who)?.caller
      const lists = await listsOf(kind)
      expect(lists.length).toBeGreaterThan(3)
      for (const path of lists) {
        for (const query of ['cursor=garbage', 'cursor=bnVsbA', 'limit=101', 'surprise=1']) {
          const answer = await caller?.call('GET', `${path}?${query}`)
          if (!answer) throw new Error(`nobody is ${who}`)
          await expectProblem(answer, 'invalid_request', `${path}?${query}`)
        }
      }
    }
  }, 60_000)

  test('does not take an unknown question', async () => {
    for (const path of await listsOf('shopper')) {
      const answer = await shopper.call('GET', `${path}?walletId=wal_another000001`)
      await expectProblem(answer, 'invalid_request', path)
    }
  })
})

/** Paths of all lists that are paged, for a kind of caller. */
async function listsOf(kind: 'shopper' | 'partner' | 'operator'): Promise<string[]> {
  const app = await appOf(env)
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, request, 'x-access': access } = definition.route
    const query = request?.query
    const isPaged = query && 'shape' in query && 'cursor' in query.shape
    if (method !== 'get' || !isPaged || !JSON.stringify(access).includes(kind)) return []
    return filled(path, network.things)
  })
}

describe('a session', () => {
  test('that has expired is nobody’s', async () => {
    const passing = await newShopper()
    travel(61 * DAY_MS)
    await expectProblem(await passing.call('GET', '/v1/wallet'), 'sign_in_required')
    await expectProblem(await passing.call('POST', '/v1/receipts', SCAN), 'sign_in_required')
  })

  test('that was changed by a letter, or never was, is nobody’s', async () => {
    for (const token of [
      `${shopper.token}x`,
      shopper.token.slice(1),
      'x',
      'null',
      '..',
      '🧾'.length,
    ]) {
      const answer = await callerOf(world, String(token)).call('GET', '/v1/wallet')
      await expectProblem(answer, 'sign_in_required', String(token))
    }
  })

  test('that was ended elsewhere takes no receipt a few seconds later', async () => {
    const leaving = await newShopper()
    const submission = async () => ({ source: { code: 'qr', text: (await issueOne()).qr } })
    // The submission is a route that believes a session for a moment without reading it again.
    expect((await leaving.call('POST', '/v1/receipts', await submission())).status).toBe(202)
    expect((await leaving.call('DELETE', '/v1/me/sessions')).status).toBe(204)
    await expectProblem(await leaving.call('GET', '/v1/payouts'), 'sign_in_required')
    travel(60_000)
    const late = await leaving.call('POST', '/v1/receipts', await submission())
    await expectProblem(late, 'sign_in_required')
  })
})

describe('a request', () => {
  test('that another site sends through the shopper’s browser is refused', async () => {
    const answer = await shopper.call('POST', '/v1/receipts', SCAN, {
      origin: 'https://evil.example',
    })
    await expectProblem(answer, 'cross_site')
  })

  test('to nowhere is not found, whatever its method', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['POST', '/v1/wallet'],
      ['DELETE', '/v1/receipts'],
      ['GET', '/v1/receipts/../../etc/passwd'],
    ] as const) {
      const answer = await shopper.call(method, path)
      expect([404, 405], `${method} ${path}`).toContain(answer.status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test('without consent to the terms takes no receipt', async () => {
    const hasty = await newShopper({ agrees: false })
    const { qr } = await issueOne()
    const body = { source: { code: 'qr', text: qr } }
    await expectProblem(await hasty.call('POST', '/v1/receipts', body), 'consent_needed')
    expect((await submit(shopper, qr)).state).toBe('received')
    expect(
      (await good<{ items: unknown[] }>(await hasty.call('GET', '/v1/receipts'))).items,
    ).toEqual([])
  })
})
