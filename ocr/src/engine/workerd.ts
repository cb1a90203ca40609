import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import webp from '@jsquash/webp/codec/dec/webp_dec.wasm'
import eng from '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'
import tesseract from 'tesseract.js-core/tesseract-core-simd-lstm.wasm'
import zxing from 'zxing-wasm/dist/reader/zxing_reader.wasm'
import rus from '../../models/rus.traineddata.gz'
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

/** Where the models of further markets lie, gzipped: a bucket of R2 or the static assets. */
export type ModelStore = (file: string) => Promise<ReadableStream<BufferSource> | null>

async function unpacked(packed: ReadableStream<BufferSource>): Promise<Uint8Array> {
  const stream = packed.pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/**
 * `rus` and `eng` come with the script. `store` gives `<language>.traineddata.gz` for the rest;
 * without one such a language is read with the model of its script.
 */
export function workerdPlatform(store: ModelStore | null): Platform {
  return {
    modules: { zxing, jpeg, webp, tesseract },
    async models(language) {
      const carried = CARRIED[language]
      if (carried !== undefined) return unpacked(new Blob([carried]).stream())
      const stored = await store?.(`${language}.traineddata.gz`)
      return stored == null ? null : unpacked(stored)
    },
    now: () => performance.now(),
  }
}
