import type { Metadata } from 'next'
import { BankFilePage } from '../../../../src/operator/payouts/bank-file-page.tsx'

export const metadata: Metadata = { title: 'Файл в банк' }

export default function Page() {
  return <BankFilePage />
}
