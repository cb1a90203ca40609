import type { Metadata } from 'next'
import { ForgeriesPage } from '../../../src/operator/forgeries/forgeries-page.tsx'

export const metadata: Metadata = { title: 'Подозрения' }

export default function Page() {
  return <ForgeriesPage />
}
