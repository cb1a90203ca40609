import type { Metadata } from 'next'
import { UnknownStoresPage } from '../../../src/operator/stores/stores-page.tsx'

export const metadata: Metadata = { title: 'Неизвестные магазины' }

export default function Page() {
  return <UnknownStoresPage />
}
