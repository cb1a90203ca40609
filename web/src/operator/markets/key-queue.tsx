'use client'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type FiscalKey, KEY_MARKETS } from '#schema/fiscal-key'
import type { MarketCode } from '#schema/market'
import { api } from '../../api.ts'
import { KeyForm } from '../../desk/key-form.tsx'
import layout from '../../desk/layout.module.css'
import { useKeyColumns } from '../../desk/use-key-columns.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { useOperator } from '../operator-context.tsx'
import { KeyDialog } from './key-dialog.tsx'

/** The keys of a market: those that wait stand first. */
export function KeyQueue({ market }: { market: MarketCode }) {
  const t = useTranslations('operator.markets')
  const { may } = useOperator()
  const signs = KEY_MARKETS.some((code) => code === market)
  const keys = usePages<FiscalKey>(signs ? `/operator/fiscal-keys?market=${market}` : null, {
    everyMs: 30_000,
  })
  const [openId, setOpenId] = useState<string | null>(null)
  const [entering, setEntering] = useState(false)
  const columns = useKeyColumns(true)
  if (!signs) return <p className={layout.muted}>{t('noKeys')}</p>
  const rows = keys.rows && [...keys.rows].sort(askedFirst)
  const open = rows?.find((one) => one.id === openId)
  return (
    <section className={layout.stack} aria-labelledby="keys">
      <div className={layout.spread}>
        <h2 id="keys">{t('keys')}</h2>
        {may('markets') ? <Button onClick={() => setEntering(true)}>{t('enter')}</Button> : null}
      </div>
      <Card flush>
        {keys.problem && !rows ? (
          <FailedState problem={keys.problem} onRetry={keys.refresh} />
        ) : (
          <DataTable
            name={t('keys')}
            rows={rows}
            columns={columns}
            rowId={(one) => one.id}
            onOpen={(one) => setOpenId(one.id)}
            onMore={keys.more}
            empty={
              <EmptyState icon={<KeyRound aria-hidden="true" />} title={t('keysEmpty')}>
                {t('keysEmptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open ? (
        <KeyDialog tillKey={open} onChanged={keys.refresh} onClose={() => setOpenId(null)} />
      ) : null}
      {entering ? (
        <Dialog title={t('enter')} onClose={() => setEntering(false)}>
          <p className={layout.muted}>{t('enterWhy')}</p>
          <KeyForm
            market={market}
            submit={t('enter')}
            withNote
            done={t('registered')}
            onKey={async (draft, note) => {
              await api.post('/operator/fiscal-keys', { ...draft, market, note })
              await keys.refresh()
            }}
            onClose={() => setEntering(false)}
          />
        </Dialog>
      ) : null}
    </section>
  )
}

function askedFirst(a: FiscalKey, b: FiscalKey): number {
  const rank = (one: FiscalKey) => (one.state === 'asked' ? 0 : 1)
  return rank(a) - rank(b) || b.askedAt.localeCompare(a.askedAt)
}
