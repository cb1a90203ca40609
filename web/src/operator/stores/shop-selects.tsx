'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Page } from '#schema/page'
import type { Partner, Store } from '#schema/partner'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useDebounced } from '../../desk/use-debounced.ts'
import { Field, Select } from '../../ui/field.tsx'
import { Notice } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'

/** Retailers by name or tax number; the search begins with the tax number of the receipt. */
export function PartnerSelect({
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

/** The stores of a retailer. */
export function StoreSelect({
  partnerId,
  storeId,
  wrong,
  onChange,
}: {
  partnerId: string
  storeId: string
  wrong?: boolean
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
