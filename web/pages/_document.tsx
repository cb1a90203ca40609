import { Head, Html, Main, NextScript } from 'next/document'

/**
 * The frame of every shopper page. `boot.js` is a blocking file: theme and language before paint.
 */
export default function ShopDocument() {
  return (
    <Html lang="ru">
      <Head>
        <script src="/boot.js" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icon-180.png" />
        <meta name="theme-color" content="#faf9f5" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0e1113" media="(prefers-color-scheme: dark)" />
        <meta name="format-detection" content="telephone=no" />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  )
}
