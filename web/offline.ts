import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runBuildCommand } from '@serwist/cli'

/**
 * After the export: builds the service worker with the shopper's pages and everything they load in
 * its precache, so that the app opens, scans and shows what was seen last without a connection. The
 * staff pages are not in it: they are useless offline and large.
 */
const out = path.join(import.meta.dirname, 'out')
const FONTS = /onest-(cyrillic|latin)-wght/
const OTHERS = [
  'boot.js',
  'icon.svg',
  'manifest.webmanifest',
  'manifest.en.webmanifest',
  'zxing/zxing_reader.wasm',
]
const BYTES_MAX = 3_000_000

const pages = (await readdir(path.join(import.meta.dirname, 'pages'), { recursive: true }))
  .filter((name) => /^(?!_|404).*\.tsx$/.test(path.basename(name)))
  .map((name) => name.replace(/\.tsx$/, '.html'))

const files = new Set([...pages, ...OTHERS])
for (const page of pages) await follow(page)

await runBuildCommand({
  watch: false,
  config: {
    swSrc: path.join(import.meta.dirname, 'src/worker/sw.ts'),
    swDest: path.join(out, 'sw.js'),
    globDirectory: out,
    globPatterns: [...files].map((file) => file.replace(/[[\]()!*?{}]/g, '\\$&')),
    // Pages are asked for without `.html`, and each address has a policy of its own.
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) => ({ ...entry, url: pageUrl(entry.url) })),
        warnings: [],
      }),
    ],
    maximumFileSizeToCacheInBytes: BYTES_MAX,
    dontCacheBustURLsMatching: /^_next\/static\//,
    esbuildOptions: { minify: true, format: 'iife', sourcemap: false },
  },
})
console.log(`web/out/sw.js: ${files.size} files to read offline`)

function pageUrl(url: string): string {
  return `/${url.replace(/\.html$/, '').replace(/^index$/, '')}`
}

/** Adds the scripts, styles and fonts that a file names, and what those name in turn. */
async function follow(file: string) {
  const text = await readFile(path.join(out, file), 'utf8')
  const named = text.match(/(?:static\/(?:chunks|media)|\.\.\/media)\/[\w.~-]+\.(?:js|css|woff2)/g)
  for (const name of named ?? []) {
    const asset = `_next/static/${name.replace(/^(static|\.\.)\//, '')}`
    if (files.has(asset) || (asset.endsWith('.woff2') && !FONTS.test(asset))) continue
    files.add(asset)
    if (!asset.endsWith('.woff2')) await follow(asset)
  }
  for (const manifest of text.match(/_next\/static\/[\w-]{10,}\/_\w+Manifest\.js/g) ?? []) {
    files.add(manifest)
  }
}
