'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MarketForgeryRules } from '#schema/forgery'
import type { MarketCode } from '#schema/market'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useOperator } from '../operator-context.tsx'
import css from './markets.module.css'

type Row = MarketForgeryRules['rules'][number]

/** What makes a receipt of the market look invented, how much it weighs and where it begins. */
export function ForgeryRulesCard({ market }: { market: MarketCode }) {
  const t = useTranslations('operator.forgeries')
  const path = `/operator/markets/${market}/forgery-rules`
  const { data, error, mutate } = useApi<MarketForgeryRules>(path)
  const [changing, setChanging] = useState<Row | null>(null)
  if (error && !data) return <FailedState problem={error} onRetry={() => mutate()} />
  if (!data) return <SkeletonList rows={5} />
  return (
    <Card className={layout.stack}>
      <h2>{t('rules')}</h2>
      <p className={layout.muted}>{t('rulesWhy')}</p>
      <table className={css.rules}>
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            <th scope="col">{t('score')}</th>
            <th scope="col">{t('decided')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rules.map((row) => (
            <RuleRow key={row.signal} row={row} onChange={() => setChanging(row)} />
          ))}
        </tbody>
      </table>
      {changing ? (
        <ChangeDialog
          row={changing}
          onRule={async (change) => {
            const body = { signal: changing.signal, ...change }
            await mutate(await api.put<MarketForgeryRules>(path, body), false)
          }}
          onClose={() => setChanging(null)}
        />
      ) : null}
    </Card>
  )
}

function RuleRow({ row, onChange }: { row: Row; onChange: () => void }) {
  const t = useTranslations('operator.forgeries')
  const format = useFormat()
  const { may } = useOperator()
  const { signal, points, threshold, standard, changedAt, changedBy } = row
  const isStandard = points === standard.points && threshold === standard.threshold
  const usual = { points: String(standard.points), from: format.number(standard.threshold) }
  return (
    <tr>
      <th scope="row">
        {t(`ruleOf.${signal}`)}
        <span className={layout.small}>
          {t(`from.${signal}`, { threshold: format.number(threshold) })}
        </span>
      </th>
      <td>
        {points === 0 ? t('off') : points}
        {isStandard ? null : <span className={layout.small}> {t('standard', usual)}</span>}
      </td>
      <td className={layout.small}>
        {changedAt ? `${changedBy ?? ''}, ${format.instant(changedAt)}` : null}
      </td>
      <td>
        {may('markets') ? (
          <Button small onClick={onChange}>
            {t('change')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

interface ChangeProps {
  row: Row
  onRule: (change: { points: number; threshold: number; reason: string }) => Promise<unknown>
  onClose: () => void
}

function ChangeDialog({ row, onRule, onClose }: ChangeProps) {
  const t = useTranslations('operator.forgeries')
  const [points, setPoints] = useState(String(row.points))
  const [threshold, setThreshold] = useState(String(row.threshold))
  return (
    <ConfirmDialog
      title={t(`ruleOf.${row.signal}`)}
      confirm={t('save')}
      withReason
      done={t('changed')}
      onConfirm={(reason) =>
        onRule({ points: Number(points), threshold: Number(threshold), reason })
      }
      onClose={onClose}
    >
      <Field
        label={t('points')}
        hint={t('pointsHint')}
        inputMode="numeric"
        value={points}
        onChange={(event) => setPoints(event.target.value)}
      />
      <Field
        label={t(`threshold.${row.signal}`)}
        hint={t('thresholdHint')}
        inputMode="numeric"
        value={threshold}
        onChange={(event) => setThreshold(event.target.value)}
      />
    </ConfirmDialog>
  )
}
