/** One field that the server refused: `path` as in the request body, joined by dots. */
export interface FieldError {
  path: string
  message: string
}

/**
 * A refusal of the API (RFC 9457 problem) or of the network. `code` is stable and has words in
 * `messages/<locale>/problem.ts`; `offline` and `unreadable` are made here, the rest by the server.
 */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  readonly detail: Readonly<Record<string, unknown>>

  constructor(init: {
    code: string
    status: number
    errors?: readonly FieldError[]
    requestId?: string | null
    retryAfterSeconds?: number | null
    detail?: Readonly<Record<string, unknown>>
    cause?: unknown
  }) {
    super(`${init.code} (${init.status})`, { cause: init.cause })
    this.name = 'ApiProblem'
    this.code = init.code
    this.status = init.status
    this.errors = init.errors ?? []
    this.requestId = init.requestId ?? null
    this.retryAfterSeconds = init.retryAfterSeconds ?? null
    this.detail = init.detail ?? {}
  }
}

/** True when nothing reached the server, so that the same request may be sent later. */
export function isOffline(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'offline'
}

/** Reads a problem answer; an answer that is none still becomes one, with its request id. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  const fields = isRecord(body) ? body : {}
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiProblem({
    code: typeof fields.code === 'string' ? fields.code : codeOfStatus(response.status),
    status: response.status,
    errors: Array.isArray(fields.errors) ? fields.errors.flatMap(fieldError) : [],
    requestId:
      typeof fields.requestId === 'string'
        ? fields.requestId
        : response.headers.get('x-request-id'),
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    detail: fields,
  })
}

function fieldError(entry: unknown): FieldError[] {
  if (!isRecord(entry)) return []
  const path = Array.isArray(entry.path) ? entry.path.join('.') : String(entry.path ?? '')
  return [{ path, message: String(entry.message ?? entry.code ?? '') }]
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'sign_in_required'
  if (status === 403) return 'role_not_allowed'
  if (status === 404) return 'not_found'
  if (status === 429) return 'overloaded'
  return 'internal'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
