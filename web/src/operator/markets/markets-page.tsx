'use client'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'
import { MarketScope } from '../../desk/market-scope.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { countryName, HOME } from '../../market.ts'
import { SkeletonList } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useMarkets } from '../../use-markets.ts'
import { ForgeryRulesCard } from './forgery-rules-card.tsx'
import { KeyQueue } from './key-queue.tsx'
import css from './markets.module.css'
import { RulesCard } from './rules-card.tsx'
import { TrustCard } from './trust-card.tsx'

/** Market by market: what its receipts may earn at once, its rules, and whose keys are believed. */
export function MarketsPage() {
  const t = useTranslations('operator.markets')
  const locale = useLocale()
  const markets = useMarkets()
  const [picked, setPicked] = useState<MarketCode | null>(null)
  const code = picked ?? markets?.find((one) => one.code !== HOME.code)?.code ?? HOME.code
  const chosen = markets?.find((one) => one.code === code)
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      {markets && chosen ? (
        <Tabs
          label={t('title')}
          tabs={markets.map((one) => ({ id: one.code, label: countryName(one.code, locale) }))}
          chosen={code}
          onChoose={setPicked}
        >
          <div className={css.parts}>
            <TrustCard key={code} market={chosen} />
            <MarketScope code={code}>
              <RulesCard market={code} />
            </MarketScope>
            <KeyQueue key={`keys-${code}`} market={code} />
            <ForgeryRulesCard key={`forgery-${code}`} market={code} />
          </div>
        </Tabs>
      ) : (
        <SkeletonList rows={4} />
      )}
    </>
  )
}
