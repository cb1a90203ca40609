import type { AppProps } from 'next/app'
import Head from 'next/head'
import type { ReactNode } from 'react'
import { SWRConfig } from 'swr'
import { I18nProvider } from '../src/i18n/provider.tsx'
import { useMarket } from '../src/market.ts'
import { shopWords } from '../src/messages/shop.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { forgetAnswers } from '../src/shop/person.ts'
import { useKeepSending } from '../src/shop/scan/keep-sending.ts'
import { useServiceWorker } from '../src/shop/service-worker.ts'
import { ErrorBoundary } from '../src/ui/error-boundary.tsx'
import { ToastProvider } from '../src/ui/toast.tsx'
import '../src/styles/base.css'

type ShopAppProps = AppProps & { Component: ShopPage }

/** The frame of the shopper's pages. */
export default function ShopApp({ Component, pageProps, router }: ShopAppProps) {
  return (
    <I18nProvider words={shopWords} page={Component.words}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </Head>
      <ToastProvider>
        <MarketAnswers>
          <Background />
          <ErrorBoundary key={router.pathname} onReload={forgetAnswers}>
            <Component {...pageProps} />
          </ErrorBoundary>
        </MarketAnswers>
      </ToastProvider>
    </I18nProvider>
  )
}

/** Every market has its own answers: nothing that was read in one is shown in another. */
function MarketAnswers({ children }: { children: ReactNode }) {
  const { code } = useMarket()
  return (
    <SWRConfig key={code} value={{ provider: () => new Map() }}>
      {children}
    </SWRConfig>
  )
}

/** What goes on whichever page is open: scans that waited are sent, the app is kept for offline. */
function Background() {
  useKeepSending()
  useServiceWorker()
  return null
}
