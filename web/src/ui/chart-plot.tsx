'use client'
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ChartProps } from './chart.tsx'

/** The drawing itself; only ever loaded by `chart.tsx`. */
export function ChartPlot({ kind, rows, series, words }: ChartProps) {
  const data = rows.map((row) => ({ label: row.label, ...row.values }))
  const names = new Map(series.map((one) => [one.id, one.label]))
  const frame = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="label"
      tickLine={false}
      axisLine={false}
      stroke="var(--muted)"
      minTickGap={24}
    />,
    <YAxis
      key="y"
      width={72}
      tickLine={false}
      axisLine={false}
      stroke="var(--muted)"
      tickFormatter={words}
    />,
    <Tooltip
      key="tip"
      cursor={{ fill: 'var(--sunken)' }}
      contentStyle={{
        border: '1px solid var(--line)',
        borderRadius: 10,
        background: 'var(--surface)',
        color: 'var(--ink)',
      }}
      formatter={(value, id) => [words(Number(value)), names.get(String(id)) ?? String(id)]}
    />,
  ]
  return (
    <ResponsiveContainer width="100%" height="100%">
      {kind === 'lines' ? (
        <LineChart data={data}>
          {frame}
          {series.map((one) => (
            <Line
              key={one.id}
              dataKey={one.id}
              stroke={one.colour}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      ) : (
        <BarChart data={data} barCategoryGap="24%">
          {frame}
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
        </BarChart>
      )}
    </ResponsiveContainer>
  )
}
