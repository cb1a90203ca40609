'use client'
import { CircleUserRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import { Dialog } from '../ui/dialog.tsx'
import css from './account-menu.module.css'
import layout from './layout.module.css'
import { PreferencePickers } from './preferences.tsx'
import { ResetFactorButton } from './reset-factor.tsx'
import { SignOutButton } from './sign-out.tsx'

/** Who is signed in, in which role; opens language, theme and the way out. */
export function AccountMenu({
  me,
  role,
  children,
}: {
  me: Me
  role: string
  children?: ReactNode
}) {
  const t = useTranslations('desk.frame')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={css.button} onClick={() => setOpen(true)}>
        <CircleUserRound size={20} aria-hidden="true" />
        <span className={css.words}>
          <span className="visually-hidden">{t('account')}: </span>
          <span className={css.name}>{me.name ?? me.email}</span>
          <span className={css.role}>{role}</span>
        </span>
      </button>
      {open ? (
        <Dialog title={t('account')} onClose={() => setOpen(false)}>
          <dl className={layout.facts}>
            <dt>E-mail</dt>
            <dd>{me.email}</dd>
            <dt>{t('role')}</dt>
            <dd>{role}</dd>
          </dl>
          {children}
          <PreferencePickers />
          <ResetFactorButton />
          <SignOutButton />
        </Dialog>
      ) : null}
    </>
  )
}
