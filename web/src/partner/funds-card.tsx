'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useDeskFormat } from '../desk/use-desk-format.ts'
import { Skeleton } from '../ui/states.tsx'
import css from './funds-card.module.css'
import { type Overview, useOverview } from './overview-data.ts'

function useLasts(): (overview: Overview) => string {
  const t = useTranslations('partner.funds')
  return ({ funds, daysLeft }) => {
    if (funds.fundsMinor === 0) return t('empty')
    return daysLeft === null ? t('noSpend') : t('lasts', { days: daysLeft })
  }
}

/** Money left and how long it lasts: always in sight at the foot of the rail. */
export function FundsCard() {
  const t = useTranslations('partner.funds')
  const format = useDeskFormat()
  const lasts = useLasts()
  const { data } = useOverview()
  return (
    <Link href="/partner/money" className={css.card}>
      <span className={css.label}>{t('free')}</span>
      {data ? (
        <>
          <span className={css.amount}>{format.figure(data.funds.fundsMinor)}</span>
          <span className={css.label}>{lasts(data)}</span>
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
  const lasts = useLasts()
  const { data } = useOverview()
  if (!data) return <Skeleton width={96} height={30} />
  return (
    <Link href="/partner/money" className={css.glance}>
      <span className="visually-hidden">{t('free')}: </span>
      <span className={css.glanceAmount}>{format.figure(data.funds.fundsMinor)}</span>
      <span className={css.glanceLasts}>{lasts(data)}</span>
    </Link>
  )
}
