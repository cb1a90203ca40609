'use client'
import { useTranslations } from 'use-intl'
import type { Receipt, ReceiptLine } from '#schema/receipt'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { useVerdictWords, verdictTone } from '../../verdicts/verdict-words.ts'
import css from './receipt-page.module.css'

const MICRO = 1_000_000

/** The lines as the tax service gave them, what each was recognised as, and its first verdict. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('operator.receipt')
  const columns = useColumns(receipt)
  if (receipt.lines.length === 0) return null
  return (
    <Card flush aria-labelledby="lines">
      <h2 id="lines" className={css.head}>
        {t('lines')}
      </h2>
      <DataTable
        name={t('lines')}
        rows={receipt.lines}
        columns={columns}
        rowId={(line) => String(line.index)}
        pageSize={50}
      />
    </Card>
  )
}

function useColumns(receipt: Receipt): DataColumn<ReceiptLine>[] {
  const t = useTranslations('operator.receipt')
  const format = useFormat()
  const words = useVerdictWords()
  const by = (how: string) => {
    const key = `by.${how}` as 'by.gtin'
    return t.has(key) ? t(key) : how
  }
  const chip = ({ verdicts }: ReceiptLine) => {
    const first = verdicts[0]
    return first ? words.chip(first, receipt.availableAt) : null
  }
  return [
    { id: 'number', header: t('lineNumber'), align: 'end', value: (line) => line.index + 1 },
    { id: 'line', header: t('line'), value: (line) => line.name },
    {
      id: 'product',
      header: t('product'),
      value: (line) => line.product?.name ?? t('notRecognised'),
      cell: ({ product }) =>
        product ? (
          <>
            {product.name} <span className={layout.small}>{by(product.by)}</span>
          </>
        ) : (
          <span className={layout.muted}>{t('notRecognised')}</span>
        ),
    },
    {
      id: 'quantity',
      header: t('quantity'),
      align: 'end',
      value: (line) => line.quantityMicro / MICRO,
      cell: (line) => format.number(line.quantityMicro / MICRO),
    },
    {
      id: 'sum',
      header: t('sum'),
      align: 'end',
      value: (line) => format.units(line.sumMinor),
      cell: (line) => format.decimal(line.sumMinor),
    },
    {
      id: 'verdict',
      header: t('verdict'),
      value: chip,
      cell: (line) =>
        line.verdicts[0] ? <Chip tone={verdictTone(line.verdicts[0])}>{chip(line)}</Chip> : '—',
    },
  ]
}
