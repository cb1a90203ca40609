import jpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import * as pngCodec from '@jsquash/png/codec/pkg/squoosh_png.js'
import webpFactory from '@jsquash/webp/codec/dec/webp_dec.js'
import type { PhotoHeader } from '../guards/format.ts'
import { type Gray, grayOfRgba, upright } from '../image/gray.ts'
import type { WasmMemory } from './memory.ts'
import type { WasmModules } from './wasm-modules.ts'

type Pixels = { data: Uint8ClampedArray; width: number; height: number }

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
  const used: WebAssembly.Memory[] = []
  let pixels: Pixels | null = null
  try {
    pixels = await decodeColours(bytes, header, modules, memory, used)
  } catch {
    return null
  } finally {
    memory.note(pixels?.data.byteLength)
    for (const one of used) memory.forget(one)
  }
  if (pixels === null) return null
  if (pixels.width !== header.width || pixels.height !== header.height) return null
  return upright(grayOfRgba(pixels.data, pixels.width, pixels.height), header.orientation)
}

async function decodeColours(
  bytes: Uint8Array,
  { format }: PhotoHeader,
  modules: WasmModules,
  memory: WasmMemory,
  used: WebAssembly.Memory[],
): Promise<Pixels | null> {
  if (format === 'png') {
    const { memory: own } = pngCodec.initSync(modules.png)
    memory.hold(own)
    used.push(own)
    return pngCodec.decode(bytes)
  }
  const instantiateWasm = memory.hook(modules[format], (own) => used.push(own))
  const options = { noInitialRun: true, instantiateWasm }
  const quiet = { print: () => undefined, printErr: () => undefined }
  if (format === 'webp') return (await webpFactory({ ...options, ...quiet })).decode(bytes)
  return (await jpegFactory({ ...options, ...quiet })).decode(bytes, false)
}
