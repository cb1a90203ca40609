import { useSearchParams } from 'next/navigation'

/** The `id` of the address: pages are exported once, so what they show is in the query. */
export function useQueryId(name = 'id'): string | null {
  return useSearchParams()?.get(name) ?? null
}
