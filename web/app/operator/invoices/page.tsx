import type { Metadata } from 'next'
import { InvoicesPage } from '../../../src/operator/invoices-page.tsx'

export const metadata: Metadata = { title: 'Входящие платежи' }

export default function Page() {
  return <InvoicesPage />
}
