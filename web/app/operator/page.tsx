import type { Metadata } from 'next'
import { TodayPage } from '../../src/operator/today-page.tsx'

export const metadata: Metadata = { title: 'Сегодня' }

export default function Page() {
  return <TodayPage />
}
