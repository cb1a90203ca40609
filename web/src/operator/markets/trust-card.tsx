'use client'
import { useTranslations } from 'use-intl'
import type { MarketView } from '#schema/market'
import type { MarketTrust } from '#schema/trust'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { Chip } from '../../ui/chip.tsx'
import { Notice } from '../../ui/states.tsx'
import { RulesTable } from './rules-table.tsx'

type Row = MarketTrust['rules'][number]

/** What each class of trust may earn without anybody else's word. */
export function TrustCard({ market }: { market: MarketView }) {
  const t = useTranslations('operator.markets')
  return (
    <RulesTable<Row>
      path={`/operator/markets/${market.code}/trust`}
      title={t('trust')}
      heads={[t('class'), t('rule')]}
      rowId={(row) => row.trust}
      about={(row) => (
        <>
          {t(`classes.${row.trust}`)}
          <span className={layout.small}>{t(`classWhy.${row.trust}`)}</span>
        </>
      )}
      holds={(row) => <Holds row={row} />}
      dialog={(row, change) => <ChangeDialog row={row} {...change} />}
    >
      <p className={layout.muted}>
        {t('money', { currency: market.currency, zone: market.timeZone })} {t('trustWhy')}
      </p>
      {market.isHome ? <Notice>{t('homeWhy')}</Notice> : null}
    </RulesTable>
  )
}

function Holds({ row }: { row: Row }) {
  const t = useTranslations('operator.markets')
  return (
    <>
      <Chip tone={row.rule === 'pays' ? 'mine' : 'coming'}>{t(`rules.${row.rule}`)}</Chip>{' '}
      {row.rule === row.safe ? (
        <span className={layout.small}>{t('safe')}</span>
      ) : (
        <Chip tone="refusal">{t('unsafe')}</Chip>
      )}
    </>
  )
}

interface ChangeProps {
  row: Row
  onRule: (change: object) => Promise<unknown>
  onClose: () => void
}

function ChangeDialog({ row, onRule, onClose }: ChangeProps) {
  const t = useTranslations('operator.markets')
  const { trust, safe } = row
  const rule = row.rule === 'pays' ? 'confirm' : 'pays'
  return (
    <ConfirmDialog
      title={t('changeTitle', { trust: t(`classes.${trust}`) })}
      confirm={t(`to.${rule}`)}
      danger={rule !== safe}
      withReason
      done={t('changed')}
      onConfirm={(reason) => onRule({ trust, rule, reason })}
      onClose={onClose}
    >
      <p>{t(`toWhy.${rule}`)}</p>
      {rule === safe ? null : <Notice tone="refusal">{t('toUnsafe')}</Notice>}
    </ConfirmDialog>
  )
}
