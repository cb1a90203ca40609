'use client'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import { Figure, Figures } from '../../desk/figure.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { useQueryId } from '../../desk/use-query-id.ts'
import { ApiProblem } from '../../problem.ts'
import { Chip } from '../../ui/chip.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import { daysLeft, paceShare } from '../runway.ts'
import { OFFER_TONES } from '../tones.ts'
import { useLasts } from '../use-lasts.ts'
import { marketWallNow } from './market-wall.ts'
import { OfferActions } from './offer-actions.tsx'
import { OfferTerms } from './offer-terms.tsx'
import { PacingCard } from './pacing-card.tsx'
import { RedemptionsCard } from './redemptions-card.tsx'
import { useOfferDays } from './use-offer-days.ts'

const FRESH_MS = 5_000

/** "Is this offer worth it?": figures, spending by day, live redemptions. */
export function OfferPage() {
  const t = useTranslations('partner.offers')
  const id = useQueryId()
  const { path } = usePartner()
  const { data, error, mutate } = useApi<Offer>(id ? path(`/offers/${id}`) : null, {
    refreshInterval: FRESH_MS,
  })
  if (!id) {
    return <FailedState problem={missing()} onRetry={() => location.assign('/partner/offers')} />
  }
  if (!data) {
    if (error) return <FailedState problem={error} onRetry={() => mutate()} />
    return <SkeletonList rows={4} height={110} />
  }
  return (
    <>
      <OfferHead offer={data} onChanged={(offer) => mutate(offer, { revalidate: false })} />
      {data.version > 0 ? <OfferFigures offer={data} /> : null}
      {data.version > 0 ? <PacingCard offer={data} /> : null}
      {data.version > 0 ? <RedemptionsCard offerId={data.id} title={t('live')} /> : null}
      <OfferTerms offer={data} />
    </>
  )
}

function missing() {
  return new ApiProblem({ code: 'not_found', status: 404 })
}

function OfferHead({ offer, onChanged }: { offer: Offer; onChanged: (offer: Offer) => void }) {
  const t = useTranslations('partner.offers')
  const states = useTranslations('desk.offerState')
  const format = useDeskFormat()
  const ends = format.wallClock(offer.draft.rule.endsAt, 'short')
  return (
    <PageHead
      title={offer.draft.title[format.locale]}
      question={t('question1')}
      up={{ href: '/partner/offers', label: t('title') }}
      chip={
        <Chip tone={OFFER_TONES[offer.state]}>
          {offer.state === 'published' ? t('until', { date: ends }) : states(offer.state)}
        </Chip>
      }
    >
      <OfferActions offer={offer} onChanged={onChanged} />
    </PageHead>
  )
}

function OfferFigures({ offer }: { offer: Offer }) {
  const t = useTranslations('partner.offers')
  const format = useDeskFormat()
  const days = useOfferDays(offer, 7)
  const { money, redemptions } = offer
  const gone = money.spentMinor + money.feeMinor
  const lasts = useLasts()
  const today = days?.at(-1)
  return (
    <Figures>
      <Figure
        label={t('spent')}
        value={format.figure(gone)}
        note={
          <>
            {t('spentNote', {
              share: format.rate(share(gone, money.budgetMinor)),
              budget: format.figure(money.budgetMinor || offer.draft.budgetMinor),
            })}
            {offer.state === 'published' ? <Pace offer={offer} gone={gone} /> : null}
          </>
        }
      />
      <Figure
        label={t('redemptions')}
        value={format.number(redemptions)}
        note={
          <>
            {t('redemptionsNote', { count: format.number(today?.redemptions ?? 0) })}
            {redemptions > 0 ? (
              <> · {t('price', { amount: format.figure(Math.round(gone / redemptions)) })}</>
            ) : null}
          </>
        }
      />
      <Figure
        label={t('reserved')}
        value={format.figure(money.reservedMinor)}
        note={t('reservedNote')}
      />
      <Figure
        label={t('left')}
        value={format.figure(money.leftMinor)}
        note={lasts(days ? daysLeft(money.leftMinor, days) : null)}
      />
    </Figures>
  )
}

/** A part of a whole in basis points. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part * 10_000) / whole / 100) * 100
}

/** Within a tenth of the even pace is on plan. */
const ON_PLAN = 0.1

function Pace({ offer, gone }: { offer: Offer; gone: number }) {
  const t = useTranslations('partner.offers')
  const format = useDeskFormat()
  const { startsAt, endsAt, timeZone } = offer.draft.rule
  const now = marketWallNow(Date.now(), timeZone)
  const pace = paceShare(gone, offer.money.budgetMinor, startsAt, endsAt, now)
  if (pace === null) return null
  if (Math.abs(pace - 1) <= ON_PLAN) return <> · {t('onPlan')}</>
  return (
    <>
      {' · '}
      {pace > 1
        ? t('ahead', { times: format.number(pace, 1) })
        : t('behind', { share: format.rate(Math.round(pace * 100) * 100) })}
    </>
  )
}
