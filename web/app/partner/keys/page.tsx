import type { Metadata } from 'next'
import { KeysPage } from '../../../src/partner/keys/keys-page.tsx'

export const metadata: Metadata = { title: 'Ключи касс' }

export default function Page() {
  return <KeysPage />
}
