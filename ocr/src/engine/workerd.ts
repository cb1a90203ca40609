import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import webp from '@jsquash/webp/codec/dec/webp_dec.wasm'
import eng from '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'
import tesseract from 'tesseract.js-core/tesseract-core-simd-lstm.wasm'
import zxing from 'zxing-wasm/dist/reader/zxing_reader.wasm'
import rus from '../../models/rus.traineddata.gz'
import { type ModelStore, storedModels } from './models.ts'
import type { Language, Platform } from './wasm-modules.ts'

/** The platform of the `ocr` Worker: workerd compiles no wasm at run time, it imports modules. */

/**
 * Tesseract's glue asks where its script lies, as on a page or in Node, whichever it takes workerd
 * for. A Worker's script lies nowhere, and its wasm is handed over.
 */
for (const [name, value] of [
  ['location', { href: '' }],
  ['__dirname', '/'],
] as const) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value })
}

/** Models that travel with the script; together with the readers they stay below 8 MB gzip. */
const CARRIED: Partial<Record<Language, ArrayBuffer>> = { rus, eng }

async function unpacked(packed: ArrayBuffer): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** `rus` and `eng` come with the script; the store gives the rest when a receipt asks for it. */
export function workerdPlatform(store: ModelStore): Platform {
  const stored = storedModels(store)
  return {
    modules: { zxing, jpeg, webp, tesseract },
    async models(language) {
      const packed = CARRIED[language] ?? (await stored(language))
      return packed === null ? null : unpacked(packed)
    },
    now: () => performance.now(),
  }
}
