import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { ProductOffers } from '#schema/offer'
import { query } from '../../api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import css from './scan.module.css'

const SHOWN_MAX = 10

interface ProductSheetProps {
  gtin: string
  onClose: () => void
  /** The way on with the photo that the barcode was found on. */
  children: ReactNode
}

/** A product's barcode is no receipt: it leads to the offers that pay for the product. */
export function ProductSheet({ gtin, onClose, children }: ProductSheetProps) {
  const t = useTranslations('shop.scan')
  const path = `/products/${gtin}/offers${query({ limit: SHOWN_MAX })}`
  const { data, error, mutate } = useApi<ProductOffers>(path)
  const product = data?.product
  return (
    <Dialog title={product?.name ?? t('productTitle')} onClose={onClose}>
      {data ? (
        <Found offers={data} />
      ) : error ? (
        <FailedState problem={error} onRetry={() => void mutate()} />
      ) : (
        <SkeletonList rows={2} height={72} />
      )}
      <p className={css.aside}>{t('productWhy')}</p>
      <DialogActions>
        {children ?? <ButtonLink href="/">{t('toOffers')}</ButtonLink>}
        <Button look="primary" onClick={onClose}>
          {t('again')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Found({ offers: { product, items } }: { offers: ProductOffers }) {
  const t = useTranslations('shop.scan')
  const locale = useLocale()
  if (items.length === 0) return <p>{t(product === null ? 'productUnknown' : 'productNoOffers')}</p>
  return (
    <section aria-label={t('productOffers')}>
      <h3 className={css.heading}>{t('productOffers')}</h3>
      <ul className={css.offers}>
        {items.map((offer) => (
          <li key={offer.id}>
            <Link className={css.offer} href={`/offer?id=${offer.id}`}>
              <strong>{offer.title[locale]}</strong>
              <b className="number">{offer.rewardText[locale]}</b>
              <span>{offer.summary[locale]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
