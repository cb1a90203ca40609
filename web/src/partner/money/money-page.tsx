'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import type { FundsEntry, PartnerFunds } from '#schema/partner'
import { Figure, Figures } from '../../desk/figure.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { useOverview } from '../overview-data.ts'
import { usePartner } from '../partner-context.tsx'
import { useLasts } from '../use-lasts.ts'
import { InvoicesCard } from './invoices-card.tsx'
import css from './money-page.module.css'

/** How much there is, how long it lasts, where it went, and how to add more. */
export function MoneyPage() {
  const t = useTranslations('partner.money')
  const { path, may } = usePartner()
  const funds = useApi<PartnerFunds>(path('/funds'), { refreshInterval: 15_000 })
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      {funds.data ? <FundsFigures funds={funds.data} /> : null}
      {!funds.data && funds.error ? (
        <FailedState problem={funds.error} onRetry={() => funds.mutate()} />
      ) : null}
      {!funds.data && !funds.error ? <SkeletonList rows={1} height={112} /> : null}
      {may('invoices') ? <InvoicesCard /> : null}
      {may('invoices') ? <EntriesCard /> : <Notice>{t('forTreasurers')}</Notice>}
    </>
  )
}

function FundsFigures({ funds }: { funds: PartnerFunds }) {
  const t = useTranslations('partner.money')
  const lasts = useLasts()
  const format = useDeskFormat()
  const { data } = useOverview()
  return (
    <Figures>
      <Figure
        label={t('free')}
        value={format.figure(funds.fundsMinor)}
        note={lasts(data?.daysLeft ?? null)}
      />
      <Figure
        label={t('committed')}
        value={format.figure(funds.committedMinor)}
        note={t('committedNote')}
      />
      <Figure label={t('spent')} value={format.figure(funds.spentMinor)} />
    </Figures>
  )
}

function EntriesCard() {
  const t = useTranslations('partner.money')
  const { path } = usePartner()
  const entries = usePages<FundsEntry>(path('/funds/entries'))
  const columns = useEntryColumns()
  return (
    <Card flush aria-labelledby="entries">
      <h2 id="entries" className={css.head}>
        {t('entries')}
      </h2>
      {entries.problem && !entries.rows ? (
        <FailedState problem={entries.problem} onRetry={entries.refresh} />
      ) : (
        <DataTable
          name={t('entries')}
          rows={entries.rows}
          columns={columns}
          rowId={(entry) => entry.id}
          onMore={entries.more}
          empty={<EmptyState title={t('entriesEmpty')}>{t('entriesEmptyWhy')}</EmptyState>}
        />
      )}
    </Card>
  )
}

/** Titles of the partner's offers by id, so that a movement of money says what it was for. */
function useOfferTitles(): ReadonlyMap<string, string> {
  const { path } = usePartner()
  const { locale } = useDeskFormat()
  const offers = usePages<Offer>(path('/offers'))
  return new Map((offers.rows ?? []).map((offer) => [offer.id, offer.draft.title[locale]]))
}

function useEntryColumns(): DataColumn<FundsEntry>[] {
  const t = useTranslations('partner')
  const format = useDeskFormat()
  const titles = useOfferTitles()
  const what = (code: string | number) => {
    const key = `entryCodes.${code}` as 'entryCodes.deposit'
    return t.has(key) ? t(key) : String(code)
  }
  return [
    {
      id: 'at',
      header: t('money.at'),
      value: (entry) => entry.at,
      cell: (entry) => format.instant(entry.at, 'full'),
    },
    {
      id: 'what',
      header: t('money.what'),
      choice: true,
      value: (entry) => entry.code,
      words: what,
    },
    {
      id: 'sum',
      header: t('money.sum'),
      align: 'end',
      value: (entry) => format.units(entry.amountMinor),
      cell: (entry) => (
        <Amount
          minor={entry.amountMinor}
          signed
          {...(entry.amountMinor > 0 ? { tone: 'mine' as const } : {})}
        />
      ),
    },
    {
      id: 'reference',
      header: t('money.subject'),
      value: (entry) => titles.get(entry.reference) ?? (entry.reference || null),
      cell: (entry) =>
        entry.reference.startsWith('off_') ? (
          <Link href={`/partner/offers/offer?id=${entry.reference}`}>
            {titles.get(entry.reference) ?? entry.reference}
          </Link>
        ) : (
          entry.reference || '—'
        ),
    },
  ]
}
