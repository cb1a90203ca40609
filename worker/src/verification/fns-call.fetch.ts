import { exchange, type Send } from '../outside/exchange.ts'
import { type FnsReply, type FnsRequest, readReply } from './fns-messages.ts'

/** An answer of the service never exceeds 1 MB. */
const ANSWER_BYTES_MAX = 1_048_576
/** What to wait when the service limits us without saying for how long. */
const RETRY_AFTER_MS_DEFAULT = 60_000
const RETRY_AFTER_MS_MAX = 86_400_000

export type FnsCallDeps = {
  /** Origin of the service, e.g. `https://openapi.nalog.ru:8090`. */
  baseUrl: string
  /** Base64 user id of the 2019 kit; later documents drop the header. */
  userToken?: string | undefined
  fetch: Send
  answerMsMax: number
}

/** A readable message of the service, or what came instead. */
export type FnsAnswer =
  | Exclude<FnsReply, { kind: 'unreadable' }>
  | { kind: 'silent'; detail: string }
  | { kind: 'limited'; retryAfterMs: number }

function retryAfterMs(header: string | null): number {
  const seconds = Number(header ?? Number.NaN)
  if (!Number.isFinite(seconds) || seconds <= 0) return RETRY_AFTER_MS_DEFAULT
  return Math.min(RETRY_AFTER_MS_MAX, seconds * 1_000)
}

/** Sends one message over HTTP and reads what comes back; faults are HTTP 500. Never throws. */
export async function callFns(
  deps: FnsCallDeps,
  request: FnsRequest,
  token: string | null,
): Promise<FnsAnswer> {
  const headers = new Headers({
    'content-type': 'text/xml; charset=utf-8',
    soapaction: request.action,
  })
  if (token !== null) headers.set('FNS-OpenApi-Token', token)
  if (token !== null && deps.userToken) headers.set('FNS-OpenApi-UserToken', deps.userToken)
  const exchanged = await exchange(
    deps.fetch,
    deps.baseUrl + request.path,
    { method: 'POST', headers, body: request.body },
    { answerMsMax: deps.answerMsMax, answerBytesMax: ANSWER_BYTES_MAX },
  )
  if (exchanged.kind === 'silent') return exchanged
  const { status, text } = exchanged
  if (status === 429) {
    return { kind: 'limited', retryAfterMs: retryAfterMs(exchanged.headers.get('retry-after')) }
  }
  if (status !== 200 && status !== 500) return { kind: 'silent', detail: `HTTP ${status}` }
  const reply = readReply(text)
  if (reply.kind === 'unreadable') return { kind: 'silent', detail: `HTTP ${status}, not SOAP` }
  return reply
}
