import type { RuScan } from '#schema/receipt'
import type { Authority, AuthorityAnswer } from './authority.ts'
import { callFns, type FnsAnswer, type FnsCallDeps } from './fns-call.fetch.ts'
import { authRequest, type FnsReply, pollRequest, ticketRequest } from './fns-messages.ts'
import { answerOf } from './fns-result.ts'
import { createTokenKeeper, type FnsToken, type FnsTokenStore } from './fns-token.ts'
import { untilMoscowMidnight } from './recheck.ts'

/**
 * How answers are waited for. The service allows 1 poll a second and 12 a minute per message and
 * forgets an answer after about 60 s; these pauses ask often while a shopper looks on, then seldom.
 * The first poll has none before it: it comes as soon as an answer can be there.
 */
export const FNS_PACE = {
  pollPausesMs: [300, 1_100, 1_100, 1_100, 1_100, 2_000, 4_000, 8_000, 16_000, 16_000],
  /** A message without an answer is sent once more. */
  sendsMax: 2,
  answerMsMax: 10_000,
}
export type FnsPace = typeof FNS_PACE

const DETAIL_CHARS_MAX = 300
/** A rate limit on sending counts calls per minute. */
const RATE_WAIT_MS = 60_000
/** One lost reply in a row of polls is an accident; two are an outage. */
const SILENCES_MAX = 2
/** A refused token is refreshed once; a fresh one that is refused is the operator's matter. */
const TOKENS_MAX = 2

export type FnsDeps = Omit<FnsCallDeps, 'answerMsMax'> & {
  masterToken: string
  sleep(ms: number): Promise<void>
  now(): number
  tokens: FnsTokenStore
  pace?: FnsPace
}

type NoDocument = Exclude<AuthorityAnswer, { kind: 'authentic' }>
type Polled = FnsAnswer | { kind: 'lost' }

function unavailable(detail: string): NoDocument {
  return { kind: 'unavailable', detail: detail.slice(0, DETAIL_CHARS_MAX) }
}

function answerOfFault(fault: Extract<FnsReply, { kind: 'fault' }>, now: number): NoDocument {
  const detail = fault.text.slice(0, DETAIL_CHARS_MAX)
  switch (fault.code) {
    case 'daily_limit':
      return { kind: 'quota', detail, retryAfterMs: untilMoscowMidnight(now) }
    case 'rate':
      return { kind: 'quota', detail, retryAfterMs: RATE_WAIT_MS }
    case 'denied':
    case 'token_refused':
      return unavailable(`access denied: ${detail}`)
    default:
      return unavailable(detail)
  }
}

/** The answer for whatever came instead of what was hoped for. */
function answerOfFailure(reply: Polled, now: number): NoDocument {
  switch (reply.kind) {
    case 'silent':
      return unavailable(reply.detail)
    case 'lost':
      return unavailable('no answer in time, asked twice')
    case 'limited':
      return { kind: 'quota', detail: 'HTTP 429', retryAfterMs: reply.retryAfterMs }
    case 'fault':
      return answerOfFault(reply, now)
    default:
      return unavailable(`an unexpected message: ${reply.kind}`)
  }
}

function isTokenRefused(reply: Polled): boolean {
  return reply.kind === 'fault' && reply.code === 'token_refused'
}

/**
 * The tax service's open API as an authority. Create it once per object or invocation: callers of
 * one instance share a token refresh. `ask` takes up to two minutes when the service is slow.
 */
export function createFnsAuthority(deps: FnsDeps): Authority {
  const pace = deps.pace ?? FNS_PACE
  const callDeps: FnsCallDeps = { ...deps, answerMsMax: pace.answerMsMax }

  const currentToken = createTokenKeeper({
    store: deps.tokens,
    now: deps.now,
    async request(): Promise<FnsToken | NoDocument> {
      const reply = await callFns(callDeps, authRequest(deps.masterToken), null)
      if (reply.kind !== 'token') return answerOfFailure(reply, deps.now())
      return { token: reply.token, expiresAt: reply.expiresAt }
    },
  })

  /** Waits for the answer to one message; `lost` when it never came or was forgotten. */
  async function poll(messageId: string, token: string): Promise<Polled> {
    let silences = 0
    for (const pauseMs of pace.pollPausesMs) {
      await deps.sleep(pauseMs)
      const reply = await callFns(callDeps, pollRequest(messageId), token)
      silences = reply.kind === 'silent' ? silences + 1 : 0
      if (silences >= SILENCES_MAX) return reply
      if (reply.kind === 'processing' || reply.kind === 'silent') continue
      if (reply.kind !== 'fault') return reply
      if (reply.code === 'message_not_found') return { kind: 'lost' }
      if (reply.code !== 'rate') return reply
    }
    return { kind: 'lost' }
  }

  async function askWith(token: string, scan: RuScan): Promise<Polled> {
    for (let sends = 0; sends < pace.sendsMax; sends += 1) {
      const sent = await callFns(callDeps, ticketRequest(scan), token)
      if (sent.kind !== 'sent') return sent
      const reply = await poll(sent.messageId, token)
      if (reply.kind !== 'lost') return reply
    }
    return { kind: 'lost' }
  }

  async function ask(scan: RuScan): Promise<AuthorityAnswer> {
    let refused: string | null = null
    for (let tokens = 0; tokens < TOKENS_MAX; tokens += 1) {
      const current = await currentToken(refused)
      if (!current.ok) return current.answer
      const reply = await askWith(current.token, scan)
      if (reply.kind === 'result') return answerOf(reply, scan)
      if (!isTokenRefused(reply)) return answerOfFailure(reply, deps.now())
      refused = current.token
    }
    return unavailable('access denied: a fresh token is refused')
  }

  return { ask }
}
