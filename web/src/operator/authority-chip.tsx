'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Chip } from '../ui/chip.tsx'
import css from './authority-chip.module.css'
import { AUTHORITY_TONES, useAuthority } from './authority-health.ts'

/** The tax service's health, always in sight: without it nothing is credited. */
export function AuthorityChip() {
  const t = useTranslations('operator')
  const { data } = useAuthority()
  if (!data) return null
  return (
    <Link href="/operator" className={css.link}>
      <span>{t('today.authority')}</span>
      <Chip tone={AUTHORITY_TONES[data.state]}>{t(`authority.states.${data.state}`)}</Chip>
    </Link>
  )
}
