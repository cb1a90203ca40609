'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Partner } from '#schema/partner'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName } from '../../market.ts'
import { PARTNER_TONES } from '../../partner/tones.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/states.tsx'
import { useOperator } from '../operator-context.tsx'
import { ApproveDialog } from './approve-dialog.tsx'

interface PartnerDialogProps {
  partner: Partner
  onChanged: () => Promise<unknown>
  onClose: () => void
}

type Step = 'approve' | 'decline' | 'suspend' | 'resume'

/** What each state allows next. */
const STEPS: Record<Partner['state'], readonly Step[]> = {
  applied: ['approve', 'decline'],
  active: ['suspend'],
  suspended: ['resume'],
  declined: ['approve'],
}

const DONE = { decline: 'declined', suspend: 'suspended', resume: 'resumed' } as const

/** One partner's details, and the decisions that may be taken now. */
export function PartnerDialog({ partner, onChanged, onClose }: PartnerDialogProps) {
  const t = useTranslations('operator.partners')
  const { may } = useOperator()
  const [step, setStep] = useState<Step | null>(null)
  const url = `/operator/partners/${partner.id}`
  return (
    <Dialog title={partner.name} onClose={onClose}>
      <Details partner={partner} />
      {may('partners') ? (
        <DialogActions>
          {STEPS[partner.state].map((one) => (
            <Button
              key={one}
              look={one === 'approve' || one === 'resume' ? 'primary' : 'danger'}
              onClick={() => setStep(one)}
            >
              {t(one)}
            </Button>
          ))}
        </DialogActions>
      ) : null}
      {step === 'approve' ? (
        <ApproveDialog partner={partner} onChanged={onChanged} onClose={() => setStep(null)} />
      ) : null}
      {step !== null && step !== 'approve' ? (
        <ConfirmDialog
          title={t(`${step}Title`, { name: partner.name })}
          confirm={t(step)}
          danger={step !== 'resume'}
          withReason={step !== 'resume'}
          done={t(DONE[step])}
          onConfirm={async (reason) => {
            await api.post(`${url}/${step}`, step === 'resume' ? {} : { reason })
            await onChanged()
          }}
          onClose={() => setStep(null)}
        >
          {step === 'resume' ? null : <p>{t(`${step}Why`)}</p>}
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}

function Details({ partner }: { partner: Partner }) {
  const t = useTranslations('operator.partners')
  const words = useTranslations('desk')
  const format = useFormat()
  return (
    <>
      <div className={layout.row}>
        <Chip tone={PARTNER_TONES[partner.state]}>{words(`partnerState.${partner.state}`)}</Chip>
        <span className={layout.small}>{words(`partnerKind.${partner.kind}`)}</span>
      </div>
      {partner.stateReason ? <Notice tone="coming">{partner.stateReason}</Notice> : null}
      <dl className={layout.facts}>
        <dt>{t('legalName')}</dt>
        <dd>{partner.legalName}</dd>
        <dt>{t('market')}</dt>
        <dd>{countryName(partner.market, format.locale)}</dd>
        <dt>{t('taxNumber')}</dt>
        <dd>{partner.taxNumber}</dd>
        <dt>{t('contact')}</dt>
        <dd>
          {partner.contactName}
          {partner.contactPhone ? `, ${partner.contactPhone}` : ''}
        </dd>
        <dt>{t('website')}</dt>
        <dd>
          {partner.website ? (
            <a href={partner.website} rel="noreferrer" target="_blank">
              {partner.website}
            </a>
          ) : (
            '—'
          )}
        </dd>
        <dt>{t('fee')}</dt>
        <dd>{format.rate(partner.feeBps)}</dd>
        <dt>{t('created')}</dt>
        <dd>{format.instant(partner.createdAt, 'full')}</dd>
        <dt>ID</dt>
        <dd className={layout.code}>{partner.id}</dd>
      </dl>
    </>
  )
}
