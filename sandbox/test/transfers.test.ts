import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { PayoutToSend } from '#worker/payouts/provider'
import { createWise } from '#worker/payouts/wise.fetch'
import { stateOf } from '../src/env.ts'

/** The adapter of transfers to accounts against the same API over HTTP, with its faults. */

const send = (request: Request): Promise<Response> => exports.default.fetch(request)
const config = {
  base: 'https://api.wise.test',
  token: 'sandbox-wise-token',
  profileId: '700100',
  currency: 'EUR' as const,
  answerMsMax: 250,
  send,
}
const wise = createWise(config)

const payout = (changed: Partial<PayoutToSend> = {}): PayoutToSend => ({
  id: crypto.randomUUID(),
  amountMinor: 32_050,
  walletId: 'wal_00000000000000000001',
  firstSentAt: Date.now(),
  destination: { code: 'iban', iban: 'AT611904300234573201', holder: 'Anna Muster' },
  description: 'Kopilka',
  ...changed,
})

const turn = (name: string, value: string | number | boolean, remaining: number | null = 1) =>
  stateOf(env).setSwitch(`transfers.${name}`, value, remaining)

beforeEach(async () => {
  await reset()
  await turn('pending_ms', 0, null)
})

/** Made, and its number. */
async function made(asked: PayoutToSend): Promise<string> {
  const outcome = await wise.send(asked)
  expect(outcome.kind).toBe('pending')
  return 'providerId' in outcome ? (outcome.providerId ?? '') : ''
}

test('making a transfer, however often it is looked at, moves no money', async () => {
  const asked = payout()
  const id = await made(asked)
  expect(await made(asked)).toBe(id)
  expect(await wise.look(id, asked)).toEqual({ kind: 'pending', providerId: id })
  expect(await wise.find(asked)).toEqual({ kind: 'pending', providerId: id })
  expect(await wise.pursue(id, asked)).toEqual({ kind: 'succeeded', providerId: id })
  // Kills "funded again": the second funding is refused, and the transfer stays what it was.
  expect(await wise.pursue(id, asked)).toEqual({ kind: 'succeeded', providerId: id })
})

test('silence, 500, an empty balance: nothing is proven, and the next question tells', async () => {
  for (const [name, value, then] of [
    ['timeout', 400, 'succeeded'],
    ['error', 'funded', 'succeeded'],
    ['error', 'unfunded', 'succeeded'],
    ['balance', 'empty', 'succeeded'],
    ['cancel', true, 'canceled'],
  ] as const) {
    const asked = payout()
    const id = await made(asked)
    await turn(name, value)
    const first = await wise.pursue(id, asked)
    expect(['unknown', then], `${name} ${value}`).toContain(first.kind)
    expect((await wise.pursue(id, asked)).kind).toBe(then)
  }
})

test('an empty balance is told to the operator', async () => {
  const asked = payout()
  const id = await made(asked)
  await turn('balance', 'empty')
  const detail = 'not funded: HTTP 201 balance.payment-option-unavailable'
  expect(await wise.pursue(id, asked)).toEqual({ kind: 'unknown', detail })
})

test('the transfer of one wallet is no proof for another wallet with the same id', async () => {
  const asked = payout()
  const id = await made(asked)
  await wise.pursue(id, asked)
  const other = { ...asked, walletId: 'wal_00000000000000000002' }
  expect(await wise.look(id, other)).toMatchObject({ kind: 'unknown' })
  expect(await wise.find(other)).toEqual({ kind: 'absent' })
  expect(await made(other)).not.toBe(id)
})

test('a search looks only where it was sent', async () => {
  const asked = payout()
  const id = await made(asked)
  expect(await wise.find(asked)).toEqual({ kind: 'pending', providerId: id })
  const dayBefore = { ...asked, firstSentAt: Date.now() - 26 * 3_600_000 }
  expect(await wise.find(dayBefore)).toEqual({ kind: 'absent' })
})

test('a wrong token or profile proves nothing', async () => {
  for (const wrong of [{ token: 'x' }, { profileId: '1' }]) {
    const stranger = createWise({ ...config, ...wrong })
    expect(await stranger.send(payout())).toMatchObject({ kind: 'unknown' })
  }
})
