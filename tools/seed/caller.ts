import type { Problem } from '#schema/problem'

const WAIT_MS_MAX = 70_000
const TRIES_MAX = 4

/** A refusal of the API that the seed did not expect. */
export class CallFailed extends Error {
  readonly status: number
  readonly code: string

  constructor(what: string, status: number, body: string) {
    super(`${what} answered ${status}: ${body.slice(0, 600)}`)
    this.name = 'CallFailed'
    this.status = status
    this.code = problemOf(body)?.code ?? ''
  }
}

function problemOf(body: string): Problem | null {
  try {
    return JSON.parse(body) as Problem
  } catch {
    return null
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls one origin as one person; `body` and answer are JSON. */
export type Caller = {
  call<Answer>(method: Method, path: string, body?: unknown): Promise<Answer>
  /** The same, with the whole response: for headers. */
  send(method: Method, path: string, body?: unknown): Promise<Response>
}

/**
 * A caller with a bearer token; null calls as a stranger. A limit that passes soon is waited for.
 */
export function callerOf(origin: string, token: string | null): Caller {
  async function send(method: Method, path: string, body?: unknown): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' })
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
    for (let left = TRIES_MAX; ; left -= 1) {
      const response = await fetch(new URL(path, origin), init)
      if (response.ok) return response
      const text = await response.text()
      const waitMs = left > 1 && response.status === 429 ? waitOf(text) : null
      if (waitMs === null) throw new CallFailed(`${method} ${path}`, response.status, text)
      await sleep(waitMs)
    }
  }

  return {
    send,
    async call<Answer>(method: Method, path: string, body?: unknown) {
      const response = await send(method, path, body)
      const text = await response.text()
      return (text === '' ? null : JSON.parse(text)) as Answer
    },
  }
}

/** How long to wait before the same request passes; null when that is not worth it. */
function waitOf(body: string): number | null {
  const { retryAt } = problemOf(body) ?? {}
  if (retryAt === undefined) return null
  const waitMs = Date.parse(retryAt) - Date.now() + 200
  return waitMs <= WAIT_MS_MAX ? Math.max(200, waitMs) : null
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Does the work for every item, a few at a time, and keeps the order of the answers. */
export async function several<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += atOnce) {
    answers.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))))
  }
  return answers
}
