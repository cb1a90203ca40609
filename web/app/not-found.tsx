'use client'
import { I18nProvider } from '../src/i18n/provider.tsx'
import { shopWords } from '../src/messages/shop.ts'
import { NotFound } from '../src/ui/not-found.tsx'

/** The page for addresses that do not exist, of any area; exported as 404.html. */
export default function NotFoundPage() {
  return (
    <I18nProvider words={shopWords}>
      <NotFound />
    </I18nProvider>
  )
}
