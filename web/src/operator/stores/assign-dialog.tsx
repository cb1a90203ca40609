'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { UnknownStore } from '#schema/operator'
import type { Page } from '#schema/page'
import type { Partner, Store } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useDebounced } from '../../desk/use-debounced.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Notice } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'

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

/** Retailers by name or tax number; the search begins with the tax number of the receipt. */
function PartnerSelect({
  first,
  partnerId,
  onChange,
}: {
  first: string
  partnerId: string
  onChange: (partnerId: string) => void
}) {
  const t = useTranslations('operator.stores')
  const [text, setText] = useState(first)
  const asked = useDebounced(text.trim(), 250)
  const { data } = useApi<Page<Partner>>(`/operator/partners?q=${encodeURIComponent(asked)}`, {
    keepPreviousData: true,
  })
  const retailers = (data?.items ?? []).filter((partner) => partner.kind !== 'brand')
  return (
    <div className={layout.tight}>
      <Field
        label={t('partner')}
        hint={t('partnerHint')}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        label={t('partner')}
        labelHidden
        value={partnerId}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">—</option>
        {retailers.map((partner) => (
          <option key={partner.id} value={partner.id}>
            {partner.name}, {partner.taxNumber}
          </option>
        ))}
      </Select>
    </div>
  )
}

function StoreSelect({
  partnerId,
  storeId,
  wrong,
  onChange,
}: {
  partnerId: string
  storeId: string
  wrong: boolean
  onChange: (storeId: string) => void
}) {
  const t = useTranslations('operator.stores')
  const { data, error } = useApi<Page<Store>>(`/partners/${partnerId}/stores?limit=100`)
  if (error) return <ProblemNotice problem={error} />
  if (data?.items.length === 0) return <Notice tone="coming">{t('noStores')}</Notice>
  return (
    <Select
      label={t('store')}
      error={wrong ? t('choose') : undefined}
      value={storeId}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('choose')}</option>
      {data?.items.map((store) => (
        <option key={store.id} value={store.id}>
          {store.name}, {store.city}, {store.address}
        </option>
      ))}
    </Select>
  )
}
