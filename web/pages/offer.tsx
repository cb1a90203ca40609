import { useLocale, useTranslations } from 'use-intl'
import type { OfferCard } from '#schema/offer'
import { OfferPage } from '../src/shop/offers/offer-page.tsx'
import { useQueryId } from '../src/shop/query-id.ts'
import { useMe } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { useApi } from '../src/use-api.ts'

/** `/offer?id=…` */
export default function OfferRoute() {
  const t = useTranslations('shop.offer')
  const locale = useLocale()
  const id = useQueryId()
  const { data: me } = useMe()
  const { data: offer } = useApi<OfferCard>(id ? `/offers/${id}` : null)
  return (
    <Shell title={offer?.title[locale] ?? t('title')} back="/">
      <OfferPage id={id} signedIn={me?.kind === 'shopper'} />
    </Shell>
  )
}
