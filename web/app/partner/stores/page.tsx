import type { Metadata } from 'next'
import { StoresPage } from '../../../src/partner/stores/stores-page.tsx'

export const metadata: Metadata = { title: 'Магазины' }

export default function Page() {
  return <StoresPage />
}
