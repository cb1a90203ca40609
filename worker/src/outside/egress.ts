import type { Send } from './exchange.ts'

/** Who asks for us from a fixed address, and for which hosts. */
export type EgressProxy = {
  /** Its URL; empty: everybody is asked directly. */
  readonly url: string
  readonly token: string
  /** Hosts with their port where it is not the default one: `openapi.nalog.ru:8090`. */
  readonly hosts: readonly string[]
}

/** Where the proxy is to send it, as an origin. */
export const EGRESS_TARGET = 'egress-target'
export const EGRESS_TOKEN = 'egress-token'
/** In each answer: the origin that gave it. An answer without it is the proxy's own. */
export const EGRESS_ORIGIN = 'egress-origin'

/**
 * Sends what is meant for the listed hosts through the proxy (docs/decisions/0015): same method,
 * path, headers and body, with the origin in a header, because a Worker cannot open a tunnel.
 * Throws where the proxy itself refuses or fails: its words must not pass for the service's.
 */
export function throughEgress(send: Send, proxy: EgressProxy): Send {
  return async (request) => {
    const target = new URL(request.url)
    if (proxy.url === '' || !proxy.hosts.includes(target.host)) return send(request)
    const headers = new Headers(request.headers)
    headers.set(EGRESS_TARGET, target.origin)
    headers.set(EGRESS_TOKEN, proxy.token)
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
    const response = await send(
      new Request(new URL(target.pathname + target.search, proxy.url), {
        method: request.method,
        headers,
        redirect: 'manual',
        signal: request.signal,
        body: hasBody ? await request.arrayBuffer() : null,
      }),
    )
    if (response.headers.get(EGRESS_ORIGIN) === target.origin) return response
    await response.body?.cancel()
    throw new Error(`the egress proxy answers HTTP ${response.status}`)
  }
}
