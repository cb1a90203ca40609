import { Send } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Payout } from '#schema/payout'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState, FailedState, SkeletonList } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import css from './money.module.css'
import { PayoutStateChip } from './payout-state.tsx'

/** All withdrawals, newest first. */
export function PayoutsList() {
  const t = useTranslations('shop.wallet')
  const more = useTranslations('common')('more')
  const format = useFormat()
  const pages = usePages<Payout>('/payouts?limit=30')
  if (pages.error && !pages.items) {
    return <FailedState problem={pages.error} onRetry={pages.retry} />
  }
  if (!pages.items) return <SkeletonList rows={4} height={48} />
  if (pages.items.length === 0) {
    return (
      <EmptyState icon={<Send aria-hidden="true" />} title={t('none')}>
        {t('noneWhy')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={css.rows}>
        {pages.items.map((payout) => (
          <li key={payout.id}>
            <Link className={css.row} href={`/payout?id=${payout.id}`}>
              <span className={css.title}>{payout.destination.masked}</span>
              <Amount minor={payout.amountMinor} size="strong" />
              <span className={css.muted}>{format.instant(payout.requestedAt)}</span>
              <PayoutStateChip state={payout.state} />
            </Link>
          </li>
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
