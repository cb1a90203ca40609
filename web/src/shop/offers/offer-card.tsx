import { BookmarkCheck } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/router'
import { useLocale, useTranslations } from 'use-intl'
import type { OfferCard as Card } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useActivation } from './activation.ts'
import { OfferFace } from './offer-face.tsx'
import css from './offers.module.css'

/** One offer in the list: what it pays, on what, how much is left, and whether it is yours. */
export function OfferCard({ offer, signedIn }: { offer: Card; signedIn: boolean }) {
  const locale = useLocale()
  return (
    <OfferFace
      offer={offer}
      heading={
        <Link className={css.cover} href={`/offer?id=${offer.id}`}>
          {offer.title[locale]}
        </Link>
      }
      mark={<ActivationMark offer={offer} signedIn={signedIn} />}
    />
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
