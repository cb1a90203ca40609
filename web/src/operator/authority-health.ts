import type { AuthorityHealth } from '#schema/operator'
import { useApi } from '../use-api.ts'

const FRESH_MS = 10_000

export function useAuthority() {
  return useApi<AuthorityHealth>('/operator/authority', { refreshInterval: FRESH_MS })
}

export const AUTHORITY_TONES = {
  ok: 'mine',
  quota: 'coming',
  down: 'refusal',
  resting: 'refusal',
} as const
