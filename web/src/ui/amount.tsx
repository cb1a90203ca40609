import { useFormat } from '../i18n/use-format.ts'
import css from './amount.module.css'
import { classes } from './classes.ts'

/** Money from kopecks: tabular figures, currency, spaces that never break. */
export function Amount({
  minor,
  size,
  tone,
  signed,
  bare,
}: {
  minor: number
  size?: 'hero' | 'large' | 'strong'
  tone?: 'mine' | 'coming' | 'refusal' | 'muted'
  /** A plus before what was earned. */
  signed?: boolean
  /** Without the currency sign, for columns whose head names it. */
  bare?: boolean
}) {
  const format = useFormat()
  return (
    <span className={classes(css.amount, size && css[size], tone && css[tone])}>
      {bare ? format.decimal(minor) : format.amount(minor, signed)}
    </span>
  )
}
