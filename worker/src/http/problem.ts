import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ZodError } from 'zod'
import { PROBLEMS, type ProblemCode } from '#schema/problem'
import type { AppEnv } from './env.ts'

/** Members beside the standard ones: what the screen needs to say what to do next. */
export type ProblemExtra = Readonly<Record<string, unknown>>

/**
 * An expected "no": thrown by handlers and use cases, turned into problem+json by `onError`.
 * A bug is any other error.
 */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly extra: ProblemExtra

  /** `cause` is for the log only. */
  constructor(code: ProblemCode, extra: ProblemExtra = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'Refusal'
    this.code = code
    this.extra = extra
  }
}

/**
 * An RFC 9457 answer from the table of problem codes. An extra `retryAt` (ISO, UTC) also becomes
 * `retryAfter` and a Retry-After header, in whole seconds from `nowMs`.
 */
function problem(code: ProblemCode, extra: ProblemExtra = {}, nowMs?: number): Response {
  const { status, title } = PROBLEMS[code]
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  const body: Record<string, unknown> = { type: `/problems/${code}`, title, status, code, ...extra }
  const retryAt = extra.retryAt
  if (typeof retryAt === 'string' && nowMs !== undefined) {
    const retryAfter = Math.max(1, Math.ceil((Date.parse(retryAt) - nowMs) / 1000))
    headers.set('retry-after', String(retryAfter))
    body.retryAfter = retryAfter
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** What a failed contract says: where, and what was expected there; never the value itself. */
export function invalidRequest(error: ZodError): Refusal {
  const errors = error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  return new Refusal('invalid_request', { errors })
}

/** The one place where an error becomes an answer. Details of a bug go to the log, never out. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  const refusal = refusalOf(error)
  if (refusal) {
    if (refusal.cause !== undefined) c.set('failure', describe(refusal))
    return problem(refusal.code, refusal.extra, c.var.nowMs)
  }
  c.set('failure', describe(error))
  return problem('internal', { requestId: c.var.requestId })
}

/** For Hono's `notFound`: the same bytes for every path and id that the caller may not know. */
export function onNotFound(): Response {
  return problem('not_found')
}

function refusalOf(error: Error): Refusal | null {
  if (error instanceof Refusal) return error
  if (error instanceof ZodError) return invalidRequest(error)
  if (error instanceof HTTPException && error.status < 500) {
    return error.status === 413
      ? new Refusal('body_too_large')
      : new Refusal('invalid_request', { errors: [{ path: '', message: error.message }] })
  }
  return null
}

/** The chain of causes with the first stack, for one log line. */
function describe(error: unknown): string {
  const parts: string[] = []
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    parts.push(depth === 0 ? at.stack || String(at) : String(at))
  }
  return parts.length > 0 ? parts.join('\ncaused by ') : String(error)
}
