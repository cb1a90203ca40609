import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * After the export: writes `out/_headers` for the static assets. Each page gets its own policy with
 * the hashes of its inline scripts, so that `script-src` never needs `unsafe-inline`. The rule for
 * all paths comes first and carries the policy of the 404 page; a page's rule takes it off and sets
 * its own.
 */
const out = path.join(import.meta.dirname, 'out')
/** Limits of the platform's `_headers` file. */
const LINE_CHARS_MAX = 2_000
const RULES_MAX = 100

const INLINE = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g

function policy(hashes: readonly string[]): string {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...hashes.map((hash) => `'sha256-${hash}'`)]
  return [
    "default-src 'self'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "media-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}

/** Hashes of the scripts that the browser would run; data blocks such as JSON are not scripts. */
function inlineHashes(html: string): string[] {
  const hashes = new Set<string>()
  for (const [, attributes = '', code = ''] of html.matchAll(INLINE)) {
    const type = /\btype="([^"]*)"/.exec(attributes)?.[1] ?? ''
    if (type !== '' && type !== 'module' && !/javascript/.test(type)) continue
    hashes.add(createHash('sha256').update(code).digest('base64'))
  }
  return [...hashes]
}

/** `partner/offer.html` is served at `/partner/offer`, `index.html` at `/`. */
function pathOf(file: string): string {
  return `/${file.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1')}`
}

const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.html'))
const rules = [
  rule('/*', [
    `Content-Security-Policy: ${policy(inlineHashes(await page('404.html')))}`,
    'Strict-Transport-Security: max-age=31536000',
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: strict-origin-when-cross-origin',
    'Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy: same-origin',
    'Cross-Origin-Resource-Policy: same-origin',
  ]),
  rule('/_next/static/*', ['Cache-Control: public, max-age=31536000, immutable']),
]
for (const file of files.sort()) {
  if (file === '404.html') continue
  const own = `Content-Security-Policy: ${policy(inlineHashes(await page(file)))}`
  rules.push(rule(pathOf(file), ['! Content-Security-Policy', own]))
}
if (rules.length > RULES_MAX)
  throw new Error(`_headers: ${rules.length} rules, ${RULES_MAX} at most`)
await writeFile(path.join(out, '_headers'), `${rules.join('\n')}\n`)
console.log(`web/out/_headers: ${files.length} pages, ${rules.length} rules`)

function page(file: string): Promise<string> {
  return readFile(path.join(out, file), 'utf8')
}

function rule(matched: string, lines: readonly string[]): string {
  const long = lines.find((line) => line.length > LINE_CHARS_MAX)
  if (long) throw new Error(`_headers: a line of ${long.length} characters for ${matched}`)
  return [matched, ...lines.map((line) => `  ${line}`)].join('\n')
}
