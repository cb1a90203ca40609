import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * Before the pages are built: puts the QR reader's WebAssembly among the public files, so that it
 * comes from our own origin. Taken from the reader's own dependency tree, so that code and binary
 * match.
 */
const here = import.meta.dirname
const own = createRequire(path.join(here, 'package-anchor.js'))
const detector = createRequire(own.resolve('barcode-detector/ponyfill'))
const wasm = detector.resolve('zxing-wasm/reader/zxing_reader.wasm')
const target = path.join(here, 'public', 'zxing', 'zxing_reader.wasm')

const bytes = await put(wasm, target)
console.log(`web/public/zxing: ${bytes} bytes of WebAssembly`)

/** The API reference page shows the Worker's contract with Swagger UI, from our own origin too. */
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  const from = own.resolve(`swagger-ui-dist/${name}`)
  await put(from, path.join(here, 'public', 'reference', name))
}

/** Copies a file unless the same bytes are there; never leaves half of it. */
async function put(from: string, to: string): Promise<number> {
  await mkdir(path.dirname(to), { recursive: true })
  const [wanted, present] = await Promise.all([readFile(from), readFile(to).catch(() => null)])
  if (!present?.equals(wanted)) {
    await copyFile(from, `${to}.part`)
    await rename(`${to}.part`, to)
  }
  return wanted.length
}
