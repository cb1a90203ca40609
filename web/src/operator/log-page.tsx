'use client'
import { ScrollText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { AuditLogEntry } from '#schema/operator'
import layout from '../desk/layout.module.css'
import { PageHead } from '../desk/page-head.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { Card } from '../ui/card.tsx'
import { type DataColumn, DataTable } from '../ui/data-table.tsx'
import { EmptyState, FailedState } from '../ui/states.tsx'
import { usePages } from '../use-pages.ts'

/** What members of staff did, each with the request that did it. */
export function LogPage() {
  const t = useTranslations('operator.log')
  const entries = usePages<AuditLogEntry>('/operator/audit-log', { everyMs: 15_000 })
  const columns = useColumns()
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {entries.problem && !entries.rows ? (
          <FailedState problem={entries.problem} onRetry={entries.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={entries.rows}
            columns={columns}
            rowId={(entry) => entry.id}
            onMore={entries.more}
            pageSize={50}
            empty={
              <EmptyState icon={<ScrollText aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  )
}

function useColumns(): DataColumn<AuditLogEntry>[] {
  const t = useTranslations('operator.log')
  const format = useFormat()
  const code = (
    id: string,
    header: string,
    value: (entry: AuditLogEntry) => string,
    hidden = false,
  ): DataColumn<AuditLogEntry> => ({
    id,
    header,
    hidden,
    value,
    cell: (entry) => <span className={layout.cellCode}>{value(entry)}</span>,
  })
  return [
    {
      id: 'at',
      header: t('at'),
      value: (entry) => entry.at,
      cell: (entry) => (
        <span className={layout.cell} title={format.instant(entry.at, 'full')}>
          {format.instant(entry.at, 'short')}, {format.instant(entry.at, 'seconds')}
        </span>
      ),
    },
    { id: 'actor', header: t('actor'), choice: true, value: (entry) => entry.actorName },
    { ...code('action', t('action'), (entry) => entry.action), choice: true },
    code('subject', t('subject'), (entry) => entry.subject),
    { id: 'detail', header: t('detail'), value: (entry) => entry.detail || null },
    code('request', t('request'), (entry) => entry.requestId, true),
  ]
}
