import type { Metadata } from 'next'
import { MarketsPage } from '../../../src/operator/markets/markets-page.tsx'

export const metadata: Metadata = { title: 'Рынки' }

export default function Page() {
  return <MarketsPage />
}
