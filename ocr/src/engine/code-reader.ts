import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { type Gray, pgmOf } from '../image/gray.ts'
import type { Point } from '../image/projection.ts'
import type { WasmMemory } from './memory.ts'
import type { WasmModules } from './wasm-modules.ts'

type CodeFormat = 'qr' | 'pdf417' | 'datamatrix' | 'ean13'

export type FoundCode = {
  readonly format: CodeFormat
  readonly text: string
  /** Corners in the picture that was given, px. */
  readonly corners: readonly Point[]
}

const FORMATS: Readonly<Record<string, CodeFormat>> = {
  QRCode: 'qr',
  PDF417: 'pdf417',
  DataMatrix: 'datamatrix',
  EAN13: 'ean13',
  'EAN-13': 'ean13',
}

export type CodeReader = (gray: Gray, options: ReaderOptions) => Promise<FoundCode[]>

/** One reader for an isolate: zxing keeps its instance, a few megabytes, between photos. */
export function codeReader(modules: WasmModules, memory: WasmMemory): CodeReader {
  prepareZXingModule({
    overrides: { instantiateWasm: memory.hook(modules.zxing) },
    equalityFn: () => false,
  })
  return async (gray, options) => {
    const results = await readBarcodes(pgmOf(gray), { maxNumberOfSymbols: 6, ...options })
    memory.note(gray.data.length * 2)
    return results
      .filter(({ isValid }) => isValid)
      .flatMap(({ format, text, position }) => {
        const known = FORMATS[format]
        const { topLeft, topRight, bottomRight, bottomLeft } = position
        const corners = [topLeft, topRight, bottomRight, bottomLeft]
        return known === undefined ? [] : [{ format: known, text, corners }]
      })
  }
}
