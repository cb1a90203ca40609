'use client'
import { RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OperatorPayout, TransferRow } from '#schema/operator'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { MarketScope } from '../../desk/market-scope.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { hitHref } from '../hit-href.ts'
import { useOperator } from '../operator-context.tsx'
import css from '../receipts/receipt-page.module.css'
import { PAYOUT_TONES } from '../tones.ts'
import { TransfersTable } from '../transfers-table.tsx'
import { marketOfObject } from '../use-market-amount.ts'

const FRESH_MS = 3_000

/** One payout: what the provider was asked and answered, and its transfers. */
export function PayoutPage() {
  const id = useQueryId()
  const url = id ? `/operator/payouts/${encodeURIComponent(id)}` : null
  const { data, error, mutate } = useApi<OperatorPayout>(url, { refreshInterval: FRESH_MS })
  if (!data) {
    if (error || !url) {
      return error ? <FailedState problem={error} onRetry={() => mutate()} /> : <Missing />
    }
    return <SkeletonList rows={4} height={80} />
  }
  return (
    <MarketScope code={marketOfObject(data.cell)}>
      <PayoutView payout={data} onChanged={(payout) => mutate(payout, { revalidate: false })} />
    </MarketScope>
  )
}

interface ViewProps {
  payout: OperatorPayout
  onChanged: (payout: OperatorPayout) => void
}

function PayoutView({ payout: data, onChanged }: ViewProps) {
  const t = useTranslations('operator')
  const format = useFormat()
  return (
    <>
      <PageHead
        title={`${format.amount(data.amountMinor)} → ${data.destination.masked}`}
        up={{ href: '/operator/payouts', label: t('payouts.title') }}
        chip={<Chip tone={PAYOUT_TONES[data.state]}>{t(`payoutState.${data.state}`)}</Chip>}
      >
        <AskAgain payout={data} onChanged={onChanged} />
      </PageHead>
      {data.lastError ? <Notice tone="coming">{data.lastError}</Notice> : null}
      <Card>
        <PayoutFacts payout={data} />
      </Card>
      <PayoutTransfers id={data.id} />
    </>
  )
}

function Missing() {
  const t = useTranslations('operator.payouts')
  return <EmptyState title={t('empty')}>{t('emptyWhy')}</EmptyState>
}

function PayoutTransfers({ id }: { id: string }) {
  const t = useTranslations('operator')
  const { may } = useOperator()
  const path = may('books') ? `/operator/books/transfers?reference=${encodeURIComponent(id)}` : null
  const transfers = usePages<TransferRow>(path, { everyMs: FRESH_MS })
  if (path === null) return null
  return (
    <Card flush aria-labelledby="transfers">
      <h2 id="transfers" className={css.head}>
        {t('payouts.transfers')}
      </h2>
      <TransfersTable
        name={t('payouts.transfers')}
        rows={transfers.rows}
        onMore={transfers.more}
        empty={<EmptyState title={t('receipt.transfersNone')} />}
      />
    </Card>
  )
}

function PayoutFacts({ payout }: { payout: OperatorPayout }) {
  const t = useTranslations('operator.payouts')
  const format = useFormat()
  return (
    <dl className={layout.facts}>
      <dt>{t('destination')}</dt>
      <dd>{[payout.destination.masked, payout.destination.bankName].filter(Boolean).join(', ')}</dd>
      <dt>{t('requested')}</dt>
      <dd>{format.instant(payout.requestedAt, 'full')}</dd>
      <dt>{t('updated')}</dt>
      <dd>{format.instant(payout.updatedAt, 'full')}</dd>
      <dt>{t('attempts')}</dt>
      <dd>{payout.attempts}</dd>
      <dt>{t('reason')}</dt>
      <dd>{payout.reason ?? '—'}</dd>
      <dt>{t('provider')}</dt>
      <dd className={layout.code}>{payout.providerId ?? '—'}</dd>
      <dt>{t('wallet')}</dt>
      <dd className={layout.code}>
        <Link href={hitHref({ kind: 'shopper', id: payout.walletId })}>{payout.walletId}</Link>
      </dd>
      <dt>{t('cell')}</dt>
      <dd className={layout.code}>{payout.cell}</dd>
      <dt>ID</dt>
      <dd className={layout.code}>{payout.id}</dd>
    </dl>
  )
}

function AskAgain({ payout, onChanged }: ViewProps) {
  const t = useTranslations('operator.payouts')
  const { may } = useOperator()
  const [asking, setAsking] = useState(false)
  // One that came back may have been paid after all, one that arrived at an account sent back.
  const isOver = payout.state === 'arrived' && payout.destination.code !== 'iban'
  if (isOver || !may('payouts')) return null
  return (
    <>
      <Button
        look="primary"
        icon={<RotateCw size={18} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('askAgain')}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={t('askAgainTitle')}
          confirm={t('askAgain')}
          withReason
          done={t('asked')}
          onConfirm={async (reason) => {
            const path = `/operator/payouts/${payout.id}/ask-again`
            onChanged(await api.post<OperatorPayout>(path, { reason }))
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('askAgainWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
