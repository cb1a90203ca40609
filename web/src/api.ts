import { ApiProblem, readProblem } from './problem.ts'

/** Longest wait for an answer, milliseconds; a long poll asks for its own. */
const ANSWER_MS_MAX = 20_000

/** Where the choice is kept; `market.ts` reads it. */
export const MARKET_KEY = 'kopilka.market'

/** Which of the shopper's markets every call is about; null: as the server knows the phone. */
let asked: string | null = null

export function askAbout(market: string | null) {
  asked = market
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface CallOptions {
  signal?: AbortSignal
  /** Milliseconds until the call is given up as `offline`. */
  timeoutMs?: number
  headers?: Record<string, string>
}

/**
 * The only caller of `fetch`. Same origin, cookies included, JSON in and out. Resolves with the
 * parsed body (`undefined` for an empty answer) and throws `ApiProblem` for every refusal and
 * network failure.
 */
async function call<Answer>(
  method: Method,
  path: string,
  body: unknown,
  options: CallOptions,
): Promise<Answer> {
  const response = await send(method, path, body, options)
  if (!response.ok) throw await readProblem(response)
  if (response.status === 204) return undefined as Answer
  const text = await response.text()
  if (text === '') return undefined as Answer
  try {
    return JSON.parse(text) as Answer
  } catch (cause) {
    throw new ApiProblem({ code: 'unreadable', status: response.status, cause })
  }
}

async function send(method: Method, path: string, body: unknown, options: CallOptions) {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? ANSWER_MS_MAX)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const isFile = body instanceof Blob
  try {
    return await fetch(`/v1${path}`, {
      method,
      credentials: 'same-origin',
      signal,
      headers: {
        accept: 'application/json',
        ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }),
        ...(asked === null ? {} : { 'x-market': asked }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiProblem({ code: 'offline', status: 0, cause })
  }
}

/** Calls under `/v1`, typed by the contracts of `schema/`; the path carries its query. */
export const api = {
  get: <Answer>(path: string, options: CallOptions = {}) =>
    call<Answer>('GET', path, undefined, options),
  post: <Answer>(path: string, body?: unknown, options: CallOptions = {}) =>
    call<Answer>('POST', path, body, options),
  put: <Answer>(path: string, body?: unknown, options: CallOptions = {}) =>
    call<Answer>('PUT', path, body, options),
  patch: <Answer>(path: string, body?: unknown, options: CallOptions = {}) =>
    call<Answer>('PATCH', path, body, options),
  delete: <Answer>(path: string, body?: unknown, options: CallOptions = {}) =>
    call<Answer>('DELETE', path, body, options),
}

/** `{ a: 'x', b: undefined }` → `?a=x`; an empty query is an empty string. */
export function query(
  fields: Record<string, string | number | boolean | undefined | null>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
