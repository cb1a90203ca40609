import type { ComponentProps } from 'react'
import css from './card.module.css'
import { classes } from './classes.ts'

/** A surface on the paper. `flush` leaves the padding to what is inside (tables, lists). */
export function Card({
  flush,
  className,
  ...rest
}: ComponentProps<'section'> & { flush?: boolean }) {
  return <section {...rest} className={classes(css.card, flush && css.flush, className)} />
}
