import type { Metadata } from 'next'
import { ReviewPage } from '../../../src/operator/review/review-page.tsx'

export const metadata: Metadata = { title: 'Проверка' }

export default function Page() {
  return <ReviewPage />
}
