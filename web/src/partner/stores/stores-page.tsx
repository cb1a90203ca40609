'use client'
import { Plus, Store as StoreIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Store } from '#schema/partner'
import { PageHead } from '../../desk/page-head.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { StoreDialog } from './store-dialog.tsx'

/** The partner's shops and their tills: where its receipts are recognised. */
export function StoresPage() {
  const t = useTranslations('partner.stores')
  const { path, may } = usePartner()
  const stores = usePages<Store>(path('/stores'))
  const [open, setOpen] = useState<string | 'new' | null>(null)
  const columns = useColumns()
  const shown = stores.rows?.find((store) => store.id === open) ?? null
  const add = may('catalogue') ? (
    <Button
      look="primary"
      icon={<Plus size={18} aria-hidden="true" />}
      onClick={() => setOpen('new')}
    >
      {t('add')}
    </Button>
  ) : null
  return (
    <>
      <PageHead title={t('title')} question={t('question')}>
        {add}
      </PageHead>
      <Card flush>
        {stores.problem && !stores.rows ? (
          <FailedState problem={stores.problem} onRetry={stores.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={stores.rows}
            columns={columns}
            rowId={(store) => store.id}
            onOpen={(store) => setOpen(store.id)}
            onMore={stores.more}
            empty={
              <EmptyState icon={<StoreIcon aria-hidden="true" />} title={t('empty')} action={add}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open === 'new' || shown ? (
        <StoreDialog
          key={open}
          store={shown}
          onChanged={stores.refresh}
          onAdded={(store) => setOpen(store.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}

function useColumns(): DataColumn<Store>[] {
  const t = useTranslations('partner.stores')
  return [
    { id: 'name', header: t('name'), value: (store) => store.name },
    { id: 'city', header: t('city'), choice: true, value: (store) => store.city },
    { id: 'address', header: t('address'), value: (store) => store.address },
    {
      id: 'tills',
      header: t('tills'),
      align: 'end',
      value: (store) => store.tills.length,
      cell: (store) => t('tillCount', { count: store.tills.length }),
    },
  ]
}
