import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { FailedState, SkeletonList } from '../ui/states.tsx'
import type { Pages } from '../use-pages.ts'

interface PagedListProps<Row> {
  pages: Pages<Row>
  /** What the list looks like while it is being read. */
  skeleton: { rows: number; height: number }
  /** Stands in the place of a list without rows. */
  empty: ReactNode
  children: (rows: readonly Row[]) => ReactNode
}

/** A list read page by page, with what stands there before it, instead of it and below it. */
export function PagedList<Row>({ pages, skeleton, empty, children }: PagedListProps<Row>) {
  const more = useTranslations('common')('more')
  const { rows, problem } = pages
  if (problem && !rows) return <FailedState problem={problem} onRetry={pages.refresh} />
  if (!rows) return <SkeletonList {...skeleton} />
  if (rows.length === 0) return empty
  return (
    <>
      {children(rows)}
      {pages.more ? (
        <Button wide busy={pages.busy} onClick={pages.more}>
          {more}
        </Button>
      ) : null}
    </>
  )
}
