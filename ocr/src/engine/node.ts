import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'
import { modelPath } from './models.ts'
import type { Language, Platform, WasmModules } from './wasm-modules.ts'

/** The platform of the command line and of the tests: files of the installed packages. */

const require = createRequire(import.meta.url)

const compiled = async (file: string) =>
  new WebAssembly.Module(await readFile(require.resolve(file)))

async function wasmModules(): Promise<WasmModules> {
  const [zxing, jpeg, webp, tesseract] = await Promise.all([
    compiled('zxing-wasm/reader/zxing_reader.wasm'),
    compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
    compiled('@jsquash/webp/codec/dec/webp_dec.wasm'),
    compiled('tesseract.js-core/tesseract-core-simd-lstm.wasm'),
  ])
  return { zxing, jpeg, webp, tesseract }
}

const packedModel = (language: Language) =>
  language === 'rus'
    ? readFile(new URL('../../models/rus.traineddata.gz', import.meta.url))
    : readFile(require.resolve(`@tesseract.js-data/${modelPath(language)}`))

/** Like the Worker it keeps no model unpacked. `heapBytes` weighs the isolate that reads. */
export async function nodePlatform(heapBytes?: () => number): Promise<Platform> {
  return {
    modules: await wasmModules(),
    models: async (language) => gunzipSync(await packedModel(language)),
    now: () => performance.now(),
    ...(heapBytes && { heapBytes }),
  }
}
