import type { MarketView } from '#schema/market'
import { useApi } from './use-api.ts'

/** The open markets; they change with a release, so one answer serves the whole visit. */
export function useMarkets(wanted = true): readonly MarketView[] | undefined {
  const { data } = useApi<{ items: MarketView[] }>(wanted ? '/markets' : null, {
    revalidateOnFocus: false,
    revalidateIfStale: false,
  })
  return data?.items
}
