import type { Metadata } from 'next'
import { BooksPage } from '../../../src/operator/books/books-page.tsx'

export const metadata: Metadata = { title: 'Книги' }

export default function Page() {
  return <BooksPage />
}
