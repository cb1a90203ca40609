'use client'
import { ReceiptText } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { RECEIPT_STATES, type ReceiptState, type ReceiptSummary } from '#schema/receipt'
import { query } from '../../api.ts'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState, Notice } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { StateSelect } from '../state-select.tsx'
import { RECEIPT_TONES } from '../tones.ts'
import { useMarketAmount, useMarketUnits } from '../use-market-amount.ts'
import { useMarketColumn } from '../use-market-column.ts'
import { useReasonWords, useStoreWords } from './receipt-words.ts'

export type ReceiptRow = ReceiptSummary & { walletId: string; cell?: string }

const FRESH_MS = 5_000

/** Receipts of all cells, newest first; the state is asked of the server, the rest is in the table. */
export function ReceiptsPage() {
  const t = useTranslations('operator')
  const router = useRouter()
  const [state, setState] = useState<ReceiptState | ''>('')
  const wallet = useQueryId('wallet') ?? ''
  const path = `/operator/receipts${query({ state, wallet })}`
  const receipts = usePages<ReceiptRow>(path, { everyMs: FRESH_MS })
  const columns = useReceiptColumns()
  return (
    <>
      <PageHead title={t('receipts.title')} question={t('receipts.question')}>
        <StateSelect
          label={t('receipts.state')}
          all={t('receipts.all')}
          states={RECEIPT_STATES}
          words={(one) => t(`receiptState.${one}`)}
          value={state}
          onChange={setState}
        />
      </PageHead>
      {wallet ? (
        <Notice tone="coming">
          <span>{t('receipts.ofWallet', { wallet })}</span>
          <Link href="/operator/receipts">{t('receipts.ofAll')}</Link>
        </Notice>
      ) : null}
      <Card flush>
        {receipts.problem && !receipts.rows ? (
          <FailedState problem={receipts.problem} onRetry={receipts.refresh} />
        ) : (
          <DataTable
            name={t('receipts.title')}
            rows={receipts.rows}
            columns={columns}
            rowId={(receipt) => receipt.id}
            onOpen={(receipt) => router.push(`/operator/receipts/receipt?id=${receipt.id}`)}
            onMore={receipts.more}
            pageSize={50}
            empty={
              <EmptyState icon={<ReceiptText aria-hidden="true" />} title={t('receipts.empty')}>
                {t('receipts.emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  )
}

/** The columns of every list of receipts at this desk. */
export function useReceiptColumns(): DataColumn<ReceiptRow>[] {
  const t = useTranslations('operator')
  const format = useFormat()
  const amountIn = useMarketAmount()
  const unitsIn = useMarketUnits()
  const reason = useReasonWords()
  const store = useStoreWords()
  const market = useMarketColumn<ReceiptRow>((row) => row.market)
  return [
    {
      id: 'submitted',
      header: t('receipts.submitted'),
      value: (receipt) => receipt.submittedAt,
      cell: (receipt) => (
        <span title={format.instant(receipt.submittedAt, 'full')}>
          {format.instant(receipt.submittedAt)}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('receipts.state'),
      value: (receipt) => t(`receiptState.${receipt.state}`),
      cell: ({ state }) => <Chip tone={RECEIPT_TONES[state]}>{t(`receiptState.${state}`)}</Chip>,
    },
    market,
    {
      id: 'store',
      header: t('receipts.store'),
      value: store,
    },
    {
      id: 'total',
      header: t('receipts.total'),
      align: 'end',
      value: (receipt) => unitsIn(receipt.market, receipt.totalMinor),
      cell: (receipt) => amountIn(receipt.market, receipt.totalMinor),
    },
    {
      id: 'reward',
      header: t('receipts.reward'),
      align: 'end',
      value: (receipt) => unitsIn(receipt.market, receipt.rewardMinor),
      cell: ({ market, rewardMinor }) => (rewardMinor > 0 ? amountIn(market, rewardMinor) : '—'),
    },
    {
      id: 'reason',
      header: t('receipts.reason'),
      value: (receipt) => (receipt.reason ? reason(receipt.reason) : null),
    },
    {
      id: 'next',
      header: t('receipts.next'),
      value: (receipt) => receipt.nextCheckAt,
      cell: ({ nextCheckAt }) => (nextCheckAt ? format.instant(nextCheckAt) : '—'),
    },
    {
      id: 'purchased',
      header: t('receipts.purchased'),
      hidden: true,
      value: (receipt) => receipt.purchasedAt,
      cell: (receipt) => format.wallClock(receipt.purchasedAt),
    },
    { id: 'wallet', header: t('receipts.wallet'), hidden: true, value: (one) => one.walletId },
    { id: 'id', header: 'ID', hidden: true, value: (receipt) => receipt.id },
  ]
}
