'use client'
import { useTranslations } from 'use-intl'
import type { OfferPreview } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { Tile } from '../../shop/offers/offer-card.tsx'
import css from '../../shop/offers/offers.module.css'
import { Progress } from '../../ui/states.tsx'
import { usePartner } from '../partner-context.tsx'
import type { DraftInput } from './draft.ts'

/** The shopper's card of the draft, as it will stand in the list. */
export function CardPreview({ values, preview }: { values: DraftInput; preview: OfferPreview }) {
  const t = useTranslations('shop.offer')
  const { partner } = usePartner()
  const { locale } = useFormat()
  return (
    <article className={css.card}>
      <Tile name={partner.name} />
      <div className={css.cardBody}>
        <div className={css.titleRow}>
          <h3 className={css.cardTitle}>{values.title[locale] || '…'}</h3>
          <span className={css.reward}>{preview.rewardText[locale]}</span>
        </div>
        <p className={css.summary}>{preview.summary[locale]}</p>
        <Progress share={1} label={t('leftLabel')} />
        <div className={css.foot}>
          <span className={css.left}>{t('left', { percent: '100' })}</span>
        </div>
      </div>
    </article>
  )
}
