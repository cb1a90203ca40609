import { BookmarkCheck, CalendarClock, TagIcon } from 'lucide-react'
import { useRouter } from 'next/router'
import { useLocale, useTranslations } from 'use-intl'
import type { OfferCard as Card } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState, FailedState, Notice, Progress, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useActivation } from './activation.ts'
import { Tile } from './offer-face.tsx'
import css from './offers.module.css'

/** One offer in full: reward, rule in sentences, shops, what is left, and the fine print. */
export function OfferPage({ id, signedIn }: { id: string | null | undefined; signedIn: boolean }) {
  const t = useTranslations('shop.offer')
  const { data: offer, error, mutate } = useApi<Card>(id ? `/offers/${id}` : null)
  const gone = id === null || error?.status === 404
  if (gone) {
    return (
      <EmptyState
        icon={<TagIcon aria-hidden="true" />}
        title={t('gone')}
        action={
          <ButtonLink look="primary" href="/">
            {t('toOffers')}
          </ButtonLink>
        }
      >
        {t('goneWhy')}
      </EmptyState>
    )
  }
  if (error && !offer) return <FailedState problem={error} onRetry={() => void mutate()} />
  if (!offer) return <SkeletonList rows={4} height={84} />
  return (
    <div className={css.page}>
      <Hero offer={offer} />
      <Terms offer={offer} />
      <Where offer={offer} />
      <FinePrint offer={offer} />
      <Activate offer={offer} signedIn={signedIn} />
    </div>
  )
}

function Hero({ offer }: { offer: Card }) {
  const t = useTranslations('shop.offer')
  const format = useFormat()
  return (
    <section className={css.section}>
      <div className={css.hero}>
        <Tile name={offer.partnerName} />
        <div>
          <p className={css.heroReward}>{offer.rewardText[format.locale]}</p>
          <p className={css.summary}>{offer.summary[format.locale]}</p>
        </div>
      </div>
      <div>
        <Progress share={offer.leftPercent / 100} label={t('leftLabel')} />
      </div>
      <div className={css.foot}>
        <span className={css.left}>{t('left', { percent: String(offer.leftPercent) })}</span>
        <Chip icon={<CalendarClock aria-hidden="true" />}>
          {t('ends', { date: format.wallClock(offer.endsAt, 'moment') })}
        </Chip>
      </div>
    </section>
  )
}

function Terms({ offer }: { offer: Card }) {
  const t = useTranslations('shop.offer')
  const locale = useLocale()
  return (
    <section className={css.section}>
      <h2>{t('rules')}</h2>
      <ul className={css.terms}>
        {offer.terms[locale].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}

function Where({ offer }: { offer: Card }) {
  const t = useTranslations('shop.offer')
  return (
    <section className={css.section}>
      <h2>{t('where')}</h2>
      {offer.retailers ? (
        <div className={css.shops}>
          {offer.retailers.map((retailer) => (
            <Chip key={retailer.id}>{retailer.name}</Chip>
          ))}
        </div>
      ) : (
        <p>{t('everywhere')}</p>
      )}
    </section>
  )
}

function FinePrint({ offer }: { offer: Card }) {
  const t = useTranslations('shop.offer')
  const { legal } = offer
  return (
    <details className={css.fine}>
      <summary>{t('finePrint')}</summary>
      <dl>
        <dt>{t('organiser')}</dt>
        <dd>{legal.organiser}</dd>
        <dt>{t('advertiser')}</dt>
        <dd>{legal.advertiserTaxNumber}</dd>
        <dt>{t('adToken')}</dt>
        <dd>{legal.adToken}</dd>
      </dl>
      {legal.rulesUrl ? (
        <p>
          <a href={legal.rulesUrl} target="_blank" rel="noopener noreferrer">
            {t('fullRules')}
          </a>
        </p>
      ) : null}
    </details>
  )
}

function Activate({ offer, signedIn }: { offer: Card; signedIn: boolean }) {
  const t = useTranslations('shop.offer')
  const format = useFormat()
  const router = useRouter()
  const { activate, busy } = useActivation(offer)
  if (offer.activated) {
    return (
      <Notice tone="mine" icon={<BookmarkCheck size={20} aria-hidden="true" />}>
        {t('activatedMore', {
          amount: format.amount(offer.activated.reservedMinor),
          date: format.instant(offer.activated.until, 'day'),
        })}
      </Notice>
    )
  }
  const required = offer.activation === 'required'
  return (
    <div className={css.sticky}>
      <p className={css.summary}>{required ? t('activationRequired') : t('activationOptional')}</p>
      <Button
        look="primary"
        wide
        busy={busy}
        onClick={() =>
          signedIn
            ? void activate()
            : void router.push(`/sign-in?next=${encodeURIComponent(router.asPath)}`)
        }
      >
        {required ? t('activate') : t('activateFor')}
      </Button>
    </div>
  )
}
