import { useCallback, useEffect } from 'react'
import useSWRInfinite from 'swr/infinite'
import type { Page } from '#schema/page'
import { api } from './api.ts'
import type { ApiProblem } from './problem.ts'
import { RETRIES } from './retries.ts'

/** The largest page the contract gives: tables sort and filter what they have. */
const LIMIT = 100
/** Two parts of a page that ask for one list at once get one answer. */
const DEDUPE_MS = 300
const IDLE_MS = 60_000

/** Lists on the screen now: the cache's own filter does not reach paged lists. */
const shown = new Set<{ path: string; read: () => Promise<unknown> }>()

/** Reads again the lists on the screen whose path is wanted. */
export async function refreshPages(wanted: (path: string) => boolean) {
  await Promise.all([...shown].filter((list) => wanted(list.path)).map((list) => list.read()))
}

export interface Pages<Row> {
  /** Undefined while the first page is being read. */
  rows: Row[] | undefined
  problem: ApiProblem | undefined
  /** The next page is being read. */
  busy: boolean
  /** Reads the next page; undefined when there is none. */
  more: (() => void) | undefined
  refresh: () => Promise<unknown>
}

interface PagesOptions<Row> {
  limit?: number
  /** Reads the pages shown again so often, while the window is looked at. */
  everyMs?: number
  /**
   * So often only while one of the rows read is so; else once a minute, for what is new. To be one
   * and the same function: another one begins to wait anew.
   */
  whileAny?: (row: Row) => boolean
  headers?: Record<string, string>
}

/**
 * A paged list of the API, page after page on request. `path` may carry a query; null reads
 * nothing.
 */
export function usePages<Row>(path: string | null, options: PagesOptions<Row> = {}): Pages<Row> {
  const { limit = LIMIT, everyMs = 0, whileAny, headers = {} } = options
  const refreshInterval = useCallback(
    (pages: readonly Page<Row>[] | undefined) => {
      const isIdle = whileAny && !pages?.some(({ items }) => items.some(whileAny))
      return isIdle ? Math.max(IDLE_MS, everyMs) : everyMs
    },
    [everyMs, whileAny],
  )
  const { data, error, size, setSize, mutate } = useSWRInfinite<Page<Row>, ApiProblem>(
    (index: number, before: Page<Row> | null) => {
      if (path === null || (index > 0 && !before?.nextCursor)) return null
      const cursor = before?.nextCursor ? `&cursor=${encodeURIComponent(before.nextCursor)}` : ''
      return `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`
    },
    (key: string) => api.get<Page<Row>>(key, { headers }),
    {
      refreshInterval,
      keepPreviousData: true,
      ...RETRIES,
      // A list that is come back to after a quick import or a save is read again.
      dedupingInterval: DEDUPE_MS,
    },
  )

  useEffect(() => {
    if (path === null) return
    const list = { path, read: () => mutate() }
    shown.add(list)
    return () => {
      shown.delete(list)
    }
  }, [path, mutate])

  const busy = data !== undefined && data.length < size
  return {
    rows: data?.flatMap((page) => page.items),
    problem: error,
    busy,
    more: data?.at(-1)?.nextCursor ? () => void (busy || setSize(size + 1)) : undefined,
    refresh: () => mutate(),
  }
}
