import { type Bounds, type Exchanged, exchange, type Send } from '../outside/exchange.ts'
import {
  type Absent,
  type AskedPayout,
  type PayoutProvider,
  type ProviderOutcome,
  ProviderUnavailable,
} from './provider.ts'
import {
  banksOf,
  foundOf,
  outcomeOf,
  PAYOUT_ID_KEY,
  ProviderId,
  payoutBody,
  refusalOf,
  unknown,
  unknownAnswer,
} from './yookassa-wire.ts'

/** YooKassa gives up after 30 seconds by itself and answers 500 (using-api/interaction-format). */
const BOUNDS: Bounds = { answerMsMax: 35_000, answerBytesMax: 64 * 1024 }
const LIST_BYTES_MAX = 256 * 1024

interface YookassaConfig {
  /** `https://api.yookassa.ru`, without the version. */
  base: string
  /** The gateway's id and secret key: HTTP Basic. */
  agentId: string
  secret: string
  /** Whether the keys belong to YooKassa's test gateway, where no money moves. */
  testGateway?: boolean
  answerMsMax?: number
  send: Send
}

/** YooKassa's payouts API v3 behind our port. Facts and their pages: yookassa-wire.ts. */
export function createYookassa(config: YookassaConfig): PayoutProvider {
  const testGateway = config.testGateway ?? false
  const ask = asker(config)

  async function find(asked: AskedPayout): Promise<ProviderOutcome | Absent> {
    const query = new URLSearchParams({ [`metadata[${PAYOUT_ID_KEY}]`]: asked.id, limit: '10' })
    const got = await ask(`/v3/payouts/search?${query}`, { method: 'GET' }, LIST_BYTES_MAX)
    if (got.kind === 'silent') return unknown(got.detail)
    if (got.status !== 200) return unknownAnswer(got.status, got.text)
    return foundOf(got.text, asked, testGateway)
  }

  async function look(providerId: string, asked: AskedPayout): Promise<ProviderOutcome> {
    if (!ProviderId.safeParse(providerId).success) throw new Error('not an id of the provider')
    const got = await ask(`/v3/payouts/${providerId}`, { method: 'GET' })
    if (got.kind === 'silent') return unknown(got.detail)
    if (got.status !== 200) return unknownAnswer(got.status, got.text)
    const outcome = outcomeOf(got.text, asked, testGateway)
    const answered = 'providerId' in outcome ? outcome.providerId : providerId
    return answered === providerId
      ? outcome
      : unknown(`MISMATCH: asked for ${providerId}, answered ${answered}`)
  }

  return {
    find,
    look,
    // It pays in one step: there is nothing more to do for a payout that it has named.
    pursue: look,

    async send(payout) {
      const got = await ask('/v3/payouts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotence-key': payout.id },
        body: payoutBody(payout),
      })
      if (got.kind === 'silent') return unknown(got.detail)
      if (got.status === 200) return outcomeOf(got.text, payout, testGateway)
      const reason = refusalOf(got.status, got.text)
      if (reason === null) return unknownAnswer(got.status, got.text)
      // A payout with our id says more than the refusal; whether its absence proves anything
      // depends on what was asked before (schedule.ts).
      const found = await find(payout)
      return found.kind === 'absent' ? { kind: 'refused', reason } : found
    },

    async banks() {
      const got = await ask('/v3/sbp_banks', { method: 'GET' }, LIST_BYTES_MAX)
      if (got.kind === 'silent') throw new ProviderUnavailable(got.detail)
      const banks = got.status === 200 ? banksOf(got.text) : null
      if (banks === null) throw new ProviderUnavailable(`HTTP ${got.status} to sbp_banks`)
      return banks
    },
  }
}

function asker(config: YookassaConfig) {
  const authorization = `Basic ${btoa(`${config.agentId}:${config.secret}`)}`
  return function askYookassa(
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string },
    answerBytesMax: number = BOUNDS.answerBytesMax,
  ): Promise<Exchanged> {
    const headers = { accept: 'application/json', authorization, ...init.headers }
    const bounds = { answerMsMax: config.answerMsMax ?? BOUNDS.answerMsMax, answerBytesMax }
    return exchange(config.send, new URL(path, config.base).href, { ...init, headers }, bounds)
  }
}
