import { describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { RuScan } from '#schema/receipt'
import FIXTURES from './corpus/fns-soap.json' with { type: 'json' }
import { createFnsAuthority, FNS_PACE, type FnsDeps } from './fns-open-api.fetch.ts'
import type { FnsToken } from './fns-token.ts'

/** The client against scripted replies of the documents; the sandbox tests it against a service. */

const SCAN: RuScan = {
  time: '2019-04-09T16:38',
  totalMinor: minor(240_000),
  fn: '9287440300090728',
  i: 77_133,
  fp: 1_482_926_127,
  kind: 1,
}

const NOW = Date.parse('2026-11-21T20:00:00Z')

type Scripted = Response | Error | (() => Promise<Response>)

type Documented = typeof FIXTURES
const ok = (name: keyof Documented['responses']) => new Response(FIXTURES.responses[name])
const fault = (name: keyof Documented['faultsHttp500']) =>
  new Response(FIXTURES.faultsHttp500[name], { status: 500 })

function tokenReply(token: string, expiresAt = '2026-11-22T00:00:00+03:00'): Response {
  const text: string = FIXTURES.responses['AuthResponse.ok']
  return new Response(
    text
      .replace('c499717f309949d2b8719bf3040efd96', token)
      .replace('2021-01-21T14:52:13.202+03:00', expiresAt),
  )
}

type ClientOptions = {
  stored?: FnsToken
  userToken?: string
  now?: () => number
  answerMsMax?: number
}

function clientOf(script: Scripted[], options: ClientOptions = {}) {
  const sent: { action: string; token: string | null; userToken: string | null; body: string }[] =
    []
  const slept: number[] = []
  let stored: FnsToken | null =
    options.stored ?? ({ token: 'stored', expiresAt: NOW + 3_600_000 } satisfies FnsToken)
  const deps: FnsDeps = {
    baseUrl: 'https://tax.test',
    masterToken: 'MASTER',
    userToken: options.userToken,
    now: options.now ?? (() => NOW),
    sleep: async (ms) => {
      slept.push(ms)
    },
    tokens: {
      read: async () => stored,
      write: async (token) => {
        stored = token
      },
    },
    pace: { ...FNS_PACE, answerMsMax: options.answerMsMax ?? 50 },
    fetch: async (request) => {
      sent.push({
        action: request.headers.get('soapaction') ?? '',
        token: request.headers.get('FNS-OpenApi-Token'),
        userToken: request.headers.get('FNS-OpenApi-UserToken'),
        body: await request.text(),
      })
      const next = script.shift() ?? new Error('the script has ended')
      if (next instanceof Error) throw next
      return typeof next === 'function' ? next() : next
    },
  }
  return { authority: createFnsAuthority(deps), sent, slept, stored: () => stored, left: script }
}

describe('a receipt', () => {
  test('is sent, waited for and read', async () => {
    const client = clientOf([
      ok('SendMessageResponse'),
      ok('GetMessage.processing'),
      ok('GetMessage.processing'),
      ok('GetTicket.200'),
    ])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
    expect(client.sent.map((request) => request.action)).toEqual([
      'urn:SendMessageRequest',
      'urn:GetMessageRequest',
      'urn:GetMessageRequest',
      'urn:GetMessageRequest',
    ])
    expect(client.sent.every((request) => request.token === 'stored')).toBe(true)
    expect(client.slept).toEqual([300, 1_100, 1_100])
  })

  test('carries the user token only when there is one', async () => {
    const answers = () => [ok('SendMessageResponse'), ok('GetTicket.404')]
    const without = clientOf(answers())
    await without.authority.ask(SCAN)
    expect(without.sent[0]?.userToken).toBeNull()
    const withOne = clientOf(answers(), { userToken: 'dXNlcg==' })
    await withOne.authority.ask(SCAN)
    expect(withOne.sent[0]?.userToken).toBe('dXNlcg==')
  })

  test('polls stay within 1 a second and 12 a minute', () => {
    const betweenPolls = FNS_PACE.pollPausesMs.slice(1)
    expect(Math.min(...betweenPolls)).toBeGreaterThan(1_000)
    expect(FNS_PACE.pollPausesMs.length).toBeLessThanOrEqual(12)
    const total = FNS_PACE.pollPausesMs.reduce((sum, pause) => sum + pause, 0)
    expect(total).toBeLessThanOrEqual(60_000)
  })
})

describe('an answer that does not come', () => {
  const processing = () => FNS_PACE.pollPausesMs.map(() => ok('GetMessage.processing'))

  test('is asked for by a second message, then the service is unavailable', async () => {
    const client = clientOf([
      ok('SendMessageResponse'),
      ...processing(),
      ok('SendMessageResponse'),
      ...processing(),
    ])
    expect(await client.authority.ask(SCAN)).toMatchObject({ kind: 'unavailable' })
    expect(client.left).toHaveLength(0)
    expect(client.sent.filter((request) => /SendMessage/.test(request.action))).toHaveLength(2)
  })

  test('and was forgotten by the service: the message is sent again', async () => {
    const client = clientOf([
      ok('SendMessageResponse'),
      fault('messageNotFound'),
      ok('SendMessageResponse'),
      ok('GetTicket.200'),
    ])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
  })

  test('because of too many polls: the next poll comes later', async () => {
    const client = clientOf([ok('SendMessageResponse'), fault('rateLimit'), ok('GetTicket.200')])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
  })

  test('because one reply was lost: the next poll brings it', async () => {
    const client = clientOf([
      ok('SendMessageResponse'),
      new Error('connection reset'),
      ok('GetTicket.200'),
    ])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
  })
})

describe('tokens', () => {
  const expired = { token: 'old', expiresAt: NOW + 59_000 }

  test('one about to expire is changed before it is used', async () => {
    const client = clientOf([tokenReply('new'), ok('SendMessageResponse'), ok('GetTicket.404')], {
      stored: expired,
    })
    await client.authority.ask(SCAN)
    expect(client.sent[0]?.body).toContain('<tns:MasterToken>MASTER</tns:MasterToken>')
    expect(client.sent[0]?.token).toBeNull()
    expect(client.sent[1]?.token).toBe('new')
    expect(client.stored()).toEqual({
      token: 'new',
      expiresAt: Date.parse('2026-11-21T21:00:00Z'),
    })
  })

  test('twenty askers share one refresh', async () => {
    const answers = Array.from({ length: 40 }, (_, at) => {
      return () => Promise.resolve(ok(at < 20 ? 'SendMessageResponse' : 'GetTicket.404'))
    })
    const client = clientOf([tokenReply('new'), ...answers], { stored: expired })
    const all = Array.from({ length: 20 }, () => client.authority.ask(SCAN))
    for (const answer of await Promise.all(all)) expect(answer.kind).toBe('not_delivered')
    expect(client.sent.filter((request) => request.token === null)).toHaveLength(1)
  })

  test('a refresh that never ends is not waited for by those who come later', async () => {
    let now = NOW
    const client = clientOf(
      [
        () => new Promise(() => {}),
        tokenReply('new'),
        ok('SendMessageResponse'),
        ok('GetTicket.404'),
      ],
      { stored: expired, now: () => now, answerMsMax: 60_000 },
    )
    void client.authority.ask(SCAN)
    await new Promise((resolve) => setTimeout(resolve, 5))
    now += 30_000
    expect((await client.authority.ask(SCAN)).kind).toBe('not_delivered')
  })

  test('a refused one is refreshed once and the question asked again', async () => {
    const client = clientOf([
      fault('tokenDenied'),
      tokenReply('new'),
      ok('SendMessageResponse'),
      ok('GetTicket.200'),
    ])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
    expect(client.sent.map((request) => request.token)).toEqual(['stored', null, 'new', 'new'])
  })

  test('one that is refused between question and answer too', async () => {
    const client = clientOf([
      ok('SendMessageResponse'),
      fault('tokenDenied'),
      tokenReply('new'),
      ok('SendMessageResponse'),
      ok('GetTicket.200'),
    ])
    expect((await client.authority.ask(SCAN)).kind).toBe('authentic')
  })

  test('a fresh one that is refused is the operator’s matter, not a loop', async () => {
    const client = clientOf([fault('tokenDenied'), tokenReply('new'), fault('tokenDenied')])
    expect(await client.authority.ask(SCAN)).toEqual({
      kind: 'unavailable',
      detail: 'access denied: a fresh token is refused',
    })
    expect(client.left).toHaveLength(0)
  })

  test('none to be had says why', async () => {
    const client = clientOf([ok('AuthResponse.fault')], { stored: expired })
    expect(await client.authority.ask(SCAN)).toEqual({
      kind: 'unavailable',
      detail: 'access denied: Описание ошибки сервиса',
    })
  })

  test('a failed refresh does not stick', async () => {
    const client = clientOf(
      [fault('internal'), tokenReply('new'), ok('SendMessageResponse'), ok('GetTicket.404')],
      { stored: expired },
    )
    expect((await client.authority.ask(SCAN)).kind).toBe('unavailable')
    expect((await client.authority.ask(SCAN)).kind).toBe('not_delivered')
  })
})

describe('refusals of the service', () => {
  test.each(['dailyLimit', 'methodLimit'] as const)(
    '%s: back off until Moscow midnight',
    async (name) => {
      expect(await clientOf([fault(name)]).authority.ask(SCAN)).toMatchObject({
        kind: 'quota',
        detail: expect.stringContaining('Превышен'),
        retryAfterMs: 3_600_000,
      })
    },
  )

  test('HTTP 429 says for how long', async () => {
    const limited = (header: string) =>
      new Response('Too many requests', { status: 429, headers: { 'retry-after': header } })
    const waits = ['60', '5', 'soon', '-1', '999999999']
    const answers = await Promise.all(
      waits.map((wait) => clientOf([limited(wait)]).authority.ask(SCAN)),
    )
    expect(answers.map((answer) => answer.kind === 'quota' && answer.retryAfterMs)).toEqual([
      60_000, 5_000, 60_000, 60_000, 86_400_000,
    ])
  })

  test.each(['ipDenied', 'methodDenied', 'headersMissing', 'signature'] as const)(
    '%s: unavailable, in words for the operator',
    async (name) => {
      expect(await clientOf([fault(name)]).authority.ask(SCAN)).toMatchObject({
        kind: 'unavailable',
        detail: expect.stringMatching(/^access denied: .{10}/),
      })
    },
  )

  test.each(['timeout', 'internal', 'badXml'] as const)('%s: unavailable', async (name) => {
    const answer = await clientOf([fault(name)]).authority.ask(SCAN)
    expect(answer).toMatchObject({ kind: 'unavailable' })
    expect(answer).not.toHaveProperty('sparingly')
  })

  test('a forged sign is final', async () => {
    const client = clientOf([ok('SendMessageResponse'), ok('GetTicket.406')])
    expect(await client.authority.ask(SCAN)).toEqual({
      kind: 'forged',
      detail: '406 Данные не прошли проверку',
    })
  })
})

describe('a broken line', () => {
  test.each<[string, Scripted]>([
    ['no connection', new Error('ECONNREFUSED')],
    ['a web page', new Response('<html>Bad gateway</html>', { status: 502 })],
    ['HTTP 503', new Response('', { status: 503 })],
    ['a redirect', new Response('', { status: 302, headers: { location: 'https://evil.test/' } })],
    ['garbage', new Response('garbage')],
    ['an answer over 1 MB', new Response('x'.repeat(1_048_577))],
    ['silence', () => new Promise<Response>(() => {})],
    ['an answer to another question', ok('GetMessage.processing')],
    [
      'entities that grow',
      new Response('<!DOCTYPE a [<!ENTITY b "b">]><Envelope><Body>&b;</Body></Envelope>'),
    ],
  ])('%s: unavailable', async (_, reply) => {
    expect(await clientOf([reply]).authority.ask(SCAN)).toMatchObject({ kind: 'unavailable' })
  })

  test('two silent polls in a row end the wait', async () => {
    const gone = () => new Error('ECONNREFUSED')
    const client = clientOf([ok('SendMessageResponse'), gone(), gone()])
    expect(await client.authority.ask(SCAN)).toEqual({
      kind: 'unavailable',
      detail: 'ECONNREFUSED',
    })
    expect(client.sent).toHaveLength(3)
  })
})
