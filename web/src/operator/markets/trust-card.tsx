'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MarketView, TrustRule } from '#schema/market'
import type { MarketTrust } from '#schema/trust'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useOperator } from '../operator-context.tsx'
import css from './markets.module.css'

type Row = MarketTrust['rules'][number]

/** What each class of trust may earn without anybody else's word. */
export function TrustCard({ market }: { market: MarketView }) {
  const t = useTranslations('operator.markets')
  const path = `/operator/markets/${market.code}/trust`
  const { data, error, mutate } = useApi<MarketTrust>(path)
  const [changing, setChanging] = useState<Row | null>(null)
  if (error && !data) return <FailedState problem={error} onRetry={() => mutate()} />
  if (!data) return <SkeletonList rows={5} />
  return (
    <Card className={layout.stack}>
      <h2>{t('trust')}</h2>
      <p className={layout.muted}>
        {t('money', { currency: market.currency, zone: market.timeZone })} {t('trustWhy')}
      </p>
      {market.isHome ? <Notice>{t('homeWhy')}</Notice> : null}
      <table className={css.rules}>
        <thead>
          <tr>
            <th scope="col">{t('class')}</th>
            <th scope="col">{t('rule')}</th>
            <th scope="col">{t('decided')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rules.map((row) => (
            <RuleRow key={row.trust} row={row} onChange={() => setChanging(row)} />
          ))}
        </tbody>
      </table>
      {changing ? (
        <ChangeDialog
          row={changing}
          onRule={async (rule, reason) => {
            const { trust } = changing
            await mutate(await api.put<MarketTrust>(path, { trust, rule, reason }), false)
          }}
          onClose={() => setChanging(null)}
        />
      ) : null}
    </Card>
  )
}

function RuleRow({ row, onChange }: { row: Row; onChange: () => void }) {
  const t = useTranslations('operator.markets')
  const format = useFormat()
  const { may } = useOperator()
  const isSafe = row.rule === row.safe
  return (
    <tr>
      <th scope="row">
        {t(`classes.${row.trust}`)}
        <span className={layout.small}>{t(`classWhy.${row.trust}`)}</span>
      </th>
      <td>
        <Chip tone={row.rule === 'pays' ? 'mine' : 'coming'}>{t(`rules.${row.rule}`)}</Chip>{' '}
        {isSafe ? (
          <span className={layout.small}>{t('safe')}</span>
        ) : (
          <Chip tone="refusal">{t('unsafe')}</Chip>
        )}
      </td>
      <td className={layout.small}>
        {row.changedAt ? `${row.changedBy ?? ''}, ${format.instant(row.changedAt)}` : null}
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
  onRule: (rule: TrustRule, reason: string) => Promise<unknown>
  onClose: () => void
}

function ChangeDialog({ row, onRule, onClose }: ChangeProps) {
  const t = useTranslations('operator.markets')
  const next = row.rule === 'pays' ? 'confirm' : 'pays'
  return (
    <ConfirmDialog
      title={t('changeTitle', { trust: t(`classes.${row.trust}`) })}
      confirm={t(`to.${next}`)}
      danger={next !== row.safe}
      withReason
      done={t('changed')}
      onConfirm={(reason) => onRule(next, reason)}
      onClose={onClose}
    >
      <p>{t(`toWhy.${next}`)}</p>
      {next === row.safe ? null : <Notice tone="refusal">{t('toUnsafe')}</Notice>}
    </ConfirmDialog>
  )
}
