import { useRouter } from 'next/router'

/**
 * The `?id=` of the page. Pages are exported without data, so the id is known only after hydration:
 * `undefined` until then, `null` when the address has none.
 */
export function useQueryId(name = 'id'): string | null | undefined {
  const router = useRouter()
  if (!router.isReady) return undefined
  const value = router.query[name]
  return typeof value === 'string' && value !== '' ? value : null
}
