import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RuScan } from '#schema/receipt'
import {
  authRequest,
  type FnsReply,
  type FnsRequest,
  pollRequest,
  readReply,
  ticketRequest,
} from '#worker/verification/fns-messages'
import { stateOf } from '../src/env.ts'

/** The simulated tax service keeps the published protocol: what it must not forgive. */

type Headers_ = Record<string, string>

async function post(request: FnsRequest, headers: Headers_ = {}): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://tax.test${request.path}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: request.action,
        ...headers,
      },
      body: request.body,
    }),
  )
}

async function read(request: FnsRequest, headers: Headers_ = {}): Promise<FnsReply> {
  return readReply(await (await post(request, headers)).text())
}

async function tokenHeader(): Promise<Headers_> {
  const reply = await read(authRequest('sandbox-master-token'))
  if (reply.kind !== 'token') throw new Error(reply.kind)
  return { 'FNS-OpenApi-Token': reply.token }
}

async function issuedScan(): Promise<RuScan> {
  const issued = await stateOf(env).issue({ chain: 'ugol', lines: 2 })
  if ('refused' in issued || issued[0] === undefined) throw new Error('nothing was issued')
  return issued[0].scan
}

async function sent(scan: RuScan, headers: Headers_): Promise<FnsRequest> {
  const reply = await read(ticketRequest(scan), headers)
  if (reply.kind !== 'sent') throw new Error(JSON.stringify(reply))
  return pollRequest(reply.messageId)
}

beforeEach(() => reset())

test('faults are HTTP 500 in XML, as the original’s web server sends them', async () => {
  const answer = await post(ticketRequest(await issuedScan()), { 'FNS-OpenApi-Token': 'x' })
  expect(answer.status).toBe(500)
  expect(answer.headers.get('content-type')).toBe('text/xml;charset=UTF-8')
  expect(await answer.text()).toContain('<AuthenticationFault')
})

test('answers are prepared for 0.3 to 3 seconds', async () => {
  const headers = await tokenHeader()
  const poll = await sent(await issuedScan(), headers)
  expect(await read(poll, headers)).toEqual({ kind: 'processing' })
})

describe('limits', () => {
  test('a second poll within a second is too early', async () => {
    await stateOf(env).setSwitch('tax.processing_ms', 60_000, null)
    const headers = await tokenHeader()
    const poll = await sent(await issuedScan(), headers)
    expect((await read(poll, headers)).kind).toBe('processing')
    expect(await read(poll, headers)).toMatchObject({ kind: 'fault', code: 'rate' })
  })

  test('another message has its own count', async () => {
    await stateOf(env).setSwitch('tax.processing_ms', 60_000, null)
    const headers = await tokenHeader()
    const scan = await issuedScan()
    for (let at = 0; at < 3; at += 1) {
      expect((await read(await sent(scan, headers), headers)).kind).toBe('processing')
    }
  })

  test('an unknown message is not found', async () => {
    const reply = await read(
      pollRequest('5c3da8d7-cb72-4c4f-b4b8-aafbd1d1ef46'),
      await tokenHeader(),
    )
    expect(reply).toMatchObject({ kind: 'fault', code: 'message_not_found' })
  })
})

describe('what it does not forgive', () => {
  const mend = (request: FnsRequest, from: string | RegExp, to: string): FnsRequest => {
    const body = request.body.replace(from, to)
    if (body === request.body) throw new Error('nothing was changed')
    return { ...request, body }
  }
  /** Elements of a question that stand in each other's place. */
  const swapped = /<tns:Sum>(.*?)<\/tns:Sum>(<tns:Date>.*?<\/tns:Date>)/

  test.each<[string, (request: FnsRequest) => FnsRequest]>([
    ['another namespace', (r) => mend(r, 'KktTicketService', 'KktTicketServices')],
    ['a namespace of the synchronous service', (r) => mend(r, /OpenApiAsync/, 'OpenApi')],
    ['children out of order', (r) => mend(r, swapped, '$2<tns:Sum>$1</tns:Sum>')],
    ['a missing child', (r) => mend(r, /<tns:Fn>.*<\/tns:Fn>/, '')],
    ['an unknown method', (r) => mend(r, /GetTicketRequest/g, 'GetAllRequest')],
    ['another action', (r) => ({ ...r, action: 'urn:GetMessageRequest' })],
    ['no envelope', (r) => ({ ...r, body: '<a/>' })],
    ['no XML', (r) => ({ ...r, body: 'hello' })],
    ['an entity', (r) => ({ ...r, body: `<!DOCTYPE a [<!ENTITY b "c">]>${r.body}` })],
  ])('%s', async (_, spoil) => {
    const headers = await tokenHeader()
    const reply = await read(spoil(ticketRequest(await issuedScan())), headers)
    expect(reply).toMatchObject({ kind: 'fault', code: 'other' })
    if (reply.kind === 'fault') expect(reply.text).toMatch(/^Unmarshalling Error/)
  })

  test.each<[string, (token: string) => Headers_]>([
    ['no token', () => ({})],
    ['an empty token', () => ({ 'FNS-OpenApi-Token': '' })],
    ['a token sent twice', (token) => ({ 'FNS-OpenApi-Token': `${token}, ${token}` })],
    [
      'a user token that is too long',
      (token) => ({ 'FNS-OpenApi-Token': token, 'FNS-OpenApi-UserToken': 'x'.repeat(161) }),
    ],
  ])('%s', async (_, headersOf) => {
    const token = (await tokenHeader())['FNS-OpenApi-Token'] ?? ''
    const reply = await read(ticketRequest(await issuedScan()), headersOf(token))
    expect(reply).toMatchObject({ kind: 'fault', code: 'denied' })
  })

  test('tokens in each other’s header', async () => {
    const token = (await tokenHeader())['FNS-OpenApi-Token'] ?? ''
    const headers = { 'FNS-OpenApi-Token': 'dXNlcg==', 'FNS-OpenApi-UserToken': token }
    const reply = await read(ticketRequest(await issuedScan()), headers)
    expect(reply).toMatchObject({ kind: 'fault', code: 'token_refused' })
  })

  test('a missing user token, when one is demanded', async () => {
    await stateOf(env).setSwitch('tax.user_token', true, null)
    const headers = await tokenHeader()
    const scan = await issuedScan()
    expect(await read(ticketRequest(scan), headers)).toMatchObject({ code: 'denied' })
    const both = { ...headers, 'FNS-OpenApi-UserToken': 'dXNlcg==' }
    expect((await read(ticketRequest(scan), both)).kind).toBe('sent')
  })

  test('other methods, types and sizes of HTTP', async () => {
    const { path, action, body } = authRequest('x')
    const fetched = await exports.default.fetch(new Request(`https://tax.test${path}`))
    expect(fetched.status).toBe(404)
    expect((await post({ path, action, body }, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post({ path, action, body: 'x'.repeat(20_001) })).status).toBe(413)
  })
})

test('identifier and sign in each other’s place do not pass for the receipt', async () => {
  await stateOf(env).setSwitch('tax.processing_ms', 0, null)
  const headers = await tokenHeader()
  const scan = await issuedScan()
  const poll = await sent({ ...scan, i: scan.fp, fp: scan.i }, headers)
  expect(await read(poll, headers)).toMatchObject({ kind: 'result', code: '406' })
})

test('a question in a wrong format is answered 400', async () => {
  await stateOf(env).setSwitch('tax.processing_ms', 0, null)
  const headers = await tokenHeader()
  const poll = await sent({ ...(await issuedScan()), fn: '123' }, headers)
  expect(await read(poll, headers)).toMatchObject({ kind: 'result', code: '400' })
})
