import type { Metadata } from 'next'
import { OfferPage } from '../../../../src/partner/offers/offer-page.tsx'

export const metadata: Metadata = { title: 'Акция' }

export default function Page() {
  return <OfferPage />
}
