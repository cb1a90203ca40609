import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import '../src/styles/base.css'

export const metadata: Metadata = {
  title: { default: 'Копилка', template: '%s · Копилка' },
  icons: { icon: '/icon.svg', apple: '/icon-180.png' },
  robots: { index: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1113' },
  ],
}

/** The frame of the partner and operator pages; the shopper's pages live in `web/pages`. */
export default function StaffLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="ru" suppressHydrationWarning>
      <head>
        <script src="/boot.js" />
      </head>
      <body>{children}</body>
    </html>
  )
}
