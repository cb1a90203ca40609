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
import type { ChartProps, ChartRow } from './chart.tsx'

/** A level further above the tallest bar than this would flatten the bars: the legend names it. */
const LEVEL_REACH = 2.5

/** The drawing itself; only ever loaded by `chart.tsx`. */
export function ChartPlot({ rows, series, words, axisWords, level }: ChartProps) {
  const data = rows.map((row) => ({ label: row.label, ...row.values }))
  const names = new Map(series.map((one) => [one.id, one.label]))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        accessibilityLayer={false}
        barCategoryGap="24%"
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--muted)' }}
          minTickGap={24}
        />
        <YAxis
          width={72}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--muted)' }}
          tickFormatter={axisWords ?? words}
        />
        <Tooltip
          cursor={{ fill: 'var(--sunken)' }}
          contentStyle={{
            border: '1px solid var(--line)',
            borderRadius: 10,
            background: 'var(--surface)',
            color: 'var(--ink)',
          }}
          itemStyle={{ color: 'var(--ink)' }}
          formatter={(value, id) => [words(Number(value)), names.get(String(id)) ?? String(id)]}
        />
        {series.map((one) => (
          <Bar
            key={one.id}
            dataKey={one.id}
            stackId="all"
            fill={one.colour}
            radius={3}
            isAnimationActive={false}
          />
        ))}
        {level ? (
          <ReferenceLine
            y={level.value}
            stroke="var(--coming)"
            strokeDasharray="6 4"
            strokeWidth={1.5}
            ifOverflow={level.value <= tallest(rows) * LEVEL_REACH ? 'extendDomain' : 'hidden'}
          />
        ) : null}
      </BarChart>
    </ResponsiveContainer>
  )
}

function tallest(rows: readonly ChartRow[]): number {
  const heights = rows.map(({ values }) => Object.values(values).reduce((sum, one) => sum + one, 0))
  return Math.max(0, ...heights)
}
