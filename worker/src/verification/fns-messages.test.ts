import { describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { RuScan } from '#schema/receipt'
import FIXTURES from './corpus/fns-soap.json' with { type: 'json' }
import {
  authRequest,
  type FnsFaultCode,
  type FnsReply,
  pollRequest,
  readReply,
  ticketRequest,
} from './fns-messages.ts'
import { answerOf } from './fns-result.ts'

/** The receipt of the service's own example. */
const SCAN: RuScan = {
  time: '2019-04-09T16:38',
  totalMinor: minor(240_000),
  fn: '9287440300090728',
  i: 77_133,
  fp: 1_482_926_127,
  kind: 1,
}

function response(name: keyof typeof FIXTURES.responses): FnsReply {
  return readReply(FIXTURES.responses[name])
}

describe('requests are the documented ones, to the byte', () => {
  test('authentication', () => {
    const documented = FIXTURES.requests.AuthRequest
    const { path, action, body } = authRequest('MASTER_TOKEN')
    expect(body).toBe(documented?.body)
    expect(documented?.url).toBe(`https://openapi.nalog.ru:8090${path}`)
    expect(action).toBe(documented?.headers?.SOAPAction)
  })

  test('a receipt, without the place of the shopper', () => {
    const documented = FIXTURES.requests['SendMessage.GetTicket']
    const { path, action, body } = ticketRequest(SCAN)
    expect(body).toBe(documented?.body.replace(/<tns:GeoInfo>.*<\/tns:GeoInfo>/, ''))
    expect(documented?.url).toBe(`https://openapi.nalog.ru:8090${path}`)
    expect(action).toBe(documented?.headers?.SOAPAction)
  })

  test('a poll', () => {
    const documented = FIXTURES.requests.GetMessage
    const { action, body } = pollRequest('d28f1970-1e8d-4fe4-8a39-8aab0af7885e')
    expect(body).toBe(documented?.body)
    expect(action).toBe(documented?.headers?.SOAPAction)
  })

  test('a token with markup in it cannot break out of its element', () => {
    expect(authRequest('a</tns:MasterToken><x>').body).not.toContain('<x>')
  })
})

describe('responses', () => {
  test('a token with its end of life', () => {
    expect(response('AuthResponse.ok')).toEqual({
      kind: 'token',
      token: 'c499717f309949d2b8719bf3040efd96',
      expiresAt: Date.parse('2021-01-21T11:52:13.202Z'),
    })
  })

  test('a refused authentication', () => {
    const text = 'Описание ошибки сервиса'
    expect(response('AuthResponse.fault')).toEqual({ kind: 'fault', code: 'denied', text })
  })

  test('a sent message and one in work', () => {
    const messageId = 'd28f1970-1e8d-4fe4-8a39-8aab0af7885e'
    expect(response('SendMessageResponse')).toEqual({ kind: 'sent', messageId })
    expect(response('GetMessage.processing')).toEqual({ kind: 'processing' })
  })

  test('an authentic receipt', () => {
    const reply = response('GetTicket.200')
    if (reply.kind !== 'result') throw new Error(reply.kind)
    expect(answerOf(reply, SCAN)).toMatchObject({
      kind: 'authentic',
      document: { totalMinor: 240_000, time: '2019-04-09T16:38', lines: [] },
    })
    expect(answerOf(reply, { ...SCAN, totalMinor: minor(1) })).toEqual({
      kind: 'differs',
      fields: ['total'],
    })
  })

  test('every response of the documents is read as something', () => {
    for (const [name, text] of Object.entries(FIXTURES.responses)) {
      // The check without items is not used: its answers are for another question.
      const isOther = name.startsWith('CheckTicket')
      expect(readReply(text).kind === 'unreadable', name).toBe(isOther)
    }
  })
})

describe('result codes', () => {
  function answerFor(code: string) {
    return answerOf({ code, text: 'text', ticket: null }, SCAN)
  }

  test.each([
    ['GetTicket.404', 'not_delivered'],
    ['GetTicket.406', 'forged'],
    ['GetTicket.400', 'unavailable'],
    ['GetTicket.503', 'unavailable'],
  ] as const)('%s: %s', (name, kind) => {
    const reply = response(name)
    if (reply.kind !== 'result') throw new Error(reply.kind)
    expect(answerOf(reply, SCAN).kind).toBe(kind)
  })

  test('only a refused sign is called forged', () => {
    const codes = ['200', '400', '404', '406', '452', '453', '454', '455', '503', '528', '531', '9']
    const forged = codes.filter((code) => answerFor(code).kind === 'forged')
    expect(forged).toEqual(['406', '454'])
    const waiting = codes.filter((code) => answerFor(code).kind === 'not_delivered')
    expect(waiting).toEqual(['404', '455', '528'])
  })

  test('complaints about the request are not repeated every hour', () => {
    for (const code of ['200', '400', '452', '453', '531', '999']) {
      expect(answerFor(code), code).toMatchObject({ kind: 'unavailable', sparingly: true })
    }
    expect(answerFor('503')).toEqual({ kind: 'unavailable', detail: '503 text' })
  })
})

describe('faults', () => {
  const expected: Record<string, FnsFaultCode> = {
    timeout: 'other',
    badXml: 'other',
    ipDenied: 'denied',
    internal: 'other',
    tokenDenied: 'token_refused',
    headersMissing: 'denied',
    dailyLimit: 'daily_limit',
    methodLimit: 'daily_limit',
    methodDenied: 'denied',
    messageNotFound: 'message_not_found',
    rateLimit: 'rate',
    getMessagesTooMany: 'other',
    getMessagesDuplicate: 'other',
    getMessagesRate: 'rate',
    signature: 'denied',
  }

  test.each(Object.entries(FIXTURES.faultsHttp500))('%s', (name, text) => {
    const reply = readReply(text)
    expect(reply).toMatchObject({ kind: 'fault', code: expected[name] })
    if (reply.kind === 'fault') expect(reply.text.length).toBeGreaterThan(10)
  })
})
