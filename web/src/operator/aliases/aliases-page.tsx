'use client'
import { Tags } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Alias } from '#schema/operator'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { useOperator } from '../operator-context.tsx'

/** Receipt lines that people have matched to a product; a wrong one is forgotten here. */
export function AliasesPage() {
  const t = useTranslations('operator.aliases')
  const { may } = useOperator()
  const aliases = usePages<Alias>('/operator/aliases', { everyMs: 30_000 })
  const [open, setOpen] = useState<Alias | null>(null)
  const columns = useColumns()
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {aliases.problem && !aliases.rows ? (
          <FailedState problem={aliases.problem} onRetry={aliases.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={aliases.rows}
            columns={columns}
            rowId={(alias) => alias.id}
            {...(may('aliases') ? { onOpen: setOpen } : {})}
            onMore={aliases.more}
            pageSize={50}
            empty={
              <EmptyState icon={<Tags aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open ? (
        <ConfirmDialog
          title={t('removeTitle')}
          confirm={t('remove')}
          danger
          done={t('removed')}
          onConfirm={async () => {
            await api.delete(`/operator/aliases/${open.id}`)
            await aliases.refresh()
          }}
          onClose={() => setOpen(null)}
        >
          <p className={layout.cellCode}>
            {open.line} → {open.productName}
          </p>
          <p>{t('removeWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}

function useColumns(): DataColumn<Alias>[] {
  const t = useTranslations('operator.aliases')
  const format = useFormat()
  return [
    {
      id: 'line',
      header: t('line'),
      value: (alias) => alias.line,
      cell: (alias) => <span className={layout.cellCode}>{alias.line}</span>,
    },
    { id: 'product', header: t('product'), value: (alias) => alias.productName },
    {
      id: 'retailer',
      header: t('retailer'),
      value: (alias) => alias.retailerName ?? t('everywhere'),
    },
    { id: 'by', header: t('by'), value: (alias) => alias.createdBy },
    {
      id: 'at',
      header: t('at'),
      value: (alias) => alias.createdAt,
      cell: (alias) => format.instant(alias.createdAt),
    },
  ]
}
