import type { Metadata } from 'next'
import { OffersPage } from '../../../src/partner/offers/offers-page.tsx'

export const metadata: Metadata = { title: 'Акции' }

export default function Page() {
  return <OffersPage />
}
