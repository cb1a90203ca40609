'use client'
import Link from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../ui/classes.ts'
import css from './page-head.module.css'

/** The head of a page: where it is, what it answers, and what may be done here. */
export function PageHead({
  title,
  question,
  up,
  chip,
  screenOnly,
  children,
}: {
  title: string
  /** The question that the page answers, in one line. */
  question?: ReactNode
  up?: { href: string; label: string }
  chip?: ReactNode
  /** The page prints a heading of its own. */
  screenOnly?: boolean
  children?: ReactNode
}) {
  const brand = useTranslations('common')('brand')
  useEffect(() => {
    document.title = `${title} · ${brand}`
  }, [title, brand])
  return (
    <div className={classes(css.head, screenOnly && css.screenOnly)}>
      <div className={css.words}>
        {up ? (
          <Link href={up.href} className={css.up}>
            {up.label} /
          </Link>
        ) : null}
        <h1>{title}</h1>
        {question ? <p className={css.question}>{question}</p> : null}
      </div>
      <div className={css.actions}>
        {chip}
        {children}
      </div>
    </div>
  )
}
