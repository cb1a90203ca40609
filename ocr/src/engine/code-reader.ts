import {
  prepareZXingModule,
  purgeZXingModule,
  type ReaderOptions,
  readBarcodes,
} from 'zxing-wasm/reader'
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

/** The text itself: by default marks of goods come rewritten for people, with brackets. */
const AS_ENCODED: ReaderOptions = { maxNumberOfSymbols: 6, textMode: 'Plain' }

export type CodeReader = (gray: Gray, options: ReaderOptions) => Promise<FoundCode[]>

/** A linear memory never shrinks: one that a large photo has grown is given up after it. */
const KEPT_BYTES_MAX = 28 * 1_048_576

/** One reader for an isolate: zxing keeps its instance, 17 MB, between photos. */
export function codeReader(modules: WasmModules, memory: WasmMemory): CodeReader {
  let own: WebAssembly.Memory | null = null
  const prepare = () =>
    prepareZXingModule({
      overrides: {
        instantiateWasm: memory.hook(modules.zxing, (used) => {
          own = used
        }),
      },
      equalityFn: () => false,
    })
  const giveUp = (used: WebAssembly.Memory) => {
    purgeZXingModule()
    memory.forget(used)
    own = null
    prepare()
  }
  prepare()
  return async (gray, options) => {
    const results = await readBarcodes(pgmOf(gray), { ...AS_ENCODED, ...options })
    memory.note(gray.data.length * 2)
    if (own !== null && own.buffer.byteLength > KEPT_BYTES_MAX) giveUp(own)
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
