'use client'
import { CircleAlert, Hourglass } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Notice } from '../ui/states.tsx'
import { usePartner } from './partner-context.tsx'

/** Says on every page why nothing can be published, while that is so. */
export function StateBanner() {
  const { partner } = usePartner()
  const t = useTranslations('partner.state')
  if (partner.state === 'active') return null
  const applied = partner.state === 'applied'
  const Icon = applied ? Hourglass : CircleAlert
  return (
    <Notice tone={applied ? 'coming' : 'refusal'} icon={<Icon size={20} aria-hidden="true" />}>
      <strong>{t(partner.state)}</strong>
      <span>{t(`${partner.state}Why`)}</span>
      {partner.stateReason ? <span>{t('reason', { reason: partner.stateReason })}</span> : null}
    </Notice>
  )
}
