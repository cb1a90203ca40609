'use client'
import { type LucideIcon, Menu } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Brand } from './brand.tsx'
import css from './frame.module.css'

export interface NavEntry {
  href: string
  label: string
  icon: LucideIcon
  /** A count of what waits there; 0 is not shown. */
  waiting?: number | undefined
}

interface FrameProps {
  note: string
  home: string
  nav: readonly NavEntry[]
  /** Stays in sight at the foot of the rail and, as `glance`, in the bar of a phone. */
  foot: ReactNode
  glance?: ReactNode
  /** Above every page: the operator's search. */
  top?: ReactNode
  dense?: boolean
  children: ReactNode
}

/** The rail and the page; on a phone the rail is a sheet behind the menu button. */
export function Frame(props: FrameProps) {
  const common = useTranslations('common')
  const t = useTranslations('desk.frame')
  const [open, setOpen] = useState(false)
  const path = usePathname() ?? ''
  useEffect(() => {
    if (path) setOpen(false)
  }, [path])
  return (
    <div className={classes(css.frame, props.dense && css.dense)}>
      <a href="#page" className={css.skip}>
        {common('skip')}
      </a>
      <header className={css.bar}>
        <IconButton label={t('menu')} onClick={() => setOpen(true)}>
          <Menu aria-hidden="true" />
        </IconButton>
        <Link href={props.home} className={css.home}>
          <Brand />
        </Link>
        <span className={css.glance}>{props.glance}</span>
      </header>
      <aside className={css.rail}>
        <Link href={props.home} className={css.home}>
          <Brand note={props.note} />
        </Link>
        <Navigation {...props} path={path} />
        <div className={css.foot}>{props.foot}</div>
      </aside>
      <div className={css.main}>
        {props.top ? <div className={css.top}>{props.top}</div> : null}
        <main id="page" className={css.page} tabIndex={-1}>
          {props.children}
        </main>
      </div>
      {open ? (
        <Dialog title={t('menu')} onClose={() => setOpen(false)}>
          <Navigation {...props} path={path} />
          {props.foot}
        </Dialog>
      ) : null}
    </div>
  )
}

function Navigation({ nav, home, path }: FrameProps & { path: string }) {
  const t = useTranslations('desk.frame')
  return (
    <nav aria-label={t('navigation')}>
      <ul className={css.nav}>
        {nav.map(({ href, label, icon: Icon, waiting }) => {
          const here = href === home ? path === home : path === href || path.startsWith(`${href}/`)
          return (
            <li key={href}>
              <Link
                href={href}
                className={classes(css.entry, here && css.here)}
                aria-current={here ? 'page' : undefined}
              >
                <Icon size={19} aria-hidden="true" />
                <span className={css.label}>{label}</span>
                {waiting ? <span className={css.waiting}>{waiting}</span> : null}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
