import type { Metadata } from 'next'
import { PayoutPage } from '../../../../src/operator/payouts/payout-page.tsx'

export const metadata: Metadata = { title: 'Вывод' }

export default function Page() {
  return <PayoutPage />
}
