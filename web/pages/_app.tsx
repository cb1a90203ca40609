import type { AppProps } from 'next/app'
import Head from 'next/head'
import { I18nProvider } from '../src/i18n/provider.tsx'
import { shopWords } from '../src/messages/shop.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { useKeepSending } from '../src/shop/scan/keep-sending.ts'
import { ToastProvider } from '../src/ui/toast.tsx'
import '../src/styles/base.css'

type ShopAppProps = AppProps & { Component: ShopPage }

/** The frame of the shopper's pages. */
export default function ShopApp({ Component, pageProps }: ShopAppProps) {
  return (
    <I18nProvider words={shopWords} page={Component.words}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </Head>
      <ToastProvider>
        <Sender />
        <Component {...pageProps} />
      </ToastProvider>
    </I18nProvider>
  )
}

/** Sends scans that waited for a connection, whichever page is open. */
function Sender() {
  useKeepSending()
  return null
}
