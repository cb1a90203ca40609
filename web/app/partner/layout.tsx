import type { Metadata } from 'next'
import { type ReactNode, Suspense } from 'react'
import { PartnerArea } from '../../src/partner/partner-area.tsx'

export const metadata: Metadata = { title: 'Кабинет партнёра' }

export default function PartnerLayout({ children }: { children: ReactNode }) {
  return (
    <PartnerArea>
      <Suspense>{children}</Suspense>
    </PartnerArea>
  )
}
