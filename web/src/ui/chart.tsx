'use client'
import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import css from './chart.module.css'
import { Skeleton } from './states.tsx'

/** One row of a chart: its label and a number per series. */
export interface ChartRow {
  label: string
  values: Readonly<Record<string, number>>
}

interface ChartSeries {
  id: string
  label: string
  /** A colour token, for example `var(--brand)`. */
  colour: string
}

export interface ChartProps {
  name: string
  rows: readonly ChartRow[]
  series: readonly ChartSeries[]
  /** Words for a value: money, counts, percent. */
  words: (value: number) => string
  /** Shorter words for the axis, where there is little room. */
  axisWords?: (value: number) => string
  /** A level that the series are compared with: a plan, a limit. */
  level?: { value: number; label: string }
  height?: number
}

const Plot = dynamic(() => import('./chart-plot.tsx').then((module) => module.ChartPlot), {
  ssr: false,
  loading: () => <Skeleton height={240} />,
})

/**
 * A chart with its legend and the same numbers as a table; the drawing code is loaded when shown.
 */
export function Chart(props: ChartProps) {
  const t = useTranslations('common.chart')
  return (
    <figure className={css.figure} aria-label={props.name}>
      <div className={css.plot} style={{ height: props.height ?? 240 }} aria-hidden="true">
        <Plot {...props} />
      </div>
      <figcaption className={css.legend}>
        {props.series.map((series) => (
          <span key={series.id} className={css.key}>
            <span className={css.swatch} style={{ background: series.colour }} />
            {series.label}
          </span>
        ))}
        {props.level ? (
          <span className={css.key}>
            <span className={css.level} />
            {props.level.label}
          </span>
        ) : null}
      </figcaption>
      <details className={css.data}>
        <summary>{t('asTable')}</summary>
        <div className={css.scroll}>
          <ChartTable {...props} />
        </div>
      </details>
    </figure>
  )
}

function ChartTable({ name, rows, series, words }: ChartProps) {
  return (
    <table>
      <caption className="visually-hidden">{name}</caption>
      <thead>
        <tr>
          <td />
          {series.map((one) => (
            <th key={one.id} scope="col">
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {series.map((one) => (
              <td key={one.id}>{words(row.values[one.id] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
