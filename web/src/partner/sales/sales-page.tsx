'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { SalesFeed, SalesOverview } from '#schema/sale'
import { Figure, Figures } from '../../desk/figure.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { downloadCsv } from '../../ui/csv.ts'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { FailedState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import { KeysCard } from './keys-card.tsx'
import css from './sales.module.css'
import { SalesApi } from './sales-api.tsx'
import { SalesUpload } from './sales-upload.tsx'
import { useRefusalWords } from './use-refusal-words.ts'

/** The sales of the partner's tills: how they come, and what they have vouched for. */
export function SalesPage() {
  const t = useTranslations('partner.sales')
  const { path, may } = usePartner()
  const overview = useApi<SalesOverview>(path('/sales'))
  const { data, error } = overview
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      {may('catalogue') ? <SalesUpload onFed={() => overview.mutate()} /> : null}
      {error && !data ? (
        <Card>
          <FailedState problem={error} onRetry={() => overview.mutate()} />
        </Card>
      ) : (
        <>
          <Matched overview={data} />
          <Feeds feeds={data?.feeds} />
          <LatestSales overview={data} />
        </>
      )}
      {may('catalogue') ? <KeysCard /> : null}
      <SalesApi />
    </>
  )
}

function Matched({ overview }: { overview: SalesOverview | undefined }) {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  const { kept = 0, matched = 0, returns = 0 } = overview ?? {}
  const share = kept === 0 ? 0 : Math.round((matched / kept) * 1000) / 10
  return (
    <Card>
      <Figures>
        <Figure label={t('kept')} value={format.number(kept)} note={t('keptNote')} />
        <Figure
          label={t('matched')}
          value={format.number(matched)}
          note={t('matchedNote', { share: format.number(share) })}
          tone="mine"
        />
        {overview && returns > 0 ? <Returned overview={overview} /> : null}
      </Figures>
    </Card>
  )
}

/** Whether a shopper had been rewarded for what came back is not told: it is not the partner's. */
function Returned({ overview }: { overview: SalesOverview }) {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  const { returns, returnsTied, returnsUnnamed } = overview
  const open = returns - returnsTied
  return (
    <>
      <Figure label={t('returns')} value={format.number(returns)} note={t('returnsNote')} />
      <Figure
        label={t('returnsTied')}
        value={format.number(returnsTied)}
        note={t('returnsTiedNote')}
      />
      {open > 0 ? (
        <Figure
          label={t('returnsOpen')}
          value={format.number(open)}
          note={t('returnsOpenNote', { unnamed: format.number(returnsUnnamed) })}
          tone="coming"
        />
      ) : null}
    </>
  )
}

function Feeds({ feeds }: { feeds: readonly SalesFeed[] | undefined }) {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  const words = useRefusalWords()
  const count = (id: 'accepted' | 'corrected' | 'repeated' | 'refused') =>
    ({ id, header: t(id), align: 'end', value: (feed) => feed[id] }) satisfies DataColumn<SalesFeed>
  const columns: DataColumn<SalesFeed>[] = [
    {
      id: 'at',
      header: t('feedAt'),
      value: (feed) => feed.endedAt,
      cell: (feed) => format.instant(feed.endedAt, 'moment'),
    },
    {
      id: 'name',
      header: t('feedName'),
      value: (feed) => feed.name,
      cell: (feed) => (feed.source === 'key' ? t('byKey', { name: feed.name }) : feed.name),
    },
    count('accepted'),
    count('corrected'),
    count('repeated'),
    {
      ...count('refused'),
      cell: (feed) =>
        feed.refused === 0 ? (
          '0'
        ) : (
          <Button
            small
            icon={<Download size={16} aria-hidden="true" />}
            aria-label={t('refusedDownload', { count: String(feed.refused) })}
            onClick={() =>
              downloadCsv('kopilka-sales-refused', [
                [t('till'), t('number'), t('why')],
                ...feed.refusals.map((one) => [one.till, one.number, words(one)]),
              ])
            }
          >
            {format.number(feed.refused)}
          </Button>
        ),
    },
  ]
  return (
    <Card flush aria-labelledby="sales-feeds">
      <h2 id="sales-feeds" className={css.head}>
        {t('feeds')}
      </h2>
      <DataTable
        name={t('feeds')}
        rows={feeds}
        columns={columns}
        rowId={(feed) => feed.id}
        empty={<p className={css.empty}>{t('feedsEmpty')}</p>}
      />
    </Card>
  )
}

type StoreSales = SalesOverview['stores'][number]

function LatestSales({ overview }: { overview: SalesOverview | undefined }) {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  const columns: DataColumn<StoreSales>[] = [
    { id: 'name', header: t('store'), value: (store) => store.name },
    { id: 'kept', header: t('kept'), align: 'end', value: (store) => store.kept },
    {
      id: 'last',
      header: t('lastSale'),
      value: (store) => store.lastSaleAt ?? '',
      cell: (store) => (store.lastSaleAt ? format.wallClock(store.lastSaleAt) : t('noSales')),
    },
  ]
  return (
    <Card flush aria-labelledby="sales-stores">
      <h2 id="sales-stores" className={css.head}>
        {t('stores')}
      </h2>
      <DataTable
        name={t('stores')}
        rows={overview?.stores}
        columns={columns}
        rowId={(store) => store.storeId}
        empty={<p className={css.empty}>{t('storesEmpty')}</p>}
      />
    </Card>
  )
}
