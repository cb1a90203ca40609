import type { AppProps } from 'next/app'
import Head from 'next/head'
import { I18nProvider } from '../src/i18n/provider.tsx'
import { shopWords } from '../src/messages/shop.ts'
import { ToastProvider } from '../src/ui/toast.tsx'
import '../src/styles/base.css'

/** The frame of the shopper's pages. */
export default function ShopApp({ Component, pageProps }: AppProps) {
  return (
    <I18nProvider words={shopWords}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </Head>
      <ToastProvider>
        <Component {...pageProps} />
      </ToastProvider>
    </I18nProvider>
  )
}
