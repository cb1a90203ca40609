import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RuScan } from '#schema/receipt'
import type { AuthorityAnswer } from '#worker/verification/authority'
import { createFnsAuthority, type FnsPace } from '#worker/verification/fns-open-api.fetch'
import type { FnsToken } from '#worker/verification/fns-token'
import { stateOf } from '../src/env.ts'
import type { SwitchValue } from '../src/switches.ts'

/** The network's client of the tax service against the simulated one, over HTTP. */

type Line = { name: string; sumMinor: number; gtin: string | null; quantityMilli: number }
type Issued = { qr: string; scan: RuScan; lines: Line[]; tillRegistration: string }

const send = (request: Request): Promise<Response> => exports.default.fetch(request)

async function issue(draft: Record<string, unknown> = {}): Promise<Issued> {
  const answer = await send(
    new Request('https://sandbox.test/api/receipts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chain: 'berezka', lines: 3, ...draft }),
    }),
  )
  const { items } = await answer.json<{ items: Issued[] }>()
  if (items[0] === undefined) throw new Error('nothing was issued')
  return items[0]
}

const turn = (key: string, value: SwitchValue, remaining: number | null = null) =>
  stateOf(env).setSwitch(`tax.${key}`, value, remaining)

/** Polls at once, then by the second, as the service allows; silence ends soon. */
const PACE: FnsPace = { pollPausesMs: [0, 1_050, 1_050], sendsMax: 2, answerMsMax: 400 }

function client(options: { masterToken?: string; stored?: FnsToken; pace?: FnsPace } = {}) {
  let kept: FnsToken | null = options.stored ?? null
  const actions: string[] = []
  const authority = createFnsAuthority({
    baseUrl: 'https://tax.test',
    masterToken: options.masterToken ?? 'sandbox-master-token',
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tokens: {
      read: async () => kept,
      write: async (token) => {
        kept = token
      },
    },
    pace: options.pace ?? PACE,
    fetch: (request) => {
      actions.push(`${new URL(request.url).pathname} ${request.headers.get('soapaction')}`)
      return send(request)
    },
  })
  return { ask: authority.ask, actions, token: () => kept }
}

const ask = (scan: RuScan): Promise<AuthorityAnswer> => client().ask(scan)

beforeEach(async () => {
  await reset()
  await turn('processing_ms', 0)
})

describe('an issued receipt', () => {
  test('is authentic, with every line as it was printed', async () => {
    const { scan, lines, tillRegistration } = await issue({ chain: 'korzina', lines: 60 })
    const answer = await ask(scan)
    if (answer.kind !== 'authentic') throw new Error(JSON.stringify(answer))
    expect(answer.document).toMatchObject({
      time: scan.time,
      totalMinor: scan.totalMinor,
      kind: 1,
      fiscalDrive: scan.fn,
      sellerName: 'ООО «Полная корзина»',
      sellerTaxNumber: '1655902139',
      tillRegistration,
    })
    expect(
      answer.document.lines.map(({ name, sumMinor, gtin, quantityMicro }) => {
        return { name, sumMinor, gtin, quantityMilli: quantityMicro / 1_000 }
      }),
    ).toEqual(
      lines.map(({ name, sumMinor, gtin, quantityMilli }) => {
        return { name, sumMinor, gtin, quantityMilli }
      }),
    )
    expect(answer.document.lines.some((line) => line.gtin !== null)).toBe(true)
  })

  test.each(['current', 'old', 'root', 'milliseconds', 'moscow', 'iso'])(
    'is the same in the shape %s',
    async (shape) => {
      await turn('shape', shape)
      const { scan } = await issue()
      expect(await ask(scan)).toMatchObject({ kind: 'authentic', document: { time: scan.time } })
    },
  )

  test('of 1,000 lines is read whole', async () => {
    const { scan } = await issue({ lines: 1_000 })
    const answer = await ask(scan)
    expect(answer.kind === 'authentic' && answer.document.lines.length).toBe(1_000)
  })

  test('that takes its time is waited for', async () => {
    await turn('processing_ms', 900)
    const { scan } = await issue()
    expect((await ask(scan)).kind).toBe('authentic')
  })

  test('that is a return says so', async () => {
    const { scan } = await issue({ kind: 2 })
    expect(await ask(scan)).toMatchObject({ kind: 'authentic', document: { kind: 2 } })
  })
})

