'use client'
import { Store } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from 'use-intl'
import { RETAILERS_PER_OFFER_MAX } from '#schema/offer'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, Field } from '../../ui/field.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import css from './picker.module.css'
import { PickerFoot } from './products-blank.tsx'

interface RetailersProps {
  retailerIds: readonly string[]
  onChange: (retailerIds: string[]) => void
}

interface RetailerName {
  id: string
  name: string
}

/** The retailers of the network, by name. */
function useRetailers() {
  return useApi<{ items: RetailerName[] }>('/retailers')
}

/** "…only at Pyaterochka and Magnit": names up to three, then their number. */
export function RetailersBlank({ retailerIds, onChange }: RetailersProps) {
  const t = useTranslations('partner.editor.s')
  const [open, setOpen] = useState(false)
  const { data } = useRetailers()
  const names = (data?.items ?? [])
    .filter((one) => retailerIds.includes(one.id))
    .map((one) => one.name)
  const few = names.length === retailerIds.length && names.length <= 3 && names.length > 0
  return (
    <>
      <Button small icon={<Store size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {retailerIds.length === 0
          ? t('pickRetailers')
          : few
            ? names.join(', ')
            : t('retailers', { count: retailerIds.length })}
      </Button>
      {open
        ? createPortal(
            <RetailersDialog
              retailerIds={retailerIds}
              onChange={onChange}
              onClose={() => setOpen(false)}
            />,
            document.body,
          )
        : null}
    </>
  )
}

function RetailersDialog({
  retailerIds,
  onChange,
  onClose,
}: RetailersProps & { onClose: () => void }) {
  const t = useTranslations('partner.editor.picker')
  const [query, setQuery] = useState('')
  const { data, error, mutate } = useRetailers()
  const wanted = query.trim().toLowerCase()
  const shown = data?.items.filter((one) => one.name.toLowerCase().includes(wanted))
  return (
    <Dialog title={t('retailersTitle')} onClose={onClose}>
      <Field
        label={t('retailersSearch')}
        type="search"
        value={query}
        autoFocus
        onChange={(event) => setQuery(event.target.value)}
      />
      {error && !data ? <FailedState problem={error} onRetry={() => mutate()} /> : null}
      {!data && !error ? <SkeletonList rows={3} height={40} /> : null}
      {shown?.length === 0 ? <p className={layout.muted}>{t('retailersEmpty')}</p> : null}
      <ul className={css.list}>
        {shown?.map((retailer) => (
          <li key={retailer.id}>
            <Checkbox
              label={retailer.name}
              checked={retailerIds.includes(retailer.id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...retailerIds, retailer.id]
                    : retailerIds.filter((one) => one !== retailer.id),
                )
              }
            />
          </li>
        ))}
      </ul>
      <PickerFoot count={retailerIds.length} max={RETAILERS_PER_OFFER_MAX} onClose={onClose} />
    </Dialog>
  )
}
