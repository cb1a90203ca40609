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
 * Hands out the current token, from memory while it is fresh. Callers that find it expired or
 * refused look into the store, where another isolate may have left a newer one, and then share one
 * refresh: the service counts every one of them. `refused` names a token that was just refused.
 */
export function createTokenKeeper(deps: {
  store: FnsTokenStore
  request(): Promise<FnsToken | Refusal>
  now(): number
}): (refused: string | null) => Promise<TokenOutcome> {
  let refreshing: { startedAt: number; outcome: Promise<TokenOutcome> } | null = null
  let known: FnsToken | null = null

  async function refresh(): Promise<TokenOutcome> {
    const answer = await deps.request()
    if ('kind' in answer) return { ok: false, answer }
    await deps.store.write(answer)
    known = answer
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

  const isGood = (token: FnsToken | null, refused: string | null): token is FnsToken =>
    token !== null && token.expiresAt - REFRESH_BEFORE_MS > deps.now() && token.token !== refused

  return async function currentToken(refused) {
    const shared = underWay()
    if (shared !== null) return shared
    if (isGood(known, refused)) return { ok: true, token: known.token }
    known = await deps.store.read()
    if (isGood(known, refused)) return { ok: true, token: known.token }
    return underWay() ?? sharedRefresh()
  }
}
