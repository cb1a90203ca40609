'use client'
import { FileText, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { InvoiceDialog } from './invoice-dialog.tsx'
import css from './money-page.module.css'

const TONES: Record<Invoice['state'], Tone> = {
  issued: 'coming',
  paid: 'mine',
  cancelled: 'neutral',
}

/** Invoices of the partner, and the way to ask for one. */
export function InvoicesCard() {
  const t = useTranslations('partner.money')
  const { path } = usePartner()
  const router = useRouter()
  const invoices = usePages<Invoice>(path('/invoices'), { everyMs: 15_000 })
  const columns = useColumns()
  const [asking, setAsking] = useState(false)
  const ask = (
    <Button
      look="primary"
      icon={<Plus size={18} aria-hidden="true" />}
      onClick={() => setAsking(true)}
    >
      {t('invoice')}
    </Button>
  )
  return (
    <Card flush aria-labelledby="invoices">
      <div className={css.headRow}>
        <h2 id="invoices">{t('invoices')}</h2>
        {ask}
      </div>
      {invoices.problem && !invoices.rows ? (
        <FailedState problem={invoices.problem} onRetry={invoices.refresh} />
      ) : (
        <DataTable
          name={t('invoices')}
          rows={invoices.rows}
          columns={columns}
          rowId={(invoice) => invoice.id}
          onOpen={(invoice) => router.push(`/partner/money/invoice?id=${invoice.id}`)}
          onMore={invoices.more}
          empty={
            <EmptyState icon={<FileText aria-hidden="true" />} title={t('invoicesEmpty')}>
              {t('invoicesEmptyWhy')}
            </EmptyState>
          }
        />
      )}
      {asking ? (
        <InvoiceDialog
          onIssued={(invoice) => router.push(`/partner/money/invoice?id=${invoice.id}`)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  )
}

function useColumns(): DataColumn<Invoice>[] {
  const t = useTranslations('partner.money')
  const states = useTranslations('desk.invoiceState')
  const format = useFormat()
  return [
    { id: 'number', header: t('number'), value: (invoice) => invoice.number },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (invoice) => states(invoice.state),
      cell: (invoice) => <Chip tone={TONES[invoice.state]}>{states(invoice.state)}</Chip>,
    },
    {
      id: 'amount',
      header: t('amount'),
      align: 'end',
      value: (invoice) => format.units(invoice.amountMinor),
      cell: (invoice) => format.amount(invoice.amountMinor),
    },
    {
      id: 'issuedAt',
      header: t('issuedAt'),
      value: (invoice) => invoice.issuedAt,
      cell: (invoice) => format.instant(invoice.issuedAt, 'day'),
    },
    {
      id: 'paidAt',
      header: t('paidAt'),
      value: (invoice) => invoice.paidAt,
      cell: (invoice) => (invoice.paidAt ? format.instant(invoice.paidAt, 'day') : '—'),
    },
    { id: 'reference', header: t('reference'), value: (invoice) => invoice.bankReference },
  ]
}
