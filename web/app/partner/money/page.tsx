import type { Metadata } from 'next'
import { MoneyPage } from '../../../src/partner/money/money-page.tsx'

export const metadata: Metadata = { title: 'Деньги' }

export default function Page() {
  return <MoneyPage />
}
