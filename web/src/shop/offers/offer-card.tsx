import { BookmarkCheck } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/router'
import { useLocale, useTranslations } from 'use-intl'
import type { OfferCard as Card } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Progress } from '../../ui/states.tsx'
import { useActivation } from './activation.ts'
import css from './offers.module.css'

/** The first letters of a brand, in place of a logo. */
export function Tile({ name }: { name: string }) {
  const words = name.replace(/[«»"']/g, '').split(/\s+/)
  const letters = words.slice(0, 2).map((word) => word[0] ?? '')
  return (
    <span className={css.tile} aria-hidden="true">
      {letters.join('').toUpperCase()}
    </span>
  )
}

/** One offer in the list: what it pays, on what, how much is left, and whether it is yours. */
export function OfferCard({ offer, signedIn }: { offer: Card; signedIn: boolean }) {
  const t = useTranslations('shop.offer')
  const locale = useLocale()
  return (
    <article className={css.card}>
      <Tile name={offer.partnerName} />
      <div className={css.cardBody}>
        <div className={css.titleRow}>
          <h3 className={css.cardTitle}>
            <Link className={css.cover} href={`/offer?id=${offer.id}`}>
              {offer.title[locale]}
            </Link>
          </h3>
          <span className={css.reward}>{offer.rewardText[locale]}</span>
        </div>
        <p className={css.summary}>{offer.summary[locale]}</p>
        <Progress share={offer.leftPercent / 100} label={t('leftLabel')} />
        <div className={css.foot}>
          <span className={css.left}>{t('left', { percent: String(offer.leftPercent) })}</span>
          <ActivationMark offer={offer} signedIn={signedIn} />
        </div>
      </div>
    </article>
  )
}

function ActivationMark({ offer, signedIn }: { offer: Card; signedIn: boolean }) {
  const t = useTranslations('shop.offer')
  const format = useFormat()
  const router = useRouter()
  const { activate, busy } = useActivation(offer)
  if (offer.activated) {
    return (
      <Chip tone="mine" icon={<BookmarkCheck aria-hidden="true" />}>
        {t('activated', { date: format.instant(offer.activated.until, 'short') })}
      </Chip>
    )
  }
  return (
    <Button
      small
      pill
      busy={busy}
      aria-label={`${t('activate')}: ${offer.title[format.locale]}`}
      onClick={() => (signedIn ? void activate() : void router.push('/sign-in'))}
    >
      {t('activate')}
    </Button>
  )
}
