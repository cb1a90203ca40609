import { type Bounds, exchange, type Send } from '../outside/exchange.ts'
import type { NoAnswer } from './authority.ts'
import { parseExactJson } from './exact-json.ts'

/** How a service of others is reached: a base URL out of the settings, never out of a code. */
export type Service = {
  readonly base: string
  readonly send: Send
  /** Never shown in a detail, should the service repeat it. */
  readonly secret?: string
  readonly bounds?: Bounds
}

/** What came back: JSON under a status that the caller can read, an empty body, or neither. */
export type Called =
  | { readonly kind: 'json'; readonly status: number; readonly json: unknown }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'failed'; readonly answer: NoAnswer }

const BOUNDS: Bounds = { answerMsMax: 10_000, answerBytesMax: 1_048_576 }
const DETAIL_CHARS_MAX = 300
/** What to wait when a service limits us without saying for how long. */
const RETRY_AFTER_MS_DEFAULT = 60_000
const RETRY_AFTER_MS_MAX = 86_400_000

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/**
 * Asks a service that answers in JSON. The path is joined to the base and never leaves its
 * origin. Redirects, other types, answers that are late or too large, and statuses besides 200 and
 * `readable` are failures; 429 is a used-up limit. Never throws.
 */
export async function callService(
  service: Service,
  path: string,
  init: RequestInit,
  readable: readonly number[] = [],
): Promise<Called> {
  const url = new URL(path, service.base)
  if (url.origin !== new URL(service.base).origin) throw new Error('a path that leaves its host')
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json')
  const request = { ...init, headers }
  const got = await exchange(service.send, url.href, request, service.bounds ?? BOUNDS)
  if (got.kind === 'silent') return failed(got.detail, service)
  const { status, text } = got
  if (status === 429) {
    const retryAfterMs = retryAfter(got.headers.get('retry-after'))
    return { kind: 'failed', answer: { kind: 'quota', detail: 'HTTP 429', retryAfterMs } }
  }
  if (status !== 200 && !readable.includes(status)) return failed(`HTTP ${status}`, service)
  if (text.trim() === '') return { kind: 'empty', status }
  const type = got.headers.get('content-type') ?? ''
  if (!JSON_TYPE.test(type)) return failed(`HTTP ${status}, ${type || 'no type'}`, service)
  try {
    return { kind: 'json', status, json: parseExactJson(text) }
  } catch {
    return failed(`HTTP ${status}, not JSON`, service)
  }
}

function failed(detail: string, service: Service): Called {
  return { kind: 'failed', answer: { kind: 'unavailable', detail: shownDetail(detail, service) } }
}

/** Words of a service for the operator: cut, and without what must not be shown. */
export function shownDetail(detail: string, service: Pick<Service, 'secret'>): string {
  const safe = service.secret ? detail.replaceAll(service.secret, '•••') : detail
  return safe.replace(/\p{C}/gu, ' ').slice(0, DETAIL_CHARS_MAX)
}

function retryAfter(header: string | null): number {
  const seconds = Number(header ?? Number.NaN)
  if (!Number.isFinite(seconds) || seconds <= 0) return RETRY_AFTER_MS_DEFAULT
  return Math.min(RETRY_AFTER_MS_MAX, seconds * 1_000)
}
