import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './env.ts'
import { Refusal } from './problem.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses a state-changing request that a browser sends on behalf of another site (OWASP, Fetch
 * Metadata and Origin checks). Programs send neither header and pass. The page's own origin is the
 * request's, or `baseUrl` when a proxy ends TLS in front.
 */
export function sameOriginOnly(baseUrl: string): MiddlewareHandler<AppEnv> {
  const published = new URL(baseUrl).origin
  return async function checkOrigin(c, next) {
    if (!SAFE_METHODS.includes(c.req.method)) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const foreign =
        origin === undefined
          ? site === 'cross-site' || site === 'same-site'
          : origin !== published && origin !== new URL(c.req.url).origin
      if (foreign) throw new Refusal('cross_site')
    }
    await next()
  }
}
