import type { Metadata } from 'next'
import { ProductsPage } from '../../../src/partner/products/products-page.tsx'

export const metadata: Metadata = { title: 'Товары' }

export default function Page() {
  return <ProductsPage />
}
