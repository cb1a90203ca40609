import { Send } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Payout } from '#schema/payout'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { PagedList } from '../paged-list.tsx'
import css from './money.module.css'
import { PayoutStateChip } from './payout-state.tsx'

/** All withdrawals, newest first. */
export function PayoutsList() {
  const t = useTranslations('shop.wallet')
  const format = useFormat()
  const pages = usePages<Payout>('/payouts', { limit: 30 })
  return (
    <PagedList
      pages={pages}
      skeleton={{ rows: 4, height: 48 }}
      empty={
        <EmptyState icon={<Send aria-hidden="true" />} title={t('none')}>
          {t('noneWhy')}
        </EmptyState>
      }
    >
      {(payouts) => (
        <ul className={css.rows}>
          {payouts.map((payout) => (
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
      )}
    </PagedList>
  )
}
