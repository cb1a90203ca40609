'use client'
import { ArrowRightLeft } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BankQueue } from '#schema/bank-file'
import type { OperatorPayout } from '#schema/operator'
import { isUnderWay, PAYOUT_STATES, type PayoutState } from '#schema/payout'
import { query } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState, Notice } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { StateSelect } from '../state-select.tsx'
import { PAYOUT_TONES } from '../tones.ts'
import { marketOfObject, useMarketAmount, useMarketUnits } from '../use-market-amount.ts'
import { useMarketColumn } from '../use-market-column.ts'
import { BankFilesView } from './bank-files-view.tsx'

const FRESH_MS = 5_000
const QUEUES_FRESH_MS = 15_000

const VIEWS = ['payouts', 'bank'] as const
type View = (typeof VIEWS)[number]

const isMoving = ({ state }: OperatorPayout) => isUnderWay(state)

/** Payouts of all cells, and the files by which the operator's bank carries some of them. */
export function PayoutsPage() {
  const t = useTranslations('operator')
  const router = useRouter()
  const asked = useQueryId('view')
  const queues = useApi<{ items: BankQueue[] }>('/operator/bank-queues', {
    refreshInterval: QUEUES_FRESH_MS,
  })
  const markets = queues.data?.items ?? []
  const view = VIEWS.find((one) => one === asked) ?? 'payouts'
  return (
    <>
      <PageHead title={t('payouts.title')} question={t('payouts.question')} />
      {markets.length === 0 ? (
        <PayoutsView />
      ) : (
        <Tabs<View>
          label={t('payouts.title')}
          tabs={VIEWS.map((id) => ({ id, label: t(`bank.tabs.${id}`) }))}
          chosen={view}
          onChoose={(next) => router.replace(`/operator/payouts?view=${next}`)}
        >
          {view === 'bank' ? (
            <BankFilesView queues={markets} onChanged={queues.mutate} />
          ) : (
            <PayoutsView />
          )}
        </Tabs>
      )}
    </>
  )
}

/** What is on its way, and what the provider says. */
function PayoutsView() {
  const t = useTranslations('operator')
  const router = useRouter()
  const [state, setState] = useState<PayoutState | ''>('')
  const stuck = useQueryId('stuck') === '1' ? '1' : ''
  const path = `/operator/payouts${query({ state, stuck })}`
  const payouts = usePages<OperatorPayout>(path, {
    everyMs: FRESH_MS,
    whileAny: isMoving,
  })
  const columns = useColumns()
  return (
    <div className={layout.stack}>
      <div>
        <StateSelect
          label={t('payouts.state')}
          all={t('payouts.all')}
          states={PAYOUT_STATES}
          words={(one) => t(`payoutState.${one}`)}
          value={state}
          onChange={setState}
        />
      </div>
      {stuck ? (
        <Notice tone="coming">
          <span>{t('payouts.stuckOnly')}</span>
          <Link href="/operator/payouts">{t('payouts.showAll')}</Link>
        </Notice>
      ) : null}
      <Card flush>
        {payouts.problem && !payouts.rows ? (
          <FailedState problem={payouts.problem} onRetry={payouts.refresh} />
        ) : (
          <DataTable
            name={t('payouts.title')}
            rows={payouts.rows}
            columns={columns}
            rowId={(payout) => payout.id}
            onOpen={(payout) => router.push(`/operator/payouts/payout?id=${payout.id}`)}
            onMore={payouts.more}
            pageSize={50}
            empty={
              <EmptyState icon={<ArrowRightLeft aria-hidden="true" />} title={t('payouts.empty')}>
                {t('payouts.emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </div>
  )
}

function useColumns(): DataColumn<OperatorPayout>[] {
  const t = useTranslations('operator')
  const format = useFormat()
  const amountIn = useMarketAmount()
  const unitsIn = useMarketUnits()
  const market = useMarketColumn<OperatorPayout>(({ cell }) => marketOfObject(cell))
  return [
    {
      id: 'requested',
      header: t('payouts.requested'),
      value: (payout) => payout.requestedAt,
      cell: (payout) => format.instant(payout.requestedAt),
    },
    {
      id: 'state',
      header: t('payouts.state'),
      value: (payout) => t(`payoutState.${payout.state}`),
      cell: ({ state }) => <Chip tone={PAYOUT_TONES[state]}>{t(`payoutState.${state}`)}</Chip>,
    },
    market,
    {
      id: 'amount',
      header: t('payouts.amount'),
      align: 'end',
      value: (payout) => unitsIn(marketOfObject(payout.cell), payout.amountMinor),
      cell: ({ cell, amountMinor }) => amountIn(marketOfObject(cell), amountMinor),
    },
    { id: 'destination', header: t('payouts.destination'), value: placeOf, cell: placeCell },
    {
      id: 'attempts',
      header: t('payouts.attempts'),
      align: 'end',
      hidden: true,
      value: (payout) => payout.attempts,
    },
    { id: 'lastError', header: t('payouts.lastError'), value: (payout) => payout.lastError },
    {
      id: 'updated',
      header: t('payouts.updated'),
      value: (payout) => payout.updatedAt,
      cell: (payout) => format.instant(payout.updatedAt),
    },
    { id: 'wallet', header: t('payouts.wallet'), hidden: true, value: (one) => one.walletId },
    { id: 'provider', header: t('payouts.provider'), hidden: true, value: (one) => one.providerId },
    { id: 'id', header: 'ID', hidden: true, value: (payout) => payout.id },
  ]
}

const placeOf = ({ destination }: OperatorPayout) =>
  [destination.masked, destination.bankName].filter(Boolean).join(', ')

const placeCell = ({ destination }: OperatorPayout) => (
  <>
    <span className={layout.cell}>{destination.masked}</span>{' '}
    <span className={layout.small}>{destination.bankName}</span>
  </>
)
