import type { Metadata } from 'next'
import { SalesPage } from '../../../src/partner/sales/sales-page.tsx'

export const metadata: Metadata = { title: 'Продажи' }

export default function Page() {
  return <SalesPage />
}
