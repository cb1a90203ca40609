import { reset, runDurableObjectAlarm } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PayoutToSend } from '#worker/payouts/provider'
import { afterAsk, RESEND_MS_MAX, wayToAsk } from '#worker/payouts/schedule'
import { createYookassa } from '#worker/payouts/yookassa.fetch'
import { stateOf } from '../src/env.ts'
import { providerOf } from '../src/payouts/api.ts'
import { CANCELLATION_REASONS } from '../src/payouts/payout-object.ts'

/** The adapter of the payout provider against the same API over HTTP, with each of its faults. */

const send = (request: Request): Promise<Response> => exports.default.fetch(request)
const config = {
  base: 'https://api.yookassa.test',
  agentId: '100500',
  secret: 'sandbox-payout-secret',
  answerMsMax: 400,
  send,
}
const yookassa = createYookassa(config)

function payout(changed: Partial<PayoutToSend> = {}): PayoutToSend {
  return {
    id: crypto.randomUUID(),
    amountMinor: 32_050,
    destination: { code: 'sbp', phone: '+79161234567', bankId: '100000000111' },
    description: 'Выплата из Копилки',
    walletId: 'wal_00000000000000000001',
    ...changed,
  }
}

async function turn(name: string, value: string | number | boolean, remaining: number | null = 1) {
  await stateOf(env).setSwitch(`payouts.${name}`, value, remaining)
}

type Listed = {
  payoutId: string
  amountMinor: number
  status: string
  sent: number
  destination: string
}

async function paidFor(payoutId: string): Promise<Listed[]> {
  const url = `https://sandbox.test/api/payouts?payout_id=${payoutId}`
  const answer = await send(new Request(url))
  const body: { items: Listed[] } = await answer.json()
  return body.items
}

beforeEach(async () => {
  await reset()
  await turn('pending_ms', 0, null)
  await turn('webhook', 'never', null)
})

describe('a payout leaves', () => {
  test.each<PayoutToSend['destination']>([
    { code: 'sbp', phone: '+79161234567', bankId: '100000000111' },
    { code: 'bank_card', cardNumber: '5555555555554477' },
    { code: 'yoo_money', accountNumber: '410011758831136' },
  ])('to $code for the amount that was asked', async (destination) => {
    const asked = payout({ destination })
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
    expect(await paidFor(asked.id)).toMatchObject([{ amountMinor: 32_050, status: 'succeeded' }])
  })

  test('twenty copies at once pay once and all hear the same', async () => {
    const asked = payout()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => yookassa.send(asked)))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect(await paidFor(asked.id)).toMatchObject([{ sent: 20 }])
  })

  test('pending first, and its end is learnt by looking', async () => {
    await turn('pending_ms', 300, null)
    const asked = payout()
    const sent = await yookassa.send(asked)
    if (sent.kind !== 'pending') throw new Error(`unexpected ${sent.kind}`)
    expect(await yookassa.look(sent.providerId, asked)).toEqual(sent)
    await scheduler.wait(350)
    expect(await yookassa.look(sent.providerId, asked)).toEqual({ ...sent, kind: 'succeeded' })
  })

  test.each([...CANCELLATION_REASONS])('canceled for %s: the money comes back', async (reason) => {
    await turn('cancel', reason)
    expect(await yookassa.send(payout())).toMatchObject({ kind: 'canceled', reason })
  })

  test('the provider does not keep the whole card number', async () => {
    const asked = payout({ destination: { code: 'bank_card', cardNumber: '5555555555554477' } })
    await yookassa.send(asked)
    expect(JSON.stringify(await paidFor(asked.id))).not.toContain('55554477')
  })
})

