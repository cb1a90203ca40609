/**
 * What the readers need from the platform. Node compiles the files of the packages, workerd
 * imports them as modules; everything above this port is the same code.
 */
export type WasmModules = {
  readonly zxing: WebAssembly.Module
  readonly jpeg: WebAssembly.Module
  readonly webp: WebAssembly.Module
  readonly tesseract: WebAssembly.Module
}

/** A language of the print reader, by Tesseract's names. */
export type Language = 'rus' | 'eng' | 'deu' | 'ukr' | 'spa' | 'por' | 'srp' | 'kaz' | 'bel'

/** The model of a language, unpacked, or null where this deployment does not carry it. */
type Models = (language: Language) => Promise<Uint8Array | null>

export type Platform = {
  readonly modules: WasmModules
  readonly models: Models
  /** Milliseconds; only for the figures of a reading. */
  readonly now: () => number
  /** What the isolate holds, bytes, wasm memories and pictures among it; where that can be told. */
  readonly heapBytes?: () => number
}
