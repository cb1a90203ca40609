import type { Metadata } from 'next'
import { PartnersPage } from '../../../src/operator/partners/partners-page.tsx'

export const metadata: Metadata = { title: 'Партнёры' }

export default function Page() {
  return <PartnersPage />
}
