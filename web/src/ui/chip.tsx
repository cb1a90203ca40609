import type { ReactNode } from 'react'
import css from './chip.module.css'
import { classes } from './classes.ts'

/** mine: money that is yours; coming: money on its way; refusal; points; neutral: a plain fact. */
export type Tone = 'mine' | 'coming' | 'refusal' | 'points' | 'neutral'

/** A short status in words; colour only repeats what the words say. */
export function Chip({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={classes(css.chip, css[tone])}>
      {icon}
      <span>{children}</span>
    </span>
  )
}
