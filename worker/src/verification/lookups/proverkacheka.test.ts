import { describe, expect, test } from 'vitest'
import { parseRuQr } from '#fiscal/ru'
import CORPUS from '../corpus/ffd-documents.json' with { type: 'json' }
import { createProverkacheka } from './proverkacheka.fetch.ts'
import { json, scripted } from './scripted.test-data.ts'

const { qr, ticket } = CORPUS.proverkacheka
const NOW = Date.parse('2026-11-21T20:59:00Z')

function ask(reply: Response) {
  const parsed = parseRuQr(qr)
  if (!parsed.ok) throw new Error(qr)
  const service = scripted([reply])
  const authority = createProverkacheka({ ...service, secret: 't0ken', now: () => NOW })
  return authority.ask(parsed.scan).then((answer) => ({ answer, asked: service.asked[0] }))
}

test('the recorded answer is the scanned receipt', async () => {
  const { answer, asked } = await ask(json({ code: 1, first: 0, data: { json: ticket, html: '' } }))
  expect(asked?.url).toBe('https://service.example/api/v1/check/get')
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    token: 't0ken',
    qrraw: qr.replace('t1801', 'T1801'),
  })
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: { sellerTaxNumber: '7825706086', totalMinor: 128_521 },
  })
})

test('a document with another total proves nothing', async () => {
  const { answer } = await ask(json({ code: 1, data: { json: { ...ticket, totalSum: 128_522 } } }))
  expect(answer).toEqual({ kind: 'differs', fields: ['total'] })
})

describe('its codes', () => {
  test.each([
    ['no data yet', 2, { kind: 'not_delivered' }],
    ['the allowance is used up until midnight', 3, { kind: 'quota', retryAfterMs: 60_000 }],
    ['asked again too soon', 4, { kind: 'unavailable', sparingly: true }],
    ['not obtained', 5, { kind: 'unavailable' }],
    ['found, without a document', 1, { kind: 'unavailable', sparingly: true }],
  ])('%s', async (_, code, wanted) => {
    expect((await ask(json({ code, data: 'слова' }))).answer).toMatchObject(wanted)
  })

  test('“incorrect” by a reseller never calls a receipt forged', async () => {
    const { answer } = await ask(json({ code: 0, data: 'чек некорректен' }))
    expect(answer).toMatchObject({ kind: 'unavailable', sparingly: true })
  })

  test('words that repeat the token are shown without it', async () => {
    const { answer } = await ask(json({ code: 5, data: 'bad token t0ken' }))
    expect(answer).toMatchObject({ detail: '5 bad token •••' })
  })
})
