import type { ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import css from './figure.module.css'

/** A row of figures; they wrap to two and then one a line. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={css.figures}>{children}</dl>
}

/** One figure: what it is, the number, and what stands behind it. */
export function Figure({
  label,
  value,
  note,
  tone,
  words,
}: {
  label: string
  value: ReactNode
  note?: ReactNode
  tone?: 'mine' | 'coming' | 'refusal'
  /** The value is words, not a number: set smaller. */
  words?: boolean
}) {
  return (
    <div className={css.figure}>
      <dt className={css.label}>{label}</dt>
      <dd className={classes(css.value, words && css.words, tone && css[tone])}>{value}</dd>
      {note ? <dd className={css.note}>{note}</dd> : null}
    </div>
  )
}
