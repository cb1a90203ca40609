import jpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import webpFactory from '@jsquash/webp/codec/dec/webp_dec.js'
import type { PhotoHeader } from '../guards/format.ts'
import { type Gray, grayOfRgba, upright } from '../image/gray.ts'
import type { WasmMemory } from './memory.ts'
import { decodePng } from './png.ts'
import type { WasmModules } from './wasm-modules.ts'

type Pixels = { data: Uint8Array; width: number; height: number }

/**
 * The decoders define this class where the platform has none, and theirs holds the memory of the
 * first photo's decoder, tens of megabytes, as long as the isolate lives. Ours holds nothing.
 */
if (!('ImageData' in globalThis)) {
  const held = function ImageData(data: Uint8Array, width: number, height: number): Pixels {
    return { data, width, height }
  }
  Object.defineProperty(globalThis, 'ImageData', { value: held, configurable: true })
}

/**
 * Decodes a photo that passed the guards to grey and turns it upright. The decoder's instance and
 * its colour pixels are gone when this returns. Null: the data is damaged.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  header: PhotoHeader,
  modules: WasmModules,
  memory: WasmMemory,
): Promise<Gray | null> {
  try {
    const gray =
      header.format === 'png'
        ? await decodePng(bytes)
        : await decodeColours(bytes, header.format, modules, memory)
    if (gray === null || gray.width !== header.width || gray.height !== header.height) return null
    memory.note(2 * gray.data.length)
    return upright(gray, header.orientation)
  } catch {
    // Decoders throw on damaged data in ways of their own; all of them mean the same.
    return null
  }
}

async function decodeColours(
  bytes: Uint8Array,
  format: 'jpeg' | 'webp',
  modules: WasmModules,
  memory: WasmMemory,
): Promise<Gray | null> {
  const used: WebAssembly.Memory[] = []
  const options = {
    noInitialRun: true,
    instantiateWasm: memory.hook(modules[format], (own) => used.push(own)),
    print: () => undefined,
    printErr: () => undefined,
  }
  try {
    const decode = await decoderOf(format, options)
    const pixels = greyInstead(() => decode(bytes))
    memory.note(pixels?.data.byteLength)
    return pixels && { width: pixels.width, height: pixels.height, data: pixels.data }
  } finally {
    for (const one of used) memory.forget(one)
    memory.startStage()
  }
}

/** The two glues differ in what they take. */
async function decoderOf(
  format: 'jpeg' | 'webp',
  options: object,
): Promise<(bytes: Uint8Array) => Pixels | null> {
  if (format === 'webp') {
    const webp = await webpFactory(options)
    return (bytes) => webp.decode(bytes)
  }
  const jpeg = await jpegFactory(options)
  return (bytes) => jpeg.decode(bytes, false)
}

/**
 * The decoders hand their colour pixels over as `new Uint8ClampedArray(view)`, a copy of four bytes
 * a pixel beside the one they hold. For the time of the call that name answers with the grey of the
 * view, a byte a pixel: at 12 megapixels 36 MB that an isolate of 128 MB cannot spare.
 */
function greyInstead(decode: () => Pixels | null): Pixels | null {
  const usual = globalThis.Uint8ClampedArray
  const replaced = function greyOf(view: Uint8Array) {
    return grayOfRgba(view)
  }
  Object.defineProperty(globalThis, 'Uint8ClampedArray', {
    value: replaced,
    configurable: true,
    writable: true,
  })
  try {
    return decode()
  } finally {
    Object.defineProperty(globalThis, 'Uint8ClampedArray', {
      value: usual,
      configurable: true,
      writable: true,
    })
  }
}
