import type { Metadata } from 'next'
import { LogPage } from '../../../src/operator/log-page.tsx'

export const metadata: Metadata = { title: 'Журнал' }

export default function Page() {
  return <LogPage />
}
