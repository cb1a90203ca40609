import { ReceiptText } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { ReceiptSummary } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState, FailedState, SkeletonList } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { ReceiptStateChip } from './receipt-state.tsx'
import css from './receipts.module.css'

/** All receipts of the shopper, newest first. */
export function ReceiptsList({ queueEmpty }: { queueEmpty: boolean }) {
  const t = useTranslations('shop.receipts')
  const more = useTranslations('common')('more')
  const pages = usePages<ReceiptSummary>('/receipts?limit=30')
  if (pages.error && !pages.items) {
    return <FailedState problem={pages.error} onRetry={pages.retry} />
  }
  if (!pages.items) return <SkeletonList rows={5} height={76} />
  if (pages.items.length === 0) {
    if (!queueEmpty) return null
    return (
      <EmptyState
        icon={<ReceiptText aria-hidden="true" />}
        title={t('none')}
        action={
          <ButtonLink look="primary" href="/scan">
            {t('scan')}
          </ButtonLink>
        }
      >
        {t('noneWhy')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={css.list}>
        {pages.items.map((receipt) => (
          <Item key={receipt.id} receipt={receipt} />
        ))}
      </ul>
      {pages.more ? (
        <Button wide busy={pages.busy} onClick={pages.more}>
          {more}
        </Button>
      ) : null}
    </>
  )
}

function Item({ receipt }: { receipt: ReceiptSummary }) {
  const t = useTranslations('shop.receipts')
  const format = useFormat()
  return (
    <li className={css.item}>
      <Link href={`/receipt?id=${receipt.id}`}>{receipt.storeName ?? t('unknownStore')}</Link>
      <span className={css.end}>
        {receipt.rewardMinor > receipt.returnedMinor ? (
          <Amount
            minor={receipt.rewardMinor - receipt.returnedMinor}
            size="strong"
            tone="mine"
            signed
          />
        ) : null}
      </span>
      <span className={css.meta}>
        {format.wallClock(receipt.purchasedAt)} · {format.amount(receipt.totalMinor)}
      </span>
      <span className={css.end}>
        <ReceiptStateChip state={receipt.state} />
      </span>
    </li>
  )
}
