import type { Metadata } from 'next'
import { type ReactNode, Suspense } from 'react'
import { OperatorArea } from '../../src/operator/operator-area.tsx'

export const metadata: Metadata = { title: 'Рабочее место оператора' }

export default function OperatorLayout({ children }: { children: ReactNode }) {
  return (
    <OperatorArea>
      <Suspense>{children}</Suspense>
    </OperatorArea>
  )
}
