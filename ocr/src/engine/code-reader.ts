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

/**
 * One reader for an isolate. Its memory never shrinks: after a photo it is given up, 17–60 MB that
 * the next decoder and the readers of print need; another instance takes 3 ms.
 */
export function codeReader(modules: WasmModules, memory: WasmMemory) {
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
  prepare()
  const read: CodeReader = async (gray, options) => {
    const results = await readBarcodes(pgmOf(gray), { ...AS_ENCODED, ...options })
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
  const giveUp = () => {
    if (own === null) return
    purgeZXingModule()
    memory.forget(own)
    own = null
    prepare()
  }
  return { read, giveUp }
}
