import type { Metadata } from 'next'
import { ReceiptPage } from '../../../../src/operator/receipts/receipt-page.tsx'

export const metadata: Metadata = { title: 'Чек' }

export default function Page() {
  return <ReceiptPage />
}
