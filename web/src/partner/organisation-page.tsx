'use client'
import { useTranslations } from 'use-intl'
import type { Partner } from '#schema/partner'
import { api } from '../api.ts'
import layout from '../desk/layout.module.css'
import { PageHead } from '../desk/page-head.tsx'
import { useAction } from '../desk/use-action.ts'
import { useFormat } from '../i18n/use-format.ts'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { Notice } from '../ui/states.tsx'
import { useRefresh } from '../use-api.ts'
import { usePartner } from './partner-context.tsx'
import { PartnerForm } from './partner-form.tsx'
import { PARTNER_TONES } from './tones.ts'

/** What the network knows of the organisation, and what the network costs it. */
export function OrganisationPage() {
  const t = useTranslations('partner.organisation')
  const states = useTranslations('desk.partnerState')
  const save = useTranslations('common')('save')
  const format = useFormat()
  const { partner, path, may } = usePartner()
  const action = useAction({ quiet: true })
  const refresh = useRefresh()
  return (
    <>
      <PageHead
        title={t('title')}
        question={t('question')}
        chip={<Chip tone={PARTNER_TONES[partner.state]}>{states(partner.state)}</Chip>}
      />
      <Card className={layout.stack}>
        <dl className={layout.facts}>
          <dt>{t('fee')}</dt>
          <dd>
            {format.rate(partner.feeBps)}, {t('feeWhy')}
          </dd>
          <dt>ID</dt>
          <dd className={layout.code}>{partner.id}</dd>
        </dl>
        <p className={layout.small}>
          {t('since', { date: format.instant(partner.createdAt, 'dayYear') })}
        </p>
      </Card>
      <Card className={layout.stack}>
        {may('organisation') ? null : <Notice>{t('readOnly')}</Notice>}
        <PartnerForm
          key={partner.version}
          values={applicationOf(partner)}
          submit={save}
          action={action}
          disabled={!may('organisation')}
          onSubmit={(application) =>
            action.run(async () => {
              await api.patch<Partner>(path(''), application)
              await refresh(path(''))
            }, t('saved'))
          }
        />
      </Card>
    </>
  )
}

function applicationOf(partner: Partner) {
  const { name, legalName, taxNumber, kind, market, contactName, contactPhone, website } = partner
  return { name, legalName, taxNumber, kind, market, contactName, contactPhone, website }
}
