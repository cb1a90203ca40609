'use client'
import { ScanEye } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ReviewSummary } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState, FailedState, Skeleton } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { PrecisionCard } from './precision-card.tsx'
import { Queue } from './queue.tsx'
import css from './review.module.css'
import { Workbench } from './workbench.tsx'

const FRESH_MS = 15_000

/** Cases for a person, the oldest due first, one open beside its photo: all of it by keyboard. */
export function ReviewPage() {
  const t = useTranslations('operator.review')
  const { rows, problem, refresh, more } = usePages<ReviewSummary>('/operator/reviews', {
    everyMs: FRESH_MS,
  })
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string | null>(null)
  // What was decided here leaves at once; a dispute of it comes back with a later refresh.
  const cases = rows?.filter(({ id }) => !done.has(id))
  const open = cases?.find(({ id }) => id === chosen) ?? cases?.find(isFree) ?? cases?.[0]
  const openId = open?.id ?? null

  const move = useCallback(
    (by: number) => {
      if (!cases || cases.length === 0) return
      const at = cases.findIndex(({ id }) => id === openId)
      const next = cases[Math.min(cases.length - 1, Math.max(0, at + by))]
      if (next) setChosen(next.id)
    },
    [cases, openId],
  )
  const onDecided = useCallback(
    (id: string) => {
      const at = cases?.findIndex((one) => one.id === id) ?? -1
      const after = cases?.[at + 1] ?? cases?.[at - 1]
      setDone((former) => new Set([...former, id]))
      setChosen(after?.id ?? null)
      void refresh()
    },
    [cases, refresh],
  )
  useEffect(() => {
    if (rows) setDone((former) => new Set([...former].filter((id) => isListed(rows, id))))
  }, [rows])

  if (problem && !rows) return <FailedState problem={problem} onRetry={() => void refresh()} />
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      {!cases ? (
        <Skeleton height={420} />
      ) : cases.length === 0 ? (
        <Card>
          <EmptyState icon={<ScanEye aria-hidden="true" />} title={t('empty')}>
            {t('emptyWhy')}
          </EmptyState>
        </Card>
      ) : (
        <div className={css.desk}>
          <Queue cases={cases} openId={openId} onOpen={setChosen} onMore={more} />
          {openId ? (
            <Workbench key={openId} id={openId} onMove={move} onDecided={onDecided} />
          ) : null}
        </div>
      )}
      <div className={layout.stack}>
        <PrecisionCard />
      </div>
    </>
  )
}

const isFree = ({ claimedUntil, isMine }: ReviewSummary) => claimedUntil === null || isMine

/** Whether the list still shows a case that was decided here: its copy lags a moment behind. */
const isListed = (rows: readonly ReviewSummary[], id: string) => rows.some((row) => row.id === id)
