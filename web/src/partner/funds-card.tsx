'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useDeskFormat } from '../desk/use-desk-format.ts'
import { Skeleton } from '../ui/states.tsx'
import css from './funds-card.module.css'
import { type Overview, useOverview } from './overview-data.ts'
import { useLasts } from './use-lasts.ts'

function useRunway(): (overview: Overview) => string {
  const t = useTranslations('partner.funds')
  const lasts = useLasts()
  return ({ funds, daysLeft }) => (funds.fundsMinor === 0 ? t('empty') : lasts(daysLeft))
}

/** Money left and how long it lasts: always in sight at the foot of the rail. */
export function FundsCard() {
  const t = useTranslations('partner.funds')
  const format = useDeskFormat()
  const runway = useRunway()
  const { data } = useOverview()
  return (
    <Link href="/partner/money" className={css.card}>
      <span className={css.label}>{t('free')}</span>
      {data ? (
        <>
          <span className={css.amount}>{format.figure(data.funds.fundsMinor)}</span>
          <span className={css.label}>{runway(data)}</span>
        </>
      ) : (
        <Skeleton height={44} />
      )}
    </Link>
  )
}

/** The same in the bar of a phone. */
export function FundsGlance() {
  const t = useTranslations('partner.funds')
  const format = useDeskFormat()
  const runway = useRunway()
  const { data } = useOverview()
  if (!data) return <Skeleton width={96} height={30} />
  return (
    <Link href="/partner/money" className={css.glance}>
      <span className="visually-hidden">{t('free')}: </span>
      <span className={css.glanceAmount}>{format.figure(data.funds.fundsMinor)}</span>
      <span className={css.glanceLasts}>{runway(data)}</span>
    </Link>
  )
}
