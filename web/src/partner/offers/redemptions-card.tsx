'use client'
import { ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Redemption } from '#schema/offer'
import { VerdictRule } from '#schema/verdict'
import layout from '../../desk/layout.module.css'
import { useNow } from '../../desk/use-now.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { redemptionTone } from '../tones.ts'
import { RedemptionDialog } from './redemption-dialog.tsx'
import css from './redemptions-card.module.css'
import { useFreshIds } from './use-fresh-ids.ts'

/** A redemption is to be seen within seconds. */
const LIVE_MS = 2_000
/** How often the page looks whether a new day has begun. */
const TODAY_MS = 60_000

/** The rows of an offer as they arrive, with the verdict in the same words as the shopper's. */
export function RedemptionsCard({ offerId, title }: { offerId: string; title: string }) {
  const t = useTranslations('partner.offers')
  const { path } = usePartner()
  const pages = usePages<Redemption>(path(`/offers/${offerId}/redemptions`), { everyMs: LIVE_MS })
  const fresh = useFreshIds(pages.rows)
  const columns = useColumns(fresh)
  const [opened, setOpened] = useState<Redemption | null>(null)
  return (
    <Card flush aria-labelledby="redemptions">
      <div className={css.head}>
        <h2 id="redemptions">{title}</h2>
        <span className={layout.small}>
          <span className={css.pulse} aria-hidden="true" /> {t('liveNow')}
        </span>
      </div>
      {pages.problem && !pages.rows ? (
        <FailedState problem={pages.problem} onRetry={pages.refresh} />
      ) : (
        <DataTable
          name={title}
          rows={pages.rows}
          columns={columns}
          rowId={(row) => row.id}
          onMore={pages.more}
          onOpen={setOpened}
          empty={
            <EmptyState icon={<ReceiptText aria-hidden="true" />} title={t('liveEmpty')}>
              {t('liveEmptyWhy')}
            </EmptyState>
          }
        />
      )}
      {opened ? <RedemptionDialog redemption={opened} onClose={() => setOpened(null)} /> : null}
    </Card>
  )
}

function useColumns(fresh: ReadonlySet<string>): DataColumn<Redemption>[] {
  const t = useTranslations('partner.offers')
  const format = useFormat()
  const { sign } = format
  const verdict = useVerdictColumn()
  const today = format.instant(new Date(useNow(TODAY_MS) ?? 0).toISOString(), 'day')
  const money = (
    id: string,
    header: string,
    value: (row: Redemption) => number,
  ): DataColumn<Redemption> => ({
    id,
    header,
    align: 'end',
    value: (row) => format.units(value(row)),
    cell: (row) => (value(row) === 0 ? '—' : format.decimal(value(row))),
  })
  return [
    {
      id: 'at',
      header: t('at'),
      value: (row) => row.at,
      cell: (row) => (
        <span className={css.at}>
          <span title={format.instant(row.at, 'full')}>
            {format.instant(row.at, 'day') === today ? null : (
              <>{format.instant(row.at, 'short')}, </>
            )}
            {format.instant(row.at, 'seconds')}
          </span>
          {fresh.has(row.id) ? <span className={css.fresh}>{t('liveFresh')}</span> : null}
        </span>
      ),
    },
    { id: 'store', header: t('store'), choice: true, value: (row) => row.storeName },
    { id: 'line', header: t('line'), value: (row) => row.lineName || t('wholeReceipt') },
    money('sum', t('sum', { sign }), (row) => row.sumMinor),
    money('reward', t('reward', { sign }), (row) => row.rewardMinor),
    { ...money('fee', t('fee', { sign }), (row) => row.feeMinor), hidden: true },
    verdict,
  ]
}

function useVerdictColumn(): DataColumn<Redemption> {
  const t = useTranslations('partner.offers')
  const words = useTranslations('verdict.chip')
  const rule = (text: string | null) => VerdictRule.safeParse(text).data ?? null
  const chip = (text: string) => {
    const known = rule(text)
    return known ? words(known) : text
  }
  return {
    id: 'verdict',
    header: t('verdict'),
    choice: true,
    value: (row) => row.limitedBy ?? row.rule,
    words: (value) => chip(String(value)),
    cell: (row) => {
      const known = rule(row.rule)
      const tone = known ? redemptionTone(known, rule(row.limitedBy)) : 'neutral'
      return <Chip tone={tone}>{chip(row.limitedBy ?? row.rule)}</Chip>
    },
  }
}
