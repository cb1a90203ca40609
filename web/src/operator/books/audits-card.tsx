'use client'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AuditReport } from '#schema/operator'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { useAction } from '../../desk/use-action.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { useOperator } from '../operator-context.tsx'
import { AuditDialog } from './audit-dialog.tsx'
import { FrozenCells } from './frozen-cells.tsx'

/** An audit reads every book: it gets more time than a page's reads, ms. */
const AUDIT_MS_MAX = 120_000

/** The audits, newest first, and the button that runs one now. */
export function AuditsCard() {
  const t = useTranslations('operator.audits')
  const { may } = useOperator()
  const audits = usePages<AuditReport>('/operator/audits', { everyMs: 15_000 })
  const [open, setOpen] = useState<AuditReport | null>(null)
  const action = useAction()
  const columns = useColumns()
  const latest = audits.rows?.[0]

  async function run() {
    await action.run(async () => {
      const report = await api.post<AuditReport>(
        '/operator/audits',
        {},
        { timeoutMs: AUDIT_MS_MAX },
      )
      await audits.refresh()
      setOpen(report)
    })
  }

  const runButton = may('books') ? (
    <Button
      look="primary"
      icon={<ShieldCheck size={18} aria-hidden="true" />}
      busy={action.busy}
      onClick={run}
    >
      {action.busy ? t('running') : t('run')}
    </Button>
  ) : null

  return (
    <div className={layout.stack}>
      <Card className={layout.spread}>
        <p className={layout.muted}>{t('runWhy')}</p>
        {runButton}
      </Card>
      {latest ? <FrozenCells cells={latest.frozenCells} onChanged={audits.refresh} /> : null}
      <Card flush>
        {audits.problem && !audits.rows ? (
          <FailedState problem={audits.problem} onRetry={audits.refresh} />
        ) : (
          <DataTable
            name={t('what')}
            rows={audits.rows}
            columns={columns}
            rowId={(audit) => audit.id}
            onOpen={setOpen}
            onMore={audits.more}
            empty={<EmptyState title={t('empty')}>{t('emptyWhy')}</EmptyState>}
          />
        )}
      </Card>
      {open ? <AuditDialog audit={open} onClose={() => setOpen(null)} /> : null}
    </div>
  )
}

function useColumns(): DataColumn<AuditReport>[] {
  const t = useTranslations('operator.audits')
  const format = useFormat()
  const count = (
    id: string,
    header: string,
    value: (audit: AuditReport) => number,
  ): DataColumn<AuditReport> => ({
    id,
    header,
    align: 'end',
    value,
    cell: (audit) => format.number(value(audit)),
  })
  const result = (audit: AuditReport) =>
    audit.coherent ? t('coherent') : t('notCoherent', { count: String(audit.findings.length) })
  return [
    {
      id: 'at',
      header: t('at'),
      value: (audit) => audit.startedAt,
      cell: (audit) => format.instant(audit.startedAt, 'full'),
    },
    {
      id: 'result',
      header: t('result'),
      value: result,
      cell: (audit) => <Chip tone={audit.coherent ? 'mine' : 'refusal'}>{result(audit)}</Chip>,
    },
    count('objects', t('checkedObjects'), (audit) => audit.checked.objects),
    count('accounts', t('checkedAccounts'), (audit) => audit.checked.accounts),
    count('transfers', t('checkedTransfers'), (audit) => audit.checked.transfers),
    count('receipts', t('checkedReceipts'), (audit) => audit.checked.receipts),
    count('payouts', t('checkedPayouts'), (audit) => audit.checked.payouts),
    {
      id: 'took',
      header: t('took'),
      align: 'end',
      value: tookSeconds,
      cell: (audit) => t('seconds', { count: format.number(tookSeconds(audit), 1) }),
    },
  ]
}

function tookSeconds(audit: AuditReport): number {
  return (Date.parse(audit.finishedAt) - Date.parse(audit.startedAt)) / 1_000
}
