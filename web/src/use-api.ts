import { useCallback } from 'react'
import useSWR, { type SWRConfiguration, type SWRResponse, useSWRConfig } from 'swr'
import { api } from './api.ts'
import type { ApiProblem } from './problem.ts'
import { RETRIES } from './retries.ts'
import { refreshPages } from './use-pages.ts'

/**
 * Reads `/v1` + path with a cache; a `null` path reads nothing. Refusals are not repeated, failures
 * of the network or the server are, a few times.
 */
export function useApi<Answer>(
  path: string | null,
  options: SWRConfiguration<Answer, ApiProblem> = {},
): SWRResponse<Answer, ApiProblem> {
  return useSWR<Answer, ApiProblem>(path, (key: string) => api.get<Answer>(key), {
    ...RETRIES,
    dedupingInterval: 1_000,
    focusThrottleInterval: 15_000,
    ...options,
  })
}

/** Reads again every shown or cached path that starts with one of the prefixes. */
export function useRefresh() {
  const { mutate } = useSWRConfig()
  return useCallback(
    async (...prefixes: string[]) => {
      const wanted = (key: unknown) =>
        typeof key === 'string' && prefixes.some((prefix) => key.startsWith(prefix))
      await Promise.all([mutate(wanted), refreshPages(wanted)])
    },
    [mutate],
  )
}
