'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ForgeryRule, type MarketForgeryRules } from '#schema/forgery'
import type { MarketCode } from '#schema/market'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Field } from '../../ui/field.tsx'
import { RulesTable } from './rules-table.tsx'
import { wholeNumber } from './whole-number.ts'

type Row = MarketForgeryRules['rules'][number]

/** What makes a receipt of the market look invented, how much it weighs and where it begins. */
export function ForgeryRulesCard({ market }: { market: MarketCode }) {
  const t = useTranslations('operator.forgeries')
  const format = useFormat()
  return (
    <RulesTable<Row>
      path={`/operator/markets/${market}/forgery-rules`}
      title={t('rules')}
      heads={[t('rule'), t('score')]}
      rowId={(row) => row.signal}
      about={({ signal, threshold }) => (
        <>
          {t(`ruleOf.${signal}`)}
          <span className={layout.small}>
            {t(`from.${signal}`, { threshold: format.number(threshold) })}
          </span>
        </>
      )}
      holds={(row) => <Points row={row} />}
      dialog={(row, change) => <ChangeDialog row={row} {...change} />}
    >
      <p className={layout.muted}>{t('rulesWhy')}</p>
    </RulesTable>
  )
}

function Points({ row: { points, threshold, standard } }: { row: Row }) {
  const t = useTranslations('operator.forgeries')
  const format = useFormat()
  const isStandard = points === standard.points && threshold === standard.threshold
  const usual = { points: String(standard.points), from: format.number(standard.threshold) }
  return (
    <>
      {points === 0 ? t('off') : t('pointsCount', { count: points })}
      {isStandard ? null : <span className={layout.small}> {t('standard', usual)}</span>}
    </>
  )
}

interface ChangeProps {
  row: Row
  onRule: (change: object) => Promise<unknown>
  onClose: () => void
}

const { points: POINTS, threshold: THRESHOLD } = ForgeryRule.shape

function ChangeDialog({ row: { signal, ...row }, onRule, onClose }: ChangeProps) {
  const t = useTranslations('operator.forgeries')
  const [points, setPoints] = useState(String(row.points))
  const [threshold, setThreshold] = useState(String(row.threshold))
  const [isTried, setIsTried] = useState(false)
  const readPoints = POINTS.safeParse(wholeNumber(points))
  const readThreshold = THRESHOLD.safeParse(wholeNumber(threshold))
  return (
    <ConfirmDialog
      title={t(`ruleOf.${signal}`)}
      confirm={t('save')}
      withReason
      done={t('changed')}
      isReady={() => {
        setIsTried(true)
        return readPoints.success && readThreshold.success
      }}
      onConfirm={(reason) =>
        onRule({ signal, points: readPoints.data, threshold: readThreshold.data, reason })
      }
      onClose={onClose}
    >
      <Field
        label={t('points')}
        hint={t('pointsHint')}
        error={isTried && !readPoints.success ? t('pointsWrong') : undefined}
        inputMode="numeric"
        autoFocus
        value={points}
        onChange={(event) => setPoints(event.target.value)}
      />
      <Field
        label={t(`threshold.${signal}`)}
        hint={t('thresholdHint')}
        error={isTried && !readThreshold.success ? t('thresholdWrong') : undefined}
        inputMode="numeric"
        value={threshold}
        onChange={(event) => setThreshold(event.target.value)}
      />
    </ConfirmDialog>
  )
}
