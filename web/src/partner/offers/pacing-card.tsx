'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import layout from '../../desk/layout.module.css'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { evenPaceMinor } from '../runway.ts'
import css from './pacing-card.module.css'
import { useOfferDays } from './use-offer-days.ts'

const PERIODS = [7, 28, 90] as const

/** Spending by day against the even pace of the budget, with the same numbers as a table. */
export function PacingCard({ offer }: { offer: Offer }) {
  const t = useTranslations('partner.offers')
  const [period, setPeriod] = useState<number>(28)
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
      <PacingChart offer={offer} period={period} />
    </Card>
  )
}

function PacingChart({ offer, period }: { offer: Offer; period: number }) {
  const t = useTranslations('partner.offers')
  const format = useDeskFormat()
  const days = useOfferDays(offer, period)
  if (!days) return <Skeleton height={240} />
  const { startsAt, endsAt } = offer.draft.rule
  const plan = evenPaceMinor(offer.money.budgetMinor, startsAt, endsAt)
  const still = days.every((day) => day.rewardMinor + day.feeMinor + day.reservedMinor === 0)
  return (
    <>
      {still ? <p className={layout.muted}>{t('chartEmpty')}</p> : null}
      <Chart
        name={t('chart')}
        rows={days.map((day) => ({
          label: format.date(day.day, 'short'),
          values: { spent: day.rewardMinor + day.feeMinor, reserved: day.reservedMinor },
        }))}
        series={[
          { id: 'spent', label: t('chartSpent'), colour: 'var(--brand)' },
          {
            id: 'reserved',
            label: t('chartReserved'),
            colour: 'color-mix(in srgb, var(--brand) 28%, var(--surface))',
          },
        ]}
        level={{ value: plan, label: t('chartPlan', { amount: format.figure(plan) }) }}
        words={format.amount}
        axisWords={format.figure}
      />
    </>
  )
}
