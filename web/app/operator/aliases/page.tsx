import type { Metadata } from 'next'
import { AliasesPage } from '../../../src/operator/aliases/aliases-page.tsx'

export const metadata: Metadata = { title: 'Узнанные строки' }

export default function Page() {
  return <AliasesPage />
}
