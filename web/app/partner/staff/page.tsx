import type { Metadata } from 'next'
import { StaffPage } from '../../../src/partner/staff/staff-page.tsx'

export const metadata: Metadata = { title: 'Сотрудники' }

export default function Page() {
  return <StaffPage />
}
