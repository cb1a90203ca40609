import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import { EGRESS_ORIGIN, EGRESS_TARGET, EGRESS_TOKEN } from '../../worker/src/outside/egress.ts'

/** What a proxy lets through: whose requests, and to which origins. */
export type EgressRules = { readonly token: string; readonly allowed: readonly string[] }

const BYTES_MAX = 1_500_000
const ANSWER_MS_MAX = 30_000
/** They are of one connection, or ours: none of them is passed on. */
const OURS = /^(?:egress-.*|host|connection|keep-alive|transfer-encoding|content-length|expect)$/
const UNSENT = /^(?:connection|keep-alive|transfer-encoding|content-length|content-encoding)$/

/**
 * Sends each request on to the allowed origin that its `egress-target` names, and says in
 * `egress-origin` who answered. Its own refusals (401, 403, 502) go without that header.
 */
export function egressHandler({ token, allowed }: EgressRules): RequestListener {
  return (request, response) => {
    const target = String(request.headers[EGRESS_TARGET] ?? '')
    const refuse = (status: number) => void response.writeHead(status).end()
    if (!isSame(String(request.headers[EGRESS_TOKEN] ?? ''), token)) return refuse(401)
    if (!allowed.includes(target) || !request.url?.startsWith('/')) return refuse(403)
    passOn(request, target + request.url)
      .then(({ status, headers, body }) => {
        for (const [name, value] of headers) if (!UNSENT.test(name)) response.setHeader(name, value)
        response.setHeader(EGRESS_ORIGIN, target)
        response.writeHead(status).end(body)
      })
      .catch(() => refuse(502))
  }
}

async function passOn(request: IncomingMessage, url: string) {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (!OURS.test(name) && value !== undefined) headers.set(name, String(value))
  }
  const isBare = request.method === 'GET' || request.method === 'HEAD'
  const answer = await fetch(url, {
    method: request.method ?? 'GET',
    headers,
    body: isBare ? null : await atMost(request),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  })
  const body = answer.body === null ? new Uint8Array() : await atMost(answer.body)
  return { status: answer.status, headers: answer.headers, body }
}

async function atMost(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > BYTES_MAX) throw new Error(`over ${BYTES_MAX} bytes`)
    parts.push(chunk)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Takes the same time wherever the two differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
