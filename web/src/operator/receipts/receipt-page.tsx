'use client'
import { useTranslations } from 'use-intl'
import type { OperatorReceipt } from '#schema/operator'
import { FINAL_RECEIPT_STATES } from '#schema/receipt'
import layout from '../../desk/layout.module.css'
import { MarketScope } from '../../desk/market-scope.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { RECEIPT_TONES } from '../tones.ts'
import { TransfersTable } from '../transfers-table.tsx'
import { ExplainCard } from './explain-card.tsx'
import { ReceiptActions } from './receipt-actions.tsx'
import { ReceiptFacts } from './receipt-facts.tsx'
import { ReceiptLines } from './receipt-lines.tsx'
import css from './receipt-page.module.css'
import { ReceiptReturns } from './receipt-returns.tsx'
import { useReasonWords, useStoreWords } from './receipt-words.ts'
import { Timeline } from './timeline.tsx'

const FRESH_MS = 2_000

/** A receipt's whole journey: each step and who said what, the verdicts, the money, what may be done. */
export function ReceiptPage() {
  const t = useTranslations('operator.receipt')
  const id = useQueryId()
  const { data, error, mutate } = useApi<OperatorReceipt>(
    id ? `/operator/receipts/${encodeURIComponent(id)}` : null,
    {
      refreshInterval: (latest) =>
        latest && FINAL_RECEIPT_STATES.includes(latest.receipt.state) ? 0 : FRESH_MS,
    },
  )
  if (!id) return <EmptyState title={t('missing')} />
  if (!data) {
    if (error) return <FailedState problem={error} onRetry={() => mutate()} />
    return <SkeletonList rows={5} height={80} />
  }
  return (
    <MarketScope code={data.receipt.market}>
      <ReceiptHead journey={data} />
      <div className={css.columns}>
        <Card className={layout.stack} aria-labelledby="timeline">
          <div>
            <h2 id="timeline">{t('timeline')}</h2>
            <p className={layout.small}>{t('timelineWhy')}</p>
          </div>
          <Timeline receipt={data.receipt} />
          <ReceiptActions
            journey={data}
            onChanged={(journey) => mutate(journey, { revalidate: false })}
          />
        </Card>
        <ReceiptFacts journey={data} />
      </div>
      <ReceiptLines receipt={data.receipt} />
      <ReceiptReturns returns={data.returns} />
      <ExplainCard key={data.receipt.version} receipt={data.receipt} />
      <Card flush aria-labelledby="transfers">
        <h2 id="transfers" className={css.head}>
          {t('transfers')}
        </h2>
        <TransfersTable
          name={t('transfers')}
          rows={data.transfers}
          empty={<EmptyState title={t('transfersNone')} />}
        />
      </Card>
    </MarketScope>
  )
}

function ReceiptHead({ journey }: { journey: OperatorReceipt }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const reason = useReasonWords()
  const { receipt } = journey
  const store = useStoreWords()(receipt) ?? t('receipt.unnamed')
  return (
    <>
      <PageHead
        title={`${store}, ${format.amount(receipt.totalMinor)}`}
        question={format.wallClock(receipt.purchasedAt, 'full')}
        up={{ href: '/operator/receipts', label: t('receipts.title') }}
        chip={<Chip tone={RECEIPT_TONES[receipt.state]}>{t(`receiptState.${receipt.state}`)}</Chip>}
      />
      {receipt.reason ? (
        <Notice tone={RECEIPT_TONES[receipt.state] === 'refusal' ? 'refusal' : 'coming'}>
          <span>{reason(receipt.reason)}</span>
          {receipt.nextCheckAt ? (
            <small>
              {t('receipts.next')}: {format.instant(receipt.nextCheckAt, 'full')}
            </small>
          ) : null}
        </Notice>
      ) : null}
    </>
  )
}
