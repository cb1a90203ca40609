'use client'
import { BookOpenText } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { AccountRow } from '#schema/operator'
import { Figure, Figures } from '../../desk/figure.tsx'
import layout from '../../desk/layout.module.css'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { accountHref } from '../hit-href.ts'
import { classTotals, shownBalance } from './account-class.ts'

const FRESH_MS = 15_000

/** Balances by class over the network, then by book and account; a row opens its transfers. */
export function AccountsCard() {
  const t = useTranslations('operator.books')
  const router = useRouter()
  const { data, error, mutate } = useApi<{ items: AccountRow[] }>('/operator/books', {
    refreshInterval: FRESH_MS,
  })
  const columns = useColumns()
  if (error && !data) return <FailedState problem={error} onRetry={() => mutate()} />
  return (
    <div className={layout.stack}>
      {data && data.items.length > 0 ? <Totals rows={data.items} /> : null}
      <Card flush>
        <DataTable
          name={t('tabs.accounts')}
          rows={data?.items}
          columns={columns}
          rowId={(row) => `${row.cell} ${row.code}`}
          pageSize={50}
          onOpen={(row) => router.push(transfersHref(row.code))}
          empty={
            <EmptyState icon={<BookOpenText aria-hidden="true" />} title={t('accountsEmpty')}>
              {t('accountsEmptyWhy')}
            </EmptyState>
          }
        />
      </Card>
    </div>
  )
}

/** Wallets come as one row a cell, with a star for the ids: their transfers are not one account's. */
function transfersHref(code: string): string {
  return code.includes('*') ? '/operator/books?view=transfers' : accountHref(code)
}

function Totals({ rows }: { rows: readonly AccountRow[] }) {
  const t = useTranslations('operator.books')
  const format = useDeskFormat()
  return (
    <section aria-label={t('totals')}>
      <Figures>
        {classTotals(rows).map((total) => (
          <Figure
            key={`${total.kind} ${total.name}`}
            label={total.name}
            value={format.figure(total.balanceMinor)}
            note={t(`kinds.${total.kind}`)}
          />
        ))}
      </Figures>
    </section>
  )
}

function useColumns(): DataColumn<AccountRow>[] {
  const t = useTranslations('operator.books')
  return [
    { id: 'cell', header: t('cell'), choice: true, value: (row) => row.cell },
    {
      id: 'account',
      header: t('account'),
      value: (row) => row.code,
      cell: (row) => <span className={layout.cellCode}>{row.code}</span>,
    },
    {
      id: 'kind',
      header: t('kind'),
      choice: true,
      value: (row) => row.kind,
      words: (kind) => t(`kinds.${kind as AccountRow['kind']}`),
    },
    {
      id: 'balance',
      header: t('balance'),
      align: 'end',
      value: (row) => shownBalance(row) / 100,
      cell: (row) => <Amount minor={shownBalance(row)} />,
    },
  ]
}