describe('what the service does not confirm', () => {
  test('a receipt on its way is not delivered, then authentic', async () => {
    const { scan } = await issue({ deliveredAfterMs: 60_000 })
    expect(await ask(scan)).toEqual({ kind: 'not_delivered' })
    await stateOf(env).deliver(scan.fn, scan.i)
    expect((await ask(scan)).kind).toBe('authentic')
  })

  test('a drive nobody knows is not delivered', async () => {
    const { scan } = await issue()
    expect(await ask({ ...scan, fn: '9999078999999999' })).toEqual({ kind: 'not_delivered' })
  })

  test.each<[string, (scan: RuScan) => RuScan]>([
    ['sign', (scan) => ({ ...scan, fp: scan.fp === 1 ? 2 : scan.fp - 1 })],
    ['sum', (scan) => ({ ...scan, totalMinor: (scan.totalMinor + 1) as RuScan['totalMinor'] })],
    ['minute', (scan) => ({ ...scan, time: '2026-01-01T00:00' })],
    ['kind', (scan) => ({ ...scan, kind: 2 })],
    ['number', (scan) => ({ ...scan, i: scan.i + 100 })],
  ])('an altered %s is forged, and stays so', async (_, alter) => {
    const { scan } = await issue()
    const forged = { kind: 'forged', detail: '406 Данные не прошли проверку' }
    expect(await ask(alter(scan))).toEqual(forged)
    expect(await ask(alter(scan))).toEqual(forged)
    expect((await ask(scan)).kind).toBe('authentic')
  })

  test.each(['fn', 'i', 'fp', 'total', 'time', 'kind'])(
    'an answer with another %s proves nothing',
    async (field) => {
      await turn('wrong', field)
      const { scan } = await issue()
      expect(await ask(scan)).toEqual({ kind: 'differs', fields: [field] })
    },
  )

  test.each([
    ['406', 'forged'],
    ['454', 'forged'],
    ['404', 'not_delivered'],
    ['455', 'not_delivered'],
    ['528', 'not_delivered'],
    ['503', 'unavailable'],
    ['400', 'unavailable'],
    ['452', 'unavailable'],
    ['453', 'unavailable'],
    ['531', 'unavailable'],
  ])('result code %s is %s', async (code, kind) => {
    await turn('code', code)
    const { scan } = await issue()
    expect((await ask(scan)).kind).toBe(kind)
  })
})

describe('faults', () => {
  test.each([
    ['internal', 'unavailable'],
    ['timeout', 'unavailable'],
    ['bad_xml', 'unavailable'],
    ['ip_denied', 'unavailable'],
    ['method_denied', 'unavailable'],
    ['headers_missing', 'unavailable'],
    ['signature', 'unavailable'],
    ['daily_limit', 'quota'],
    ['method_limit', 'quota'],
    ['rate', 'quota'],
    ['http_429', 'quota'],
    ['http_503', 'unavailable'],
    ['html', 'unavailable'],
    ['garbage', 'unavailable'],
    ['huge', 'unavailable'],
    ['silence', 'unavailable'],
  ])('%s on sending is %s', async (fault, kind) => {
    await turn('send', fault)
    const { scan } = await issue()
    const answer = await ask(scan)
    expect(answer.kind).toBe(kind)
    await stateOf(env).clearSwitch('tax.send')
    expect((await ask(scan)).kind).toBe('authentic')
  })

  test.each(['rate', 'http_503', 'garbage', 'message_not_found'])(
    'a single %s on polling is lived through',
    async (fault) => {
      await turn('poll', fault, 1)
      const { scan } = await issue()
      expect((await ask(scan)).kind).toBe('authentic')
    },
  )

  test('an answer that keeps getting lost is unavailable after the second sending', async () => {
    await turn('poll', 'message_not_found')
    const { scan } = await issue()
    const { ask: askCounted, actions } = client()
    expect((await askCounted(scan)).kind).toBe('unavailable')
    expect(actions.filter((action) => action.includes('SendMessage'))).toHaveLength(2)
  })

  test('the network’s own daily limit holds from the eleventh question on', async () => {
    await turn('daily_limit', 10)
    const { scan } = await issue()
    const { ask: askAgain } = client()
    const kinds: string[] = []
    for (let at = 0; at < 11; at += 1) kinds.push((await askAgain(scan)).kind)
    expect(kinds).toEqual([...Array.from({ length: 10 }, () => 'authentic'), 'quota'])
  })
})

describe('tokens', () => {
  test('one serves many questions', async () => {
    const { scan } = await issue()
    const { ask: askAgain, actions } = client()
    await Promise.all(Array.from({ length: 5 }, () => askAgain(scan)))
    expect(actions.filter((action) => action.includes('AuthService'))).toHaveLength(1)
  })

  test('one that the service no longer knows is replaced', async () => {
    const stored = { token: '0'.repeat(32), expiresAt: Date.now() + 3_600_000 }
    const { scan } = await issue()
    const { ask: askWithOld, token } = client({ stored })
    expect((await askWithOld(scan)).kind).toBe('authentic')
    expect(token()?.token).toMatch(/^[0-9a-f]{32}$/)
    expect(token()?.token).not.toBe(stored.token)
    expect((token()?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(3_500_000)
  })

  test('one that expires between question and answer is replaced', async () => {
    await turn('poll', 'token_denied', 1)
    const { scan } = await issue()
    expect((await ask(scan)).kind).toBe('authentic')
  })

  test('without a master token nobody is served, and the operator is told why', async () => {
    const { scan } = await issue()
    expect(await client({ masterToken: 'wrong' }).ask(scan)).toEqual({
      kind: 'unavailable',
      detail: 'access denied: Мастер-токен не найден',
    })
  })
})
