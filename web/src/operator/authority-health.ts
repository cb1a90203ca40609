import { useApi } from '../use-api.ts'

/** How the tax service answers, as `GET /v1/operator/authority` says. */
export interface AuthorityHealth {
  state: 'ok' | 'quota' | 'down'
  since: string | null
  nextTryAt: string | null
  lastError: string | null
}

const FRESH_MS = 10_000

export function useAuthority() {
  return useApi<AuthorityHealth>('/operator/authority', { refreshInterval: FRESH_MS })
}

export const AUTHORITY_TONES = { ok: 'mine', quota: 'coming', down: 'refusal' } as const
