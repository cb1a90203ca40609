'use client'
import { useSWRConfig } from 'swr'
import { useTranslations } from 'use-intl'
import type { Partner } from '#schema/partner'
import { api } from '../api.ts'
import layout from '../desk/layout.module.css'
import { SignOutButton } from '../desk/sign-out.tsx'
import { useAction } from '../desk/use-action.ts'
import { ME } from '../desk/use-me.ts'
import { Button } from '../ui/button.tsx'
import { choosePartner } from './chosen-partner.ts'
import { PartnerForm } from './partner-form.tsx'

const NOTHING = {
  name: '',
  legalName: '',
  taxNumber: '',
  kind: 'brand' as const,
  market: 'ru' as const,
  contactName: '',
  contactPhone: '',
  website: '',
}

/** A new organisation applies; the person who sends it becomes its owner. */
export function ApplicationPage({ onBack }: { onBack: (() => void) | null }) {
  const t = useTranslations('partner.apply')
  const back = useTranslations('common')('back')
  const action = useAction({ quiet: true })
  const { mutate } = useSWRConfig()
  return (
    <>
      <h1>{t('title')}</h1>
      <p className={layout.muted}>{t('lead')}</p>
      <PartnerForm
        values={NOTHING}
        submit={t('send')}
        action={action}
        onSubmit={(application) =>
          action.run(async () => {
            const partner = await api.post<Partner>('/partners', application)
            choosePartner(partner.id)
            await mutate(ME)
            onBack?.()
          }, t('sent'))
        }
      />
      {onBack ? <Button onClick={onBack}>{back}</Button> : <SignOutButton />}
    </>
  )
}
