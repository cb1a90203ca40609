import { ReceiptText } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { ReceiptSummary } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { PagedList } from '../paged-list.tsx'
import { ReceiptStateChip } from './receipt-state.tsx'
import css from './receipts.module.css'

/** All receipts of the shopper, newest first. */
export function ReceiptsList({ queueEmpty }: { queueEmpty: boolean }) {
  const t = useTranslations('shop.receipts')
  const pages = usePages<ReceiptSummary>('/receipts', { limit: 30 })
  const none = (
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
  return (
    <PagedList pages={pages} skeleton={{ rows: 5, height: 76 }} empty={queueEmpty ? none : null}>
      {(receipts) => (
        <ul className={css.list}>
          {receipts.map((receipt) => (
            <Item key={receipt.id} receipt={receipt} />
          ))}
        </ul>
      )}
    </PagedList>
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
