import type { Metadata } from 'next'
import { PayoutsPage } from '../../../src/operator/payouts/payouts-page.tsx'

export const metadata: Metadata = { title: 'Выводы' }

export default function Page() {
  return <PayoutsPage />
}
