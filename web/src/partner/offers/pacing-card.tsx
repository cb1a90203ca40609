'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Offer, OfferDay } from '#schema/offer'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { evenPaceMinor } from '../runway.ts'
import css from './pacing-card.module.css'
import { useOfferDays } from './use-offer-days.ts'

const PERIODS = [7, 28, 90] as const

const Plot = dynamic(() => import('./pacing-plot.tsx').then((made) => made.PacingPlot), {
  ssr: false,
  loading: () => <Skeleton height={240} />,
})

/** Spending by day against the even pace of the budget, with the same numbers as a table. */
export function PacingCard({ offer }: { offer: Offer }) {
  const t = useTranslations('partner.offers')
  const format = useFormat()
  const [period, setPeriod] = useState<number>(28)
  const days = useOfferDays(offer, period)
  const { startsAt, endsAt } = offer.draft.rule
  const planMinor = evenPaceMinor(offer.money.budgetMinor, startsAt, endsAt)
  const still = days?.every((day) => day.rewardMinor + day.feeMinor + day.reservedMinor === 0)
  return (
    <Card className={layout.stack} aria-labelledby="pacing">
      <div className={layout.spread}>
        <h2 id="pacing">{t('chart')}</h2>
        <select
          className={css.period}
          aria-label={t('chartDays')}
          value={period}
          onChange={(event) => setPeriod(Number(event.target.value))}
        >
          {PERIODS.map((count) => (
            <option key={count} value={count}>
              {t('days', { days: count })}
            </option>
          ))}
        </select>
      </div>
      {still ? <p className={layout.muted}>{t('chartEmpty')}</p> : null}
      <figure className={layout.tight} aria-label={t('chart')}>
        <div className={css.plot} aria-hidden="true">
          {days ? <Plot days={days} planMinor={planMinor} /> : <Skeleton height={240} />}
        </div>
        <figcaption className={css.legend}>
          <span className={css.spent}>{t('chartSpent')}</span>
          <span className={css.reserved}>{t('chartReserved')}</span>
          <span className={css.plan}>{t('chartPlan', { amount: format.amount(planMinor) })}</span>
        </figcaption>
        {days ? <DaysTable days={days} /> : null}
      </figure>
    </Card>
  )
}

function DaysTable({ days }: { days: readonly OfferDay[] }) {
  const t = useTranslations('partner.offers')
  const asTable = useTranslations('common.chart')('asTable')
  const format = useFormat()
  return (
    <details className={css.data}>
      <summary>{asTable}</summary>
      <div className={css.scroll}>
        <table>
          <caption className="visually-hidden">{t('chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('chartDay')}</th>
              <th scope="col">{t('chartSpent')}</th>
              <th scope="col">{t('chartReserved')}</th>
              <th scope="col">{t('redemptions')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{format.date(day.day)}</th>
                <td>{format.amount(day.rewardMinor + day.feeMinor)}</td>
                <td>{format.amount(day.reservedMinor)}</td>
                <td>{format.number(day.redemptions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
