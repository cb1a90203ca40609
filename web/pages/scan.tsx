import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { scanWords } from '../src/messages/pages/scan.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { Scanner } from '../src/shop/scan/scanner.tsx'

const ScanPage: ShopPage = () => {
  const t = useTranslations()
  return (
    <>
      <Head>
        <title>{`${t('shop.scan.title')} · ${t('common.brand')}`}</title>
      </Head>
      <Scanner />
    </>
  )
}

ScanPage.words = scanWords
export default ScanPage