describe('nothing is known, and the same key asks again', () => {
  test('paid, then silence: the repeat hears of it and nothing is paid twice', async () => {
    await turn('timeout', 5_000)
    const asked = payout()
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
    expect(await paidFor(asked.id)).toHaveLength(1)
  })

  test('paid, then HTTP 500', async () => {
    await turn('error', 'paid')
    const asked = payout()
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
    expect(await paidFor(asked.id)).toHaveLength(1)
  })

  test('HTTP 500 before anything was paid', async () => {
    await turn('error', 'unpaid')
    const asked = payout()
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
    expect(await paidFor(asked.id)).toHaveLength(0)
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
  })

  test('HTTP 500 for ever never turns into an end', async () => {
    await turn('error', 'unpaid', null)
    const asked = payout()
    for (let time = 0; time < 5; time += 1) {
      expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
    }
  })

  test.each(['garbage', 'html', 'oversized', 'wrong_amount', 'foreign'])(
    'an answer that cannot be believed (%s), although it was paid',
    async (twist) => {
      await turn('answer', twist)
      const asked = payout()
      expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
      expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
      expect(await paidFor(asked.id)).toHaveLength(1)
    },
  )

  test.each([401, 403, 404, 409, 429, 500, 503])(
    'HTTP %i to a repeat does not bring back money that was paid',
    async (status) => {
      await turn('error', 'paid')
      const asked = payout()
      await yookassa.send(asked)
      await turn('refuse', status)
      expect(await yookassa.send(asked)).toMatchObject({ kind: 'unknown' })
      expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
    },
  )

  test('HTTP 400 to a repeat finds the payout that the first try made', async () => {
    await turn('error', 'paid')
    const asked = payout()
    await yookassa.send(asked)
    await turn('refuse', 400)
    expect(await yookassa.send(asked)).toMatchObject({ kind: 'succeeded' })
  })

  test('HTTP 400 while the search is down proves nothing', async () => {
    await turn('refuse', 400)
    await turn('search', 'error')
    expect(await yookassa.send(payout())).toMatchObject({ kind: 'unknown' })
  })

  test('the key used with another content is loud, not a refusal', async () => {
    const asked = payout()
    await yookassa.send(asked)
    const outcome = await yookassa.send({ ...asked, description: 'another' })
    expect(outcome).toMatchObject({ kind: 'unknown' })
  })

  test('wrong credentials are the operator’s to mend: the money stays on its way', async () => {
    const wrong = createYookassa({ ...config, secret: 'wrong' })
    const outcome = await wrong.send(payout())
    expect(outcome).toMatchObject({ kind: 'unknown' })
    expect(outcome.kind === 'unknown' && outcome.detail).toContain('401')
  })

  test('no connection at all', async () => {
    const cut = createYookassa({ ...config, send: () => Promise.reject(new Error('cut')) })
    expect(await cut.send(payout())).toEqual({ kind: 'unknown', detail: 'cut' })
  })

  test('a redirect is not followed with our credentials', async () => {
    const asked: string[] = []
    const away = createYookassa({
      ...config,
      send: (request) => {
        asked.push(request.url)
        return Promise.resolve(Response.redirect('https://evil.test/', 307))
      },
    })
    expect(await away.send(payout())).toMatchObject({ kind: 'unknown' })
    expect(asked).toEqual(['https://api.yookassa.test/v3/payouts'])
  })
})

describe('a refusal', () => {
  test('of a bank that takes no payouts is definitive, and nothing was paid', async () => {
    const destination = { code: 'sbp', phone: '+79161234567', bankId: '999' } as const
    const asked = payout({ destination })
    expect(await yookassa.send(asked)).toEqual({
      kind: 'refused',
      reason: 'invalid_request:payout_destination_data.bank_id',
    })
    expect(await paidFor(asked.id)).toHaveLength(0)
  })
})

describe('looking', () => {
  test.each(['error', 'silent', 'not_found', 'garbage', 'wrong_amount', 'foreign'])(
    'a flaky answer (%s) changes nothing',
    async (fault) => {
      const asked = payout()
      const sent = await yookassa.send(asked)
      if (sent.kind !== 'succeeded') throw new Error(`unexpected ${sent.kind}`)
      await turn('look', fault)
      expect(await yookassa.look(sent.providerId, asked)).toMatchObject({ kind: 'unknown' })
      expect(await yookassa.look(sent.providerId, asked)).toEqual(sent)
    },
  )

  test('another payout’s end is not taken for ours', async () => {
    const other = await yookassa.send(payout())
    if (other.kind !== 'succeeded') throw new Error(`unexpected ${other.kind}`)
    expect(await yookassa.look(other.providerId, payout())).toMatchObject({ kind: 'unknown' })
  })
})

