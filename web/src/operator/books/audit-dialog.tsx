'use client'
import { CircleAlert, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { AuditFinding, AuditReport } from '#schema/operator'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/states.tsx'

/** One audit: whether the books are coherent, and every finding when they are not. */
export function AuditDialog({ audit, onClose }: { audit: AuditReport; onClose: () => void }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const columns = useColumns()
  const Icon = audit.coherent ? ShieldCheck : CircleAlert
  return (
    <Dialog title={format.instant(audit.startedAt, 'full')} onClose={onClose} wide>
      <Notice
        tone={audit.coherent ? 'mine' : 'refusal'}
        icon={<Icon size={20} aria-hidden="true" />}
      >
        {audit.coherent ? t('audits.done') : t('audits.failed')}
      </Notice>
      <dl className={layout.facts}>
        <dt>{t('audits.checkedObjects')}</dt>
        <dd>{format.number(audit.checked.objects)}</dd>
        <dt>{t('audits.checkedAccounts')}</dt>
        <dd>{format.number(audit.checked.accounts)}</dd>
        <dt>{t('audits.checkedTransfers')}</dt>
        <dd>{format.number(audit.checked.transfers)}</dd>
        <dt>{t('audits.checkedReceipts')}</dt>
        <dd>{format.number(audit.checked.receipts)}</dd>
        <dt>{t('audits.checkedPayouts')}</dt>
        <dd>{format.number(audit.checked.payouts)}</dd>
        <dt>{t('audits.frozen')}</dt>
        <dd>{audit.frozenCells.join(', ') || '—'}</dd>
      </dl>
      {audit.findings.length > 0 ? (
        <DataTable
          name={t('audits.findings')}
          rows={audit.findings}
          columns={columns}
          rowId={(finding) => `${finding.invariant} ${finding.where} ${finding.what}`}
        />
      ) : null}
    </Dialog>
  )
}

function useColumns(): DataColumn<AuditFinding>[] {
  const t = useTranslations('operator')
  return [
    {
      id: 'invariant',
      header: t('audits.invariant'),
      choice: true,
      value: (finding) => `${finding.invariant}: ${t(`invariants.${finding.invariant}`)}`,
    },
    {
      id: 'where',
      header: t('audits.where'),
      value: (finding) => finding.where,
      cell: (finding) => <span className={layout.cellCode}>{finding.where}</span>,
    },
    { id: 'what', header: t('audits.what'), value: (finding) => finding.what },
  ]
}
