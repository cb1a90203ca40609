import type { AuthorityAnswer } from './authority.ts'

/** A temporary token of the tax service; `expiresAt` in epoch milliseconds. */
export type FnsToken = { token: string; expiresAt: number }

/** Where the token is kept between invocations. */
export type FnsTokenStore = {
  read(): Promise<FnsToken | null>
  write(token: FnsToken): Promise<void>
}

/** A refresh whose invocation was ended never settles: after this it is not waited for. */
const REFRESH_MS_MAX = 30_000

type Refusal = Exclude<AuthorityAnswer, { kind: 'authentic' }>
type TokenOutcome = { ok: true; token: string } | { ok: false; answer: Refusal }

/** A token is changed this long before it expires, so that no request dies with it. */
const REFRESH_BEFORE_MS = 60_000

/**
 * Hands out the current token. Callers that find it expired or refused share one refresh: the
 * service counts every one of them. `refused` names a token that was just refused; when the store
 * already holds another, that one is used.
 */
export function createTokenKeeper(deps: {
  store: FnsTokenStore
  request(): Promise<FnsToken | Refusal>
  now(): number
}): (refused: string | null) => Promise<TokenOutcome> {
  let refreshing: { startedAt: number; outcome: Promise<TokenOutcome> } | null = null

  async function refresh(): Promise<TokenOutcome> {
    const answer = await deps.request()
    if ('kind' in answer) return { ok: false, answer }
    await deps.store.write(answer)
    return { ok: true, token: answer.token }
  }

  function sharedRefresh(): Promise<TokenOutcome> {
    const startedAt = deps.now()
    const outcome = refresh().finally(() => {
      if (refreshing?.outcome === outcome) refreshing = null
    })
    refreshing = { startedAt, outcome }
    return outcome
  }

  function underWay(): Promise<TokenOutcome> | null {
    const isAlive = refreshing !== null && deps.now() - refreshing.startedAt < REFRESH_MS_MAX
    return isAlive ? (refreshing?.outcome ?? null) : null
  }

  return async function currentToken(refused) {
    const shared = underWay()
    if (shared !== null) return shared
    const stored = await deps.store.read()
    const isFresh = stored !== null && stored.expiresAt - REFRESH_BEFORE_MS > deps.now()
    if (isFresh && stored.token !== refused) return { ok: true, token: stored.token }
    return underWay() ?? sharedRefresh()
  }
}
