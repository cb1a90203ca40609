import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { Problem } from '#schema/problem'
import { type Access, allow } from './access.ts'
import type { AppEnv } from './env.ts'
import { BODY_BYTES_MAX, bodyAtMost, jsonOnly } from './limits.ts'
import { invalidRequest, Refusal } from './problem.ts'

/** A route's contract, who may call it, and the size of body that it takes. */
type GuardedConfig = Omit<RouteConfig, 'path' | 'middleware'> & {
  path: string
  access: Access
  /** Bytes; 64 kB unless said. */
  bodyBytesMax?: number
  /** How long ago the session may have been read, ms; fresh unless said. Never for money out. */
  sessionAgeMsMax?: number
  /** For routes that take something else than JSON: they check the content type themselves. */
  anyMediaType?: boolean
}

/**
 * The only way to declare a route: access is part of the contract. The rule is enforced before the
 * body is read, and is recorded as `x-access` in the OpenAPI document, from where the generated
 * authorisation matrix takes it.
 */
export function defineRoute<
  const Path extends string,
  Config extends GuardedConfig & { path: Path },
>(config: Config) {
  const { access, bodyBytesMax, anyMediaType, request, sessionAgeMsMax } = config
  const guards = [allow(access, sessionAgeMsMax), bodyAtMost(bodyBytesMax ?? BODY_BYTES_MAX)]
  if (request?.body && !anyMediaType) guards.push(jsonOnly())
  const route = createRoute<Path, Config>({ ...config })
  // Added behind the type's back on purpose: the client's types show the good answers only.
  Object.assign(route, {
    middleware: guards,
    responses: { ...config.responses, default: PROBLEM_RESPONSE },
    'x-access': access,
    ...(request?.body
      ? { request: { ...request, body: { ...request.body, required: true } } }
      : {}),
  })
  for (const own of OWN_FIELDS) Reflect.deleteProperty(route, own)
  return route
}

const OWN_FIELDS = ['access', 'bodyBytesMax', 'anyMediaType', 'sessionAgeMsMax'] as const

const PROBLEM_RESPONSE = {
  description: 'Refused; `code` says why',
  content: { 'application/problem+json': { schema: Problem } },
}

/**
 * A router whose failed contracts become problems. A malformed id in the path is an id that does
 * not exist, so it answers the same 404.
 */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      if (result.target === 'param') throw new Refusal('not_found')
      throw invalidRequest(result.error)
    },
  })
}
