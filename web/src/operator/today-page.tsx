'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { AuditReport, OperatorPayout } from '#schema/operator'
import type { Page } from '#schema/page'
import type { Invoice, Partner } from '#schema/partner'
import { Figure, Figures } from '../desk/figure.tsx'
import { PageHead } from '../desk/page-head.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState, FailedState, Notice } from '../ui/states.tsx'
import { useApi } from '../use-api.ts'
import { usePages } from '../use-pages.ts'
import { AUTHORITY_TONES, useAuthority } from './authority-health.ts'
import { ChannelsCard } from './channels-card.tsx'
import { type ReceiptRow, useReceiptColumns } from './receipts/receipts-page.tsx'
import css from './today-page.module.css'

/** What waits for a decision, whether the outside world answers, and the latest receipts. */
export function TodayPage() {
  const t = useTranslations('operator.today')
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <AuthorityNotice />
      <Figures>
        <Waiting />
        <AuthorityFigure />
        <AuditFigure />
      </Figures>
      <ChannelsCard />
      <LatestReceipts />
    </>
  )
}

function Waiting() {
  const t = useTranslations('operator.today')
  const partners = useApi<Page<Partner>>('/operator/partners?state=applied&limit=99')
  const invoices = useApi<Page<Invoice>>('/operator/invoices?state=issued&limit=99')
  const stuck = useApi<Page<OperatorPayout>>('/operator/payouts?stuck=1&limit=99')
  const count = (page: Page<unknown> | undefined) => {
    if (!page) return '…'
    if (page.items.length === 0) return t('nothing')
    return `${page.items.length}${page.nextCursor ? '+' : ''}`
  }
  return (
    <>
      <Figure
        label={t('partners')}
        words={partners.data?.items.length === 0}
        value={
          <Link href="/operator/partners" className={css.link}>
            {count(partners.data)}
          </Link>
        }
        note={t('partnersNote')}
      />
      <Figure
        label={t('invoices')}
        words={invoices.data?.items.length === 0}
        value={
          <Link href="/operator/invoices" className={css.link}>
            {count(invoices.data)}
          </Link>
        }
        note={t('invoicesNote')}
      />
      <Figure
        label={t('stuckPayouts')}
        words={stuck.data?.items.length === 0}
        value={
          <Link href="/operator/payouts?stuck=1" className={css.link}>
            {count(stuck.data)}
          </Link>
        }
        note={t('stuckPayoutsNote')}
        {...(stuck.data?.items.length ? { tone: 'refusal' as const } : {})}
      />
    </>
  )
}

function AuthorityFigure() {
  const t = useTranslations('operator')
  const format = useFormat()
  const { data } = useAuthority()
  return (
    <Figure
      label={t('today.authority')}
      words
      value={data ? t(`authority.states.${data.state}`) : '…'}
      note={data?.since ? t('authority.since', { date: format.instant(data.since) }) : undefined}
      {...(data ? { tone: AUTHORITY_TONES[data.state] } : {})}
    />
  )
}

/** The tax service's last error in full, while it is not well. */
function AuthorityNotice() {
  const t = useTranslations('operator.authority')
  const format = useFormat()
  const { data } = useAuthority()
  if (!data || data.state === 'ok') return null
  return (
    <Notice tone={AUTHORITY_TONES[data.state] === 'refusal' ? 'refusal' : 'coming'}>
      <strong>{t(`states.${data.state}`)}</strong>
      {data.lastError ? <span>{t('lastError', { error: data.lastError })}</span> : null}
      {data.nextTryAt ? (
        <span>{t('nextTry', { date: format.instant(data.nextTryAt, 'full') })}</span>
      ) : null}
    </Notice>
  )
}

function AuditFigure() {
  const t = useTranslations('operator.today')
  const format = useFormat()
  const { data } = useApi<Page<AuditReport>>('/operator/audits?limit=1')
  const latest = data?.items[0]
  const words = latest ? (latest.coherent ? t('coherent') : t('notCoherent')) : t('auditNone')
  return (
    <Figure
      label={t('audit')}
      words
      value={
        <Link href="/operator/books?view=audits" className={css.link}>
          {data ? words : '…'}
        </Link>
      }
      note={latest ? format.instant(latest.finishedAt, 'full') : undefined}
      {...(latest && !latest.coherent ? { tone: 'refusal' as const } : {})}
    />
  )
}

function LatestReceipts() {
  const t = useTranslations('operator')
  const router = useRouter()
  const receipts = usePages<ReceiptRow>('/operator/receipts', { everyMs: 5_000 })
  const columns = useReceiptColumns()
  return (
    <Card flush aria-labelledby="latest">
      <div className={css.head}>
        <h2 id="latest">{t('today.receipts')}</h2>
        <Link href="/operator/receipts">{t('today.receiptsAll')}</Link>
      </div>
      {receipts.problem && !receipts.rows ? (
        <FailedState problem={receipts.problem} onRetry={receipts.refresh} />
      ) : (
        <DataTable
          name={t('today.receipts')}
          rows={receipts.rows}
          columns={columns}
          rowId={(receipt) => receipt.id}
          onOpen={(receipt) => router.push(`/operator/receipts/receipt?id=${receipt.id}`)}
          empty={<EmptyState title={t('receipts.empty')}>{t('receipts.emptyWhy')}</EmptyState>}
        />
      )}
    </Card>
  )
}
