import type { Metadata } from 'next'
import { ReceiptsPage } from '../../../src/operator/receipts/receipts-page.tsx'

export const metadata: Metadata = { title: 'Чеки' }

export default function Page() {
  return <ReceiptsPage />
}
