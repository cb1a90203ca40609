'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { TransferRow } from '#schema/operator'
import layout from '../desk/layout.module.css'
import { useFormat } from '../i18n/use-format.ts'
import { type DataColumn, DataTable } from '../ui/data-table.tsx'
import { marketOfObject, useMarketAmount, useMarketUnits } from './use-market-amount.ts'

/** Transfers as they stand in the books: one debit, one credit, what for. */
export function TransfersTable({
  name,
  rows,
  empty,
  onMore,
}: {
  name: string
  rows: readonly TransferRow[] | undefined
  empty: ReactNode
  onMore?: (() => void) | undefined
}) {
  const columns = useTransferColumns()
  return (
    <DataTable
      name={name}
      rows={rows}
      columns={columns}
      rowId={(row) => `${row.cell} ${row.sequence}`}
      pageSize={50}
      empty={empty}
      onMore={onMore}
    />
  )
}

/** A long name breaks behind its colons, so that debit and credit stand beside one another. */
function AccountName({ account }: { account: string }) {
  const parts = account.split(/(?<=:)/)
  return (
    <span className={layout.code}>
      {parts.map((part) => (
        <span key={part} className={layout.cell}>
          {part}
          <wbr />
        </span>
      ))}
    </span>
  )
}

function useTransferColumns(): DataColumn<TransferRow>[] {
  const t = useTranslations('operator')
  const format = useFormat()
  const amountIn = useMarketAmount()
  const unitsIn = useMarketUnits()
  const code = (value: string | number) => {
    const key = `transferCode.${value}` as 'transferCode.reward'
    return t.has(key) ? t(key) : String(value)
  }
  const account = (id: 'debit' | 'credit'): DataColumn<TransferRow> => ({
    id,
    header: t(`books.${id}`),
    value: (row) => row[id],
    cell: (row) => <AccountName account={row[id]} />,
  })
  return [
    {
      id: 'at',
      header: t('books.at'),
      value: (row) => row.at,
      cell: (row) => (
        <span className={layout.cell} title={format.instant(row.at, 'full')}>
          {format.instant(row.at, 'short')}, {format.instant(row.at, 'seconds')}
        </span>
      ),
    },
    { id: 'code', header: t('books.code'), choice: true, value: (row) => row.code, words: code },
    {
      id: 'amount',
      header: t('books.amount'),
      align: 'end',
      value: (row) => unitsIn(marketOfObject(row.cell), row.amountMinor),
      cell: (row) => amountIn(marketOfObject(row.cell), row.amountMinor),
    },
    account('debit'),
    account('credit'),
    { id: 'reference', header: t('books.reference'), hidden: true, value: (row) => row.reference },
    { id: 'cell', header: t('books.cell'), hidden: true, choice: true, value: (row) => row.cell },
    { id: 'sequence', header: t('books.sequence'), hidden: true, value: (row) => row.sequence },
    { id: 'id', header: t('books.transferId'), hidden: true, value: (row) => row.id },
  ]
}
