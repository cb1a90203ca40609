import { useLocale, useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'
import { countryName } from '../market.ts'
import type { DataColumn } from '../ui/data-table.tsx'

/** The column that says, and filters by, the market of a row. */
export function useMarketColumn<Row>(marketOf: (row: Row) => MarketCode): DataColumn<Row> {
  const header = useTranslations('common')('market')
  const locale = useLocale()
  return {
    id: 'market',
    header,
    choice: true,
    value: marketOf,
    words: (market) => countryName(String(market), locale),
  }
}
