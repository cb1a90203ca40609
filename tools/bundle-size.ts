import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * The first load of the shopper's home page: every script that `web/out/index.html` refers to,
 * gzipped. Scripts marked `nomodule` are left out, because no browser that runs the app loads them.
 * The last line is JSON; exits 1 above the limit.
 */
const LIMIT_BYTES = 150_000
const out = path.join(import.meta.dirname, '..', 'web', 'out')

const html = await readFile(path.join(out, 'index.html'), 'utf8')
const scripts: { file: string; gzipBytes: number }[] = []
for (const [tag, file = ''] of html.matchAll(/<script[^>]*\bsrc="([^"]+\.js)"[^>]*>/g)) {
  if (/\bnomodule\b/i.test(tag)) continue
  const code = await readFile(path.join(out, file))
  scripts.push({ file, gzipBytes: gzipSync(code, { level: 9 }).length })
}
const gzipBytes = scripts.reduce((sum, script) => sum + script.gzipBytes, 0)

for (const script of scripts) console.log(`${String(script.gzipBytes).padStart(8)}  ${script.file}`)
console.log(JSON.stringify({ page: '/', scripts: scripts.length, gzipBytes, limit: LIMIT_BYTES }))
if (scripts.length === 0 || gzipBytes > LIMIT_BYTES) process.exitCode = 1
