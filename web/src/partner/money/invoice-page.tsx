'use client'
import { CircleCheck, Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { InvoiceSheet } from './invoice-sheet.tsx'

/** One invoice as a sheet to print and pay. */
export function InvoicePage() {
  const t = useTranslations('partner')
  const id = useQueryId()
  const { path } = usePartner()
  const invoices = usePages<Invoice>(path('/invoices'), { everyMs: 15_000 })
  const invoice = invoices.rows?.find((one) => one.id === id)
  const up = { href: '/partner/money', label: t('money.title') }
  if (!invoice) {
    return (
      <>
        <PageHead title={t('money.invoices')} up={up} />
        {invoices.problem && !invoices.rows ? (
          <FailedState problem={invoices.problem} onRetry={invoices.refresh} />
        ) : null}
        {!invoices.rows && !invoices.problem ? <SkeletonList rows={4} /> : null}
        {invoices.rows ? (
          <EmptyState
            title={t('invoice.missing')}
            action={invoices.more ? <OlderInvoices onMore={invoices.more} /> : null}
          />
        ) : null}
      </>
    )
  }
  return (
    <>
      <PageHead title={t('invoice.title', { number: invoice.number })} up={up} screenOnly>
        <Button
          look="primary"
          icon={<Printer size={18} aria-hidden="true" />}
          onClick={() => print()}
        >
          {t('invoice.print')}
        </Button>
      </PageHead>
      <PaidNotice invoice={invoice} />
      <InvoiceSheet invoice={invoice} />
    </>
  )
}

function OlderInvoices({ onMore }: { onMore: () => void }) {
  const t = useTranslations('desk.list')
  return <Button onClick={onMore}>{t('loadMore')}</Button>
}

function PaidNotice({ invoice }: { invoice: Invoice }) {
  const t = useTranslations('partner.invoice')
  const format = useFormat()
  if (invoice.state === 'issued') return null
  if (invoice.state === 'cancelled') return <Notice tone="refusal">{t('cancelled')}</Notice>
  return (
    <Notice tone="mine" icon={<CircleCheck size={20} aria-hidden="true" />}>
      <span className={layout.tight}>
        {t('paid', {
          date: invoice.paidAt ? format.instant(invoice.paidAt, 'dayYear') : '—',
          reference: invoice.bankReference ?? '—',
        })}
      </span>
    </Notice>
  )
}
