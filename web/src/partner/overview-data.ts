import type { OfferDay } from '#schema/offer'
import type { PartnerFunds } from '#schema/partner'
import { useApi } from '../use-api.ts'
import { usePartner } from './partner-context.tsx'

/** What `GET /v1/partners/:id/overview` answers. */
export interface Overview {
  funds: PartnerFunds
  offers: { live: number; drafts: number; paused: number }
  /** Whole days for which the free money lasts; null when nothing is being spent. */
  daysLeft: number | null
  today: OfferDay
}

const FRESH_MS = 15_000

/** Money and offers at a glance, read again every quarter of a minute while looked at. */
export function useOverview() {
  const { path } = usePartner()
  return useApi<Overview>(path('/overview'), { refreshInterval: FRESH_MS })
}
