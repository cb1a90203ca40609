import path from 'node:path'
import type { NextConfig } from 'next'

const root = path.join(import.meta.dirname, '..')

/**
 * The pages are exported once and served as static files by the Worker (docs/decisions). TypeScript
 * 7 has no JavaScript API, so Next cannot check types: `tsc -p web` does.
 */
const config: NextConfig = {
  output: 'export',
  turbopack: {
    root,
    rules: {
      '**/src/messages/{ru,en}/*.ts': { loaders: ['./messages-loader.mjs'] },
    },
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
}

export default config
