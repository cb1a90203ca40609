'use client'
import { BookOpenText } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'
import type { AccountRow } from '#schema/operator'
import { Figure, Figures } from '../../desk/figure.tsx'
import layout from '../../desk/layout.module.css'
import { MarketScope } from '../../desk/market-scope.tsx'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { countryName, HOME } from '../../market.ts'
import { Amount } from '../../ui/amount.tsx'
import { Card } from '../../ui/card.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/field.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { accountHref } from '../hit-href.ts'
import { marketOfObject } from '../use-market-amount.ts'
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
  const locale = useLocale()
  const market = useTranslations('common')('market')
  const [code, setCode] = useState<MarketCode>(HOME.code)
  const markets = [...new Set(data?.items.map((row) => marketOfObject(row.cell)))]
  // Sums of two currencies would be of none.
  const rows = data?.items.filter((row) => marketOfObject(row.cell) === code)
  if (error && !data) return <FailedState problem={error} onRetry={() => mutate()} />
  return (
    <div className={layout.stack}>
      {markets.length > 1 ? (
        <Select
          label={market}
          value={code}
          onChange={(event) => setCode(event.target.value as MarketCode)}
        >
          {markets.map((one) => (
            <option key={one} value={one}>
              {countryName(one, locale)}
            </option>
          ))}
        </Select>
      ) : null}
      <MarketScope code={code}>
        {rows && rows.length > 0 ? <Totals rows={rows} /> : null}
        <Card flush>
          <DataTable
            name={t('tabs.accounts')}
            rows={rows}
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
      </MarketScope>
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
  const format = useDeskFormat()
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
      value: (row) => format.units(shownBalance(row)),
      cell: (row) => <Amount minor={shownBalance(row)} />,
    },
  ]
}
