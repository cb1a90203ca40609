import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { OfferCard } from '#schema/offer'
import { Progress } from '../../ui/states.tsx'
import css from './offers.module.css'

/** What the face of an offer is made of: a published card, or a draft that is being written. */
export type FaceOffer = Pick<
  OfferCard,
  'partnerName' | 'title' | 'rewardText' | 'summary' | 'leftPercent'
>

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

/**
 * How an offer looks to a shopper, without what a shopper may do: the partner's editor shows it
 * too.
 */
export function OfferFace({
  offer,
  heading,
  mark,
}: {
  offer: FaceOffer
  heading: ReactNode
  mark?: ReactNode
}) {
  const t = useTranslations('shop.offer')
  const locale = useLocale()
  return (
    <article className={css.card}>
      <Tile name={offer.partnerName} />
      <div className={css.cardBody}>
        <div className={css.titleRow}>
          <h3 className={css.cardTitle}>{heading}</h3>
          <span className={css.reward}>{offer.rewardText[locale]}</span>
        </div>
        <p className={css.summary}>{offer.summary[locale]}</p>
        <Progress share={offer.leftPercent / 100} label={t('leftLabel')} />
        <div className={css.foot}>
          <span className={css.left}>{t('left', { percent: String(offer.leftPercent) })}</span>
          {mark}
        </div>
      </div>
    </article>
  )
}
