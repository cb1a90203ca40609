import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from './env.ts'
import { Refusal } from './problem.ts'

/** The largest body that a route takes unless it declares another bound. */
export const BODY_BYTES_MAX = 64 * 1024

/** Refuses a body over the bound, by its declared length or while it streams in. */
export function bodyAtMost(bytesMax: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({
    maxSize: bytesMax,
    onError: () => {
      throw new Refusal('body_too_large', { bytesMax })
    },
  })
}

const JSON_TYPE = /^application\/json\s*(;|$)/i

/** Refuses a body that does not say it is JSON (forms from other sites never do). */
export function jsonOnly(): MiddlewareHandler<AppEnv> {
  return async function checkMediaType(c, next) {
    if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) {
      throw new Refusal('unsupported_media_type')
    }
    await next()
  }
}
