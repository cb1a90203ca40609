'use client'
import { Scale } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Receipt } from '#schema/receipt'
import type { Verdict, VerdictRule } from '#schema/verdict'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useVerdictWords, verdictTone } from '../../verdicts/verdict-words.ts'
import css from './receipt-page.module.css'

/** Judges the receipt again, by its own version of the rules: every line by every offer. */
export function ExplainCard({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('operator.receipt')
  const [asked, setAsked] = useState(false)
  const path = `/operator/receipts/${receipt.id}/explain`
  const { data, error, mutate } = useApi<{ verdicts: Verdict[] }>(asked ? path : null, {
    revalidateOnFocus: false,
  })
  const columns = useColumns(receipt)
  if (receipt.lines.length === 0) return null
  return (
    <Card flush aria-labelledby="explain">
      <div className={css.headText}>
        <h2 id="explain">{t('explain')}</h2>
        <p className={layout.small}>{t('explainWhy')}</p>
        {asked ? null : (
          <p>
            <Button icon={<Scale size={18} aria-hidden="true" />} onClick={() => setAsked(true)}>
              {t('explain')}
            </Button>
          </p>
        )}
      </div>
      {error && !data ? <FailedState problem={error} onRetry={() => mutate()} /> : null}
      {asked && !error ? (
        <DataTable
          name={t('explain')}
          rows={data?.verdicts}
          columns={columns}
          rowId={(verdict) => `${verdict.offerId} ${verdict.line} ${verdict.rule}`}
          pageSize={50}
          empty={<EmptyState title={t('explainNone')} />}
        />
      ) : null}
    </Card>
  )
}

function useColumns(receipt: Receipt): DataColumn<Verdict>[] {
  const t = useTranslations('operator.receipt')
  const format = useFormat()
  const words = useVerdictWords()
  return [
    {
      id: 'line',
      header: t('line'),
      value: ({ line }) => {
        if (line === null) return t('whole')
        return `${line + 1}. ${receipt.lines[line]?.name ?? ''}`
      },
    },
    {
      id: 'offer',
      header: t('offer'),
      choice: true,
      value: ({ offerTitle, offerId }) => offerTitle?.[format.locale] ?? offerId,
    },
    {
      id: 'rule',
      header: t('rule'),
      choice: true,
      value: (verdict) => verdict.rule,
      words: (rule) => words.rule(rule as VerdictRule),
      cell: (verdict) => (
        <Chip tone={verdictTone(verdict)}>
          {words.rule(verdict.rule)}
          {verdict.limitedBy ? `, ${words.rule(verdict.limitedBy)}` : ''}
        </Chip>
      ),
    },
    {
      id: 'seen',
      header: t('seen'),
      value: (verdict) => (verdict.seen ? words.value(verdict.seen) : null),
    },
    {
      id: 'needed',
      header: t('needed'),
      value: (verdict) => (verdict.needed ? words.value(verdict.needed) : null),
    },
    {
      id: 'paid',
      header: t('paid'),
      align: 'end',
      value: (verdict) => format.units(verdict.rewardMinor),
      cell: ({ rewardMinor }) => (rewardMinor > 0 ? format.amount(rewardMinor) : '—'),
    },
  ]
}
