'use client'
import type { ReactNode } from 'react'
import type { MarketCode } from '#schema/market'
import { HOME, MarketContext } from '../market.ts'
import { SkeletonList } from '../ui/states.tsx'
import { useMarkets } from '../use-markets.ts'

/** Everything below shows the currency and the zone of one market; it waits until they are known. */
export function MarketScope({ code, children }: { code: MarketCode; children: ReactNode }) {
  const isHome = code === HOME.code
  const markets = useMarkets(!isHome)
  const here = isHome ? HOME : markets?.find((one) => one.code === code)
  if (!here) return <SkeletonList rows={3} />
  return <MarketContext.Provider value={here}>{children}</MarketContext.Provider>
}
