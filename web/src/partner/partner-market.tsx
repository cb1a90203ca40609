'use client'
import { type ReactNode, useEffect, useState } from 'react'
import type { MarketCode } from '#schema/market'
import { askAbout } from '../api.ts'
import { MarketScope } from '../desk/market-scope.tsx'

/**
 * The partner's own market for everything below: its currency and zone on the screen, its shops in
 * what the server answers.
 */
export function PartnerMarket({ code, children }: { code: MarketCode; children: ReactNode }) {
  const [asked, setAsked] = useState<MarketCode | null>(null)
  useEffect(() => {
    askAbout(code)
    setAsked(code)
  }, [code])
  return asked === code ? <MarketScope code={code}>{children}</MarketScope> : null
}
