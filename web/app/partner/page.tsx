import type { Metadata } from 'next'
import { OverviewPage } from '../../src/partner/overview-page.tsx'

export const metadata: Metadata = { title: 'Обзор' }

export default function Page() {
  return <OverviewPage />
}
