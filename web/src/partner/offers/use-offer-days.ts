import type { Offer, OfferDay } from '#schema/offer'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'

const FRESH_MS = 10_000

/** The offer's last `days` calendar days, oldest first, today last; undefined while being read. */
export function useOfferDays(offer: Offer, days: number): OfferDay[] | undefined {
  const { path } = usePartner()
  const key = offer.version > 0 ? path(`/offers/${offer.id}/days?days=${days}`) : null
  const { data } = useApi<{ items: OfferDay[] }>(key, { refreshInterval: FRESH_MS })
  return data ? [...data.items].sort((a, b) => a.day.localeCompare(b.day)) : undefined
}
