import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { OperatorReturn } from '#schema/operator'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { hitHref } from '../hit-href.ts'
import css from './receipt-page.module.css'

/** What of the receipt's goods went back to the shop, who told, and what of the reward it took. */
export function ReceiptReturns({ returns }: { returns: readonly OperatorReturn[] }) {
  const t = useTranslations('operator.receipt')
  const format = useFormat()
  if (returns.length === 0) return null
  const columns: DataColumn<OperatorReturn>[] = [
    {
      id: 'printed',
      header: t('returnPrinted'),
      value: (row) => row.printedAt,
      cell: (row) => format.wallClock(row.printedAt),
    },
    {
      id: 'by',
      header: t('returnBy'),
      value: (row) => row.receiptId ?? '',
      cell: (row) =>
        row.receiptId ? (
          <Link href={hitHref({ kind: 'receipt', id: row.receiptId })}>{t('returnOwn')}</Link>
        ) : (
          t('returnTold')
        ),
    },
    {
      id: 'identity',
      header: t('returnIdentity'),
      value: (row) => row.identity,
      cell: (row) => <span className={layout.cellCode}>{row.identity}</span>,
    },
    {
      id: 'total',
      header: t('returnTotal'),
      align: 'end',
      value: (row) => row.totalMinor,
      cell: (row) => <Amount minor={row.totalMinor} />,
    },
    {
      id: 'taken',
      header: t('returnTaken'),
      align: 'end',
      value: (row) => row.takenMinor,
      cell: (row) => <Amount minor={row.takenMinor} />,
    },
    {
      id: 'told',
      header: t('returnAt'),
      value: (row) => row.toldAt,
      cell: (row) => format.instant(row.toldAt),
    },
  ]
  return (
    <Card flush aria-labelledby="returns">
      <h2 id="returns" className={css.head}>
        {t('returns')}
      </h2>
      <DataTable
        name={t('returns')}
        rows={returns}
        columns={columns}
        rowId={(row) => row.identity}
        empty={null}
      />
    </Card>
  )
}
