'use client'
import { Store } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { UnknownStore } from '#schema/operator'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { useOperator } from '../operator-context.tsx'
import { AssignDialog } from './assign-dialog.tsx'

/** Shops that receipts came from and nobody registered; each can be told which store it is. */
export function UnknownStoresPage() {
  const t = useTranslations('operator.stores')
  const { may } = useOperator()
  const stores = usePages<UnknownStore>('/operator/unknown-stores', { everyMs: 30_000 })
  const [open, setOpen] = useState<UnknownStore | null>(null)
  const columns = useColumns()
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {stores.problem && !stores.rows ? (
          <FailedState problem={stores.problem} onRetry={stores.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={stores.rows}
            columns={columns}
            rowId={(store) => store.fiscalDrive}
            {...(may('stores') ? { onOpen: setOpen } : {})}
            onMore={stores.more}
            pageSize={50}
            empty={
              <EmptyState icon={<Store aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open ? (
        <AssignDialog unknown={open} onAssigned={stores.refresh} onClose={() => setOpen(null)} />
      ) : null}
    </>
  )
}

function useColumns(): DataColumn<UnknownStore>[] {
  const t = useTranslations('operator.stores')
  const format = useFormat()
  return [
    { id: 'name', header: t('name'), value: (store) => store.name },
    { id: 'address', header: t('address'), value: (store) => store.address },
    { id: 'taxNumber', header: t('taxNumber'), value: (store) => store.taxNumber },
    {
      id: 'drive',
      header: t('drive'),
      value: (store) => store.fiscalDrive,
      cell: (store) => <span className={layout.cellCode}>{store.fiscalDrive}</span>,
    },
    {
      id: 'registration',
      header: t('registration'),
      hidden: true,
      value: (store) => store.tillRegistration,
    },
    {
      id: 'receipts',
      header: t('receipts'),
      align: 'end',
      value: (store) => store.receipts,
      cell: (store) => format.number(store.receipts),
    },
    {
      id: 'lastSeen',
      header: t('lastSeen'),
      value: (store) => store.lastSeenAt,
      cell: (store) => format.instant(store.lastSeenAt),
    },
  ]
}
