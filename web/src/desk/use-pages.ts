import useSWRInfinite from 'swr/infinite'
import type { Page } from '#schema/page'
import { api } from '../api.ts'
import type { ApiProblem } from '../problem.ts'

/** The largest page the contract gives. */
const LIMIT = 100
/** Two parts of a page that ask for one list at once get one answer. */
const DEDUPE_MS = 300

export interface Pages<Row> {
  /** Undefined while the first page is being read. */
  rows: Row[] | undefined
  problem: ApiProblem | undefined
  /** Reads the next page; undefined when there is none. */
  more: (() => void) | undefined
  refresh: () => Promise<unknown>
}

/**
 * A paged list of the API, page after page on request. `path` may carry a query; null reads
 * nothing.
 * `everyMs` reads the pages shown again while the window is looked at.
 */
export function usePages<Row>(
  path: string | null,
  everyMs = 0,
  headers: Record<string, string> = {},
): Pages<Row> {
  const { data, error, size, setSize, mutate } = useSWRInfinite<Page<Row>, ApiProblem>(
    (index: number, before: Page<Row> | null) => {
      if (path === null || (index > 0 && !before?.nextCursor)) return null
      const cursor = before?.nextCursor ? `&cursor=${encodeURIComponent(before.nextCursor)}` : ''
      return `${path}${path.includes('?') ? '&' : '?'}limit=${LIMIT}${cursor}`
    },
    (key: string) => api.get<Page<Row>>(key, { headers }),
    {
      revalidateFirstPage: true,
      refreshInterval: everyMs,
      keepPreviousData: true,
      shouldRetryOnError: false,
      // A list that is come back to after a quick import or a save is read again.
      dedupingInterval: DEDUPE_MS,
    },
  )
  const last = data?.at(-1)
  const reading = data !== undefined && data.length < size
  return {
    rows: data?.flatMap((page) => page.items),
    problem: error,
    more: last?.nextCursor && !reading ? () => void setSize(size + 1) : undefined,
    refresh: () => mutate(),
  }
}
