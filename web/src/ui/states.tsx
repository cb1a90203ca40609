import type { CSSProperties, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ApiProblem } from '../problem.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { useProblemWords } from './problem-words.ts'
import css from './states.module.css'

/** A grey block where something will be; say how large, so that nothing jumps. */
export function Skeleton({
  width = '100%',
  height = 20,
}: {
  width?: number | string
  height?: number
}) {
  const style: CSSProperties = { width, height }
  return <span className={css.skeleton} style={style} aria-hidden="true" />
}

/** A list that is being read: `rows` blocks and one sentence for assistive technology. */
export function SkeletonList({ rows = 4, height = 72 }: { rows?: number; height?: number }) {
  const t = useTranslations('common')
  return (
    <div className={css.lines} aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={String(row)} height={height} />
      ))}
    </div>
  )
}

/** Nothing here yet: what this place is for and the next step. */
export function EmptyState({
  icon,
  title,
  heading: Heading = 'h2',
  children,
  action,
}: {
  icon?: ReactNode
  title: string
  /** `h1` when this is all that the page has. */
  heading?: 'h1' | 'h2'
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={css.empty}>
      {icon ? <span className={css.icon}>{icon}</span> : null}
      <Heading className={css.title}>{title}</Heading>
      {children ? <p className={css.words}>{children}</p> : null}
      {action}
    </div>
  )
}

/** A failed read: what happened in words, and one action. */
export function FailedState({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const t = useTranslations('common')
  const words = useProblemWords()
  return (
    <EmptyState
      title={t('failed.title')}
      action={
        <Button look="secondary" onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    >
      {words(problem)}
    </EmptyState>
  )
}

/** A bar from 0 to 1 with its meaning as a label. */
export function Progress({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div
      className={css.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div className={css.fill} style={{ width: `${percent}%` }} />
    </div>
  )
}

/** A sentence that must be seen, inside the page. */
export function Notice({
  tone,
  icon,
  children,
}: {
  tone?: 'mine' | 'coming' | 'refusal'
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <div
      className={classes(css.notice, tone && css[tone])}
      role={tone === 'refusal' ? 'alert' : 'note'}
    >
      {icon}
      <div className={css.noticeBody}>{children}</div>
    </div>
  )
}
