import type { Metadata } from 'next'
import { ImportPage } from '../../../../src/partner/import/import-page.tsx'

export const metadata: Metadata = { title: 'Загрузка товаров' }

export default function Page() {
  return <ImportPage />
}
