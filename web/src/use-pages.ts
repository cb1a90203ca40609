import { useEffect } from 'react'
import useSWRInfinite from 'swr/infinite'
import type { Page } from '#schema/page'
import { api } from './api.ts'
import type { ApiProblem } from './problem.ts'

/** Lists on the screen now: the cache's own filter does not reach paged lists. */
const shown = new Set<{ path: string; read: () => Promise<unknown> }>()

/** Reads again the lists on the screen whose path is wanted. */
export async function refreshPages(wanted: (path: string) => boolean) {
  await Promise.all([...shown].filter((list) => wanted(list.path)).map((list) => list.read()))
}

/**
 * A paged list of the API, read page by page on demand; `path` may carry a query, `null` reads
 * nothing.
 */
export function usePages<Item>(path: string | null) {
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite<
    Page<Item>,
    ApiProblem
  >(
    (index, before: Page<Item> | null) => {
      if (path === null || index === 0) return path
      if (!before?.nextCursor) return null
      const joint = path.includes('?') ? '&' : '?'
      return `${path}${joint}cursor=${encodeURIComponent(before.nextCursor)}`
    },
    (key: string) => api.get<Page<Item>>(key),
    { keepPreviousData: true, revalidateAll: true },
  )

  useEffect(() => {
    if (path === null) return
    const list = { path, read: () => mutate() }
    shown.add(list)
    return () => {
      shown.delete(list)
    }
  }, [path, mutate])

  return {
    items: data?.flatMap((page) => page.items),
    error,
    busy: isValidating,
    /** Reads the next page; absent when everything has been read. */
    more: data?.at(-1)?.nextCursor ? () => void setSize(size + 1) : undefined,
    retry: () => void mutate(),
  }
}
