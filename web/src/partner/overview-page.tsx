'use client'
import { Megaphone } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import { Figure, Figures } from '../desk/figure.tsx'
import layout from '../desk/layout.module.css'
import { PageHead } from '../desk/page-head.tsx'
import { useDeskFormat } from '../desk/use-desk-format.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState, FailedState, Progress, SkeletonList } from '../ui/states.tsx'
import { usePages } from '../use-pages.ts'
import { FirstSteps } from './first-steps.tsx'
import { type Overview, useOverview } from './overview-data.ts'
import css from './overview-page.module.css'
import { usePartner } from './partner-context.tsx'
import { useLasts } from './use-lasts.ts'

/**
 * "What does the money do today?": figures, the first steps until they are done, the live offers.
 */
export function OverviewPage() {
  const t = useTranslations('partner.overview')
  const { data, error, mutate } = useOverview()
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      {data ? <OverviewFigures overview={data} /> : null}
      {!data && error ? <FailedState problem={error} onRetry={() => mutate()} /> : null}
      {!data && !error ? <SkeletonList rows={1} height={112} /> : null}
      {data ? <FirstSteps overview={data} /> : null}
      <LiveOffers />
    </>
  )
}

function OverviewFigures({ overview }: { overview: Overview }) {
  const t = useTranslations('partner.overview')
  const lasts = useLasts()
  const format = useDeskFormat()
  const { today, daysLeft } = overview
  return (
    <Figures>
      <Figure
        label={t('free')}
        value={format.figure(overview.funds.fundsMinor)}
        note={lasts(daysLeft)}
      />
      <Figure
        label={t('committed')}
        value={format.figure(overview.funds.committedMinor)}
        note={t('committedNote', { count: overview.offers.live })}
      />
      <Figure
        label={t('spent')}
        value={format.figure(overview.funds.spentMinor)}
        note={t('spentNote')}
      />
      <Figure
        label={t('today')}
        value={format.figure(today.rewardMinor + today.feeMinor)}
        note={t('todayNote', { count: today.redemptions, refusals: String(today.refusals) })}
      />
    </Figures>
  )
}

function LiveOffers() {
  const t = useTranslations('partner.overview')
  const { path, may } = usePartner()
  const offers = usePages<Offer>(path('/offers?state=published'), { everyMs: 15_000 })
  return (
    <Card className={layout.stack} aria-labelledby="live-offers">
      <div className={layout.spread}>
        <h2 id="live-offers">{t('live')}</h2>
        <Link href="/partner/offers">{t('liveAll')}</Link>
      </div>
      {offers.problem && !offers.rows ? (
        <FailedState problem={offers.problem} onRetry={offers.refresh} />
      ) : null}
      {!offers.rows && !offers.problem ? <SkeletonList rows={3} /> : null}
      {offers.rows?.length === 0 ? (
        <EmptyState
          icon={<Megaphone aria-hidden="true" />}
          title={t('liveEmpty')}
          action={may('offers') ? <NewOfferLink /> : null}
        >
          {t('liveEmptyWhy')}
        </EmptyState>
      ) : null}
      <ul className={css.offers}>
        {offers.rows?.map((offer) => (
          <LiveOffer key={offer.id} offer={offer} />
        ))}
      </ul>
    </Card>
  )
}

function NewOfferLink() {
  const t = useTranslations('partner.offers')
  return (
    <ButtonLink look="primary" href="/partner/offers/edit">
      {t('add')}
    </ButtonLink>
  )
}

function LiveOffer({ offer }: { offer: Offer }) {
  const t = useTranslations('partner')
  const format = useDeskFormat()
  const { budgetMinor, leftMinor, spentMinor, feeMinor } = offer.money
  const share = budgetMinor === 0 ? 0 : (spentMinor + feeMinor) / budgetMinor
  return (
    <li className={css.offer}>
      <span className={layout.spread}>
        <Link href={`/partner/offers/offer?id=${offer.id}`} className={css.title}>
          {offer.draft.title[format.locale]}
        </Link>
        <span className={layout.small}>
          {t('offers.until', { date: format.wallClock(offer.draft.rule.endsAt, 'short') })}
        </span>
      </span>
      <Progress share={share} label={t('offers.used')} />
      <span className={layout.spread}>
        <span className={layout.small}>
          {t('offers.spentNote', {
            share: format.figure(spentMinor + feeMinor),
            budget: format.figure(budgetMinor),
          })}
        </span>
        <span className={layout.small}>
          {t('overview.left', { amount: format.figure(leftMinor) })}
        </span>
      </span>
    </li>
  )
}
