import { Hono } from 'hono'
import { type SandboxEnv, stateOf } from '../env.ts'
import type { LineFault } from './switches.ts'
import { AUTH_PATH, type TaxReply, TICKET_PATH } from './wire.ts'

const REQUEST_CHARS_MAX = 20_000
const SILENCE_MS = 60_000
const HUGE_ANSWER_CHARS = 1_500_000

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function send(reply: TaxReply): Response {
  const headers = new Headers({ 'content-type': reply.contentType, server: 'Jetty(9.4.z)' })
  if (reply.retryAfter !== undefined) headers.set('retry-after', reply.retryAfter)
  return new Response(reply.body, { status: reply.status, headers })
}

/** Trouble below SOAP, as gateways and broken networks make it. */
async function lineTrouble(fault: LineFault): Promise<Response> {
  const xml = 'text/xml;charset=UTF-8'
  switch (fault) {
    case 'http_503':
      return send({ status: 503, contentType: 'text/html', body: '<h1>503</h1>' })
    case 'http_429':
      return send({
        status: 429,
        contentType: 'text/plain',
        body: 'Too many requests',
        retryAfter: '60',
      })
    case 'html':
      return send({ status: 200, contentType: 'text/html', body: '<html>Вход</html>' })
    case 'garbage':
      return send({ status: 200, contentType: xml, body: '<soap:Envelope><soap:Body><<\u0000' })
    case 'huge':
      return send({ status: 200, contentType: xml, body: ' '.repeat(HUGE_ANSWER_CHARS) })
    case 'silence':
      await pause(SILENCE_MS)
      return send({ status: 504, contentType: 'text/html', body: '<h1>504</h1>' })
  }
}

/** The tax service on its documented paths. */
export const taxRoutes = new Hono<{ Bindings: SandboxEnv }>()

for (const path of [AUTH_PATH, TICKET_PATH]) {
  taxRoutes.post(path, async (c) => {
    if (!/^text\/xml\b/i.test(c.req.header('content-type') ?? '')) return c.body(null, 415)
    const body = await c.req.text()
    if (body.length > REQUEST_CHARS_MAX) return c.body(null, 413)
    const { slowMs, reply } = await stateOf(c.env).askTax({
      path,
      action: (c.req.header('soapaction') ?? '').replace(/^"(.*)"$/, '$1'),
      token: c.req.header('fns-openapi-token') ?? null,
      userToken: c.req.header('fns-openapi-usertoken') ?? null,
      body,
    })
    if (slowMs > 0) await pause(slowMs)
    return 'line' in reply ? lineTrouble(reply.line) : send(reply)
  })
}
