import type { Metadata } from 'next'
import { OrganisationPage } from '../../../src/partner/organisation-page.tsx'

export const metadata: Metadata = { title: 'Организация' }

export default function Page() {
  return <OrganisationPage />
}
