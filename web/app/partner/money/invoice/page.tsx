import type { Metadata } from 'next'
import { InvoicePage } from '../../../../src/partner/money/invoice-page.tsx'

export const metadata: Metadata = { title: 'Счёт на оплату' }

export default function Page() {
  return <InvoicePage />
}
