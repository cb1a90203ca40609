import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv } from './env.ts'

/** What the request edge needs from outside. */
export interface EdgePorts {
  /** ms since the epoch */
  now: () => number
  newRequestId: () => string
  /** Takes one line of JSON. */
  log: (line: string) => void
}

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/**
 * Reads the clock once, names the request (the caller's `X-Request-Id` when well formed) and logs
 * one JSON line: method, route template, status, ms, kind of actor, request id. Never a path with
 * ids, an address or a body: the log holds no personal data.
 */
export function requestEdge(ports: EdgePorts): MiddlewareHandler<AppEnv> {
  return async function traceRequest(c, next) {
    const startedMs = ports.now()
    const given = c.req.header('x-request-id')
    const requestId = given && REQUEST_ID.test(given) ? given : ports.newRequestId()
    c.set('requestId', requestId)
    c.set('nowMs', startedMs)
    await next()
    c.header('x-request-id', requestId)
    const status = c.res.status
    const line = {
      at: new Date(startedMs).toISOString(),
      level: status >= 500 ? 'error' : 'info',
      method: c.req.method,
      route: routePath(c, -1),
      status,
      ms: ports.now() - startedMs,
      actor: c.var.actor?.kind ?? 'anonymous',
      requestId,
      ...(c.var.failure === undefined ? {} : { failure: c.var.failure }),
    }
    ports.log(JSON.stringify(line))
  }
}

const API_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Security headers of API answers; a route may set its own before (a cached picture, a page). */
export function apiHeaders(baseUrl: string): MiddlewareHandler<AppEnv> {
  const secure = new URL(baseUrl).protocol === 'https:'
  return async function addApiHeaders(c, next) {
    await next()
    for (const [name, value] of Object.entries(API_HEADERS)) {
      if (!c.res.headers.has(name)) c.header(name, value)
    }
    if (secure) c.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  }
}
