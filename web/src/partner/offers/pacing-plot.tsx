'use client'
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useTranslations } from 'use-intl'
import type { OfferDay } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'

/**
 * A plan further above the tallest bar than this would flatten the bars: its figure is in the
 * legend.
 */
const PLAN_REACH = 2.5

/** The drawing itself; only ever loaded by `pacing-card.tsx`. */
export function PacingPlot({ days, planMinor }: { days: readonly OfferDay[]; planMinor: number }) {
  const t = useTranslations('partner.offers')
  const format = useFormat()
  const names: Record<string, string> = { spent: t('chartSpent'), reserved: t('chartReserved') }
  const data = days.map((day) => ({
    label: format.date(day.day, 'short'),
    spent: day.rewardMinor + day.feeMinor,
    reserved: day.reservedMinor,
  }))
  const tallest = Math.max(0, ...data.map((day) => day.spent + day.reserved))
  const bar = { stackId: 'day', radius: 3, isAnimationActive: false }
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={data} barCategoryGap="24%" margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--muted)' }}
          minTickGap={24}
        />
        <YAxis
          width={64}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--muted)' }}
          tickFormatter={(value: number) => `${format.number(value / 100, 0)} ₽`}
        />
        <Tooltip
          cursor={{ fill: 'var(--sunken)' }}
          contentStyle={{
            border: '1px solid var(--line)',
            borderRadius: 10,
            background: 'var(--surface)',
            color: 'var(--ink)',
          }}
          formatter={(value, id) => [format.amount(Number(value)), names[String(id)] ?? '']}
        />
        <Bar {...bar} dataKey="spent" fill="var(--brand)" />
        <Bar
          {...bar}
          dataKey="reserved"
          fill="color-mix(in srgb, var(--brand) 28%, var(--surface))"
        />
        <ReferenceLine
          y={planMinor}
          stroke="var(--coming)"
          strokeDasharray="6 4"
          strokeWidth={1.5}
          ifOverflow={planMinor <= tallest * PLAN_REACH ? 'extendDomain' : 'hidden'}
        />
      </BarChart>
    </ResponsiveContainer>
  )
}
