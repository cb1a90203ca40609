'use client'
import type { OfferPreview } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { OfferFace } from '../../shop/offers/offer-face.tsx'
import { usePartner } from '../partner-context.tsx'
import type { DraftInput } from './draft.ts'

/** The shopper's card of the draft, as it will stand in the list. */
export function CardPreview({ values, preview }: { values: DraftInput; preview: OfferPreview }) {
  const { partner } = usePartner()
  const { locale } = useFormat()
  const { rewardText, summary } = preview
  return (
    <OfferFace
      offer={{
        partnerName: partner.name,
        title: values.title,
        rewardText,
        summary,
        leftPercent: 100,
      }}
      heading={values.title[locale] || '…'}
    />
  )
}
