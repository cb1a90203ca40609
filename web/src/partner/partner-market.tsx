'use client'
import { type ReactNode, useEffect, useState } from 'react'
import type { MarketCode } from '#schema/market'
import { askAbout } from '../api.ts'
import { HOME, MarketContext } from '../market.ts'
import { SkeletonList } from '../ui/states.tsx'
import { useMarkets } from '../use-markets.ts'

/**
 * The partner's own market for everything below: its currency and zone on the screen, its shops in
 * what the server answers.
 */
export function PartnerMarket({ code, children }: { code: MarketCode; children: ReactNode }) {
  const markets = useMarkets(code !== HOME.code)
  const [asked, setAsked] = useState<MarketCode | null>(null)
  useEffect(() => {
    askAbout(code)
    setAsked(code)
  }, [code])
  const here = code === HOME.code ? HOME : markets?.find((one) => one.code === code)
  if (!here || asked !== code) return <SkeletonList rows={3} />
  return <MarketContext.Provider value={here}>{children}</MarketContext.Provider>
}