describe('when the key has died', () => {
  test('sending again would pay twice: the schedule searches instead', async () => {
    await turn('error', 'paid')
    const asked = payout()
    await yookassa.send(asked)
    await turn('key_ttl_ms', 0, null)
    const soFar = { firstSentAt: 0, attempts: 30, providerId: null }
    expect(wayToAsk(soFar, RESEND_MS_MAX)).toBe('find')
    const found = await yookassa.find(asked)
    expect(found).toMatchObject({ kind: 'succeeded' })
    expect(afterAsk(found, soFar, RESEND_MS_MAX)).toMatchObject({ kind: 'arrived' })
    expect(await paidFor(asked.id)).toHaveLength(1)
    // The danger is real: the provider does pay again for a dead key.
    await yookassa.send(asked)
    expect(await paidFor(asked.id)).toHaveLength(2)
  })

  test('a payout that never was is absent', async () => {
    await yookassa.send(payout())
    expect(await yookassa.find(payout())).toEqual({ kind: 'absent' })
  })

  test.each(['error', 'unfiltered'])('a search that is %s is no absence', async (fault) => {
    await yookassa.send(payout())
    await turn('search', fault)
    expect(await yookassa.find(payout())).toMatchObject({ kind: 'unknown' })
  })

  test('two payouts under one id are shown to the operator, not chosen from', async () => {
    const asked = payout()
    await yookassa.send(asked)
    await turn('key_ttl_ms', 0, null)
    await yookassa.send(asked)
    expect(await yookassa.find(asked)).toMatchObject({ kind: 'unknown' })
  })
})

describe('banks', () => {
  test('come with the ids that payouts take', async () => {
    const banks = await yookassa.banks()
    expect(banks).toContainEqual({ id: '100000000111', name: 'Сбербанк' })
    expect(banks).toHaveLength(20)
  })

  test('that cannot be asked for are an error with a name', async () => {
    await turn('banks', true)
    await expect(yookassa.banks()).rejects.toThrow('payout provider does not answer')
  })
})

describe('notifications', () => {
  const received: { event: string; object: { id: string; amount: { value: string } } }[] = []

  beforeEach(() => {
    received.length = 0
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      received.push(await new Request(input, init).json())
      return new Response(null, { status: 200 })
    })
  })
  afterEach(() => vi.restoreAllMocks())

  const wake = () => runDurableObjectAlarm(providerOf(env))

  test.each([
    ['once', 1],
    ['twice', 2],
    ['never', 0],
  ])('go %s', async (mode, times) => {
    await turn('webhook', mode, null)
    await yookassa.send(payout())
    await scheduler.wait(250)
    await wake()
    expect(received.map(({ event }) => event)).toEqual(Array(times).fill('payout.succeeded'))
  })

  test('early: before the answer to the request', async () => {
    await turn('webhook', 'early')
    await turn('timeout', 5_000)
    expect(await yookassa.send(payout())).toMatchObject({ kind: 'unknown' })
    expect(received).toHaveLength(1)
  })

  test('with a wrong amount, while the API tells the right one', async () => {
    await turn('webhook', 'wrong_amount')
    const asked = payout()
    await yookassa.send(asked)
    await scheduler.wait(250)
    await wake()
    const [told] = received
    expect(told?.object.amount.value).toBe('1.00')
    const looked = await yookassa.look(told?.object.id ?? '', asked)
    expect(looked).toMatchObject({ kind: 'succeeded' })
  })

  test('premature: says paid while the API still says pending', async () => {
    await turn('pending_ms', 60_000)
    await turn('webhook', 'premature')
    const asked = payout()
    const sent = await yookassa.send(asked)
    await wake()
    expect(received).toMatchObject([{ event: 'payout.succeeded' }])
    expect(await yookassa.look(received[0]?.object.id ?? '', asked)).toEqual(sent)
    expect(sent.kind).toBe('pending')
  })

  test('come again when nobody took them', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(
      async () => new Response(null, { status: 503 }),
    )
    await turn('webhook', 'once', null)
    const asked = payout()
    await yookassa.send(asked)
    await scheduler.wait(250)
    await wake()
    const [listed] = await paidFor(asked.id)
    expect(listed).toMatchObject({ webhooks: [{ tries: 1, answer: '503', waiting: true }] })
  })
})
