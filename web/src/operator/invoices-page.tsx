'use client'
import { Landmark } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import { MarketScope } from '../desk/market-scope.tsx'
import { PageHead } from '../desk/page-head.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { Card } from '../ui/card.tsx'
import { Chip, type Tone } from '../ui/chip.tsx'
import { type DataColumn, DataTable } from '../ui/data-table.tsx'
import { EmptyState, FailedState } from '../ui/states.tsx'
import { usePages } from '../use-pages.ts'
import { InvoiceDialog } from './invoice-dialog.tsx'
import { useMarketAmount, useMarketUnits } from './use-market-amount.ts'
import { useMarketColumn } from './use-market-column.ts'

const TONES: Record<Invoice['state'], Tone> = {
  issued: 'coming',
  paid: 'mine',
  cancelled: 'neutral',
}

/** Invoices of all partners, to be matched with the bank's statement. */
export function InvoicesPage() {
  const t = useTranslations('operator.invoices')
  const invoices = usePages<Invoice>('/operator/invoices', { everyMs: 30_000 })
  const [openId, setOpenId] = useState<string | null>(null)
  const columns = useColumns()
  const open = invoices.rows?.find((invoice) => invoice.id === openId)
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {invoices.problem && !invoices.rows ? (
          <FailedState problem={invoices.problem} onRetry={invoices.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={invoices.rows}
            columns={columns}
            rowId={(invoice) => invoice.id}
            onOpen={(invoice) => setOpenId(invoice.id)}
            onMore={invoices.more}
            pageSize={50}
            empty={
              <EmptyState icon={<Landmark aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open ? (
        <MarketScope code={open.market}>
          <InvoiceDialog
            invoice={open}
            onChanged={invoices.refresh}
            onClose={() => setOpenId(null)}
          />
        </MarketScope>
      ) : null}
    </>
  )
}

function useColumns(): DataColumn<Invoice>[] {
  const t = useTranslations('operator.invoices')
  const states = useTranslations('desk.invoiceState')
  const format = useFormat()
  const amountIn = useMarketAmount()
  const unitsIn = useMarketUnits()
  const market = useMarketColumn<Invoice>((row) => row.market)
  return [
    { id: 'number', header: t('number'), value: (invoice) => invoice.number },
    { id: 'partner', header: t('partner'), value: (invoice) => invoice.partnerName },
    market,
    {
      id: 'amount',
      header: t('amount'),
      align: 'end',
      value: (invoice) => unitsIn(invoice.market, invoice.amountMinor),
      cell: (invoice) => amountIn(invoice.market, invoice.amountMinor),
    },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (invoice) => invoice.state,
      words: (state) => states(state as Invoice['state']),
      cell: (invoice) => <Chip tone={TONES[invoice.state]}>{states(invoice.state)}</Chip>,
    },
    {
      id: 'issued',
      header: t('issued'),
      value: (invoice) => invoice.issuedAt,
      cell: (invoice) => format.instant(invoice.issuedAt),
    },
    {
      id: 'paid',
      header: t('paid'),
      value: (invoice) => invoice.paidAt,
      cell: (invoice) => (invoice.paidAt ? format.instant(invoice.paidAt) : '—'),
    },
    { id: 'reference', header: t('reference'), value: (invoice) => invoice.bankReference },
  ]
}
