'use client'
import { ShieldAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Suspicion } from '#schema/forgery'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { hitHref } from '../hit-href.ts'

/** Receipts that look invented, with what speaks against each. */
export function ForgeriesPage() {
  const t = useTranslations('operator.forgeries')
  const suspicions = usePages<Suspicion>('/operator/forgeries', { everyMs: 15_000 })
  const columns = useColumns()
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {suspicions.problem && !suspicions.rows ? (
          <FailedState problem={suspicions.problem} onRetry={suspicions.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={suspicions.rows}
            columns={columns}
            rowId={(suspicion) => suspicion.receiptId}
            onMore={suspicions.more}
            pageSize={50}
            empty={
              <EmptyState icon={<ShieldAlert aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  )
}

function useColumns(): DataColumn<Suspicion>[] {
  const t = useTranslations('operator.forgeries')
  const format = useFormat()
  return [
    { id: 'score', header: t('score'), value: (row) => row.score },
    {
      id: 'reasons',
      header: t('reasons'),
      value: (row) => row.reasons.map(({ signal }) => signal).join(),
      cell: (row) => (
        <span className={layout.cell}>
          {row.reasons.map(({ signal, seen }) => t(`signal.${signal}`, { seen })).join('; ')}
        </span>
      ),
    },
    {
      id: 'receipt',
      header: t('receipt'),
      value: (row) => row.purchasedAt,
      cell: (row) => (
        <Link href={hitHref({ kind: 'receipt', id: row.receiptId })}>
          {format.wallClock(row.purchasedAt)}
        </Link>
      ),
    },
    {
      id: 'till',
      header: t('till'),
      value: (row) => row.till,
      cell: (row) => (
        <span className={layout.cellCode}>
          {row.number === null ? row.till : `${row.till} · ${row.number}`}
        </span>
      ),
    },
    {
      id: 'seenAt',
      header: t('seenAt'),
      value: (row) => row.seenAt,
      cell: (row) => format.instant(row.seenAt),
    },
  ]
}
