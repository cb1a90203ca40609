import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * Before the pages are built: puts the QR reader's WebAssembly among the public files, so that it comes
 * from our own origin. Taken from the reader's own dependency tree, so that code and binary match.
 */
const here = import.meta.dirname
const own = createRequire(path.join(here, 'package-anchor.js'))
const detector = createRequire(own.resolve('barcode-detector/ponyfill'))
const wasm = detector.resolve('zxing-wasm/reader/zxing_reader.wasm')
const target = path.join(here, 'public', 'zxing', 'zxing_reader.wasm')

await mkdir(path.dirname(target), { recursive: true })
const [wanted, present] = await Promise.all([readFile(wasm), readFile(target).catch(() => null)])
if (!present?.equals(wanted)) {
  await copyFile(wasm, `${target}.part`)
  await rename(`${target}.part`, target)
}
console.log(`web/public/zxing: ${wanted.length} bytes of WebAssembly`)
