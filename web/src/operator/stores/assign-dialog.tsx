'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { UnknownStore } from '#schema/operator'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { PartnerSelect, StoreSelect } from './shop-selects.tsx'

interface AssignDialogProps {
  unknown: UnknownStore
  onAssigned: () => Promise<unknown>
  onClose: () => void
}

/** Says which store of which retailer a till stands in. */
export function AssignDialog({ unknown, onAssigned, onClose }: AssignDialogProps) {
  const t = useTranslations('operator.stores')
  const cancel = useTranslations('common')('cancel')
  const action = useAction({ quiet: true })
  const [partnerId, setPartnerId] = useState('')
  const [storeId, setStoreId] = useState('')
  const [tried, setTried] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!storeId) return
    const sent = await action.run(async () => {
      const body = { fiscalDrive: unknown.fiscalDrive, storeId }
      await api.post('/operator/unknown-stores/assign', body)
      await onAssigned()
    }, t('assigned'))
    if (sent) onClose()
  }

  return (
    <Dialog title={t('assignTitle')} onClose={onClose}>
      <form onSubmit={send} noValidate className={layout.stack}>
        <Seen unknown={unknown} />
        <p className={layout.muted}>{t('assignWhy')}</p>
        <PartnerSelect
          first={unknown.taxNumber ?? ''}
          partnerId={partnerId}
          onChange={(id) => {
            setPartnerId(id)
            setStoreId('')
          }}
        />
        {partnerId ? (
          <StoreSelect
            partnerId={partnerId}
            storeId={storeId}
            wrong={tried && !storeId}
            onChange={setStoreId}
          />
        ) : null}
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy} disabled={!partnerId}>
            {t('assign')}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Seen({ unknown }: { unknown: UnknownStore }) {
  const t = useTranslations('operator.stores')
  return (
    <dl className={layout.facts}>
      <dt>{t('name')}</dt>
      <dd>{unknown.name ?? '—'}</dd>
      <dt>{t('address')}</dt>
      <dd>{unknown.address ?? '—'}</dd>
      <dt>{t('taxNumber')}</dt>
      <dd>{unknown.taxNumber ?? '—'}</dd>
      <dt>{t('registration')}</dt>
      <dd className={layout.code}>{unknown.tillRegistration ?? '—'}</dd>
      <dt>{t('drive')}</dt>
      <dd className={layout.code}>{unknown.fiscalDrive}</dd>
    </dl>
  )
}
