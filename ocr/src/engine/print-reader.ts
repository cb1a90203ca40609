import createCore, { type Core } from 'tesseract.js-core/tesseract-core-simd-lstm.js'
import { type Gray, pgmOf } from '../image/gray.ts'
import type { WasmMemory } from './memory.ts'
import type { Language, Platform } from './wasm-modules.ts'

/** A word as the reader gives it: box in px of the picture given, confidence 0–100. */
export type RawWord = {
  readonly text: string
  readonly confidence: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Line of the reader's own layout: words of one line share it. */
  readonly line: string
}

type PrintOptions = {
  /** 6: one block of lines; 7: a single line. */
  readonly segmentation: 6 | 7 | 4
  readonly whitelist?: string
}

export type PrintReader = {
  readonly languages: readonly Language[]
  read(gray: Gray, options: PrintOptions): RawWord[]
  close(): void
}

/** LSTM only: the legacy engine is worse on receipts and its models are larger. */
const ENGINE_LSTM = 1

/**
 * Opens Tesseract for the languages. One instance holds 16–30 MB; close it before opening the
 * next. Null when this deployment carries none of the models.
 */
export async function openPrintReader(
  languages: readonly Language[],
  platform: Platform,
  memory: WasmMemory,
): Promise<PrintReader | null> {
  memory.startStage()
  const used: WebAssembly.Memory[] = []
  const core: Core = await createCore({
    instantiateWasm: memory.hook(platform.modules.tesseract, (own) => used.push(own)),
    print: () => undefined,
    printErr: () => undefined,
  })
  const carried: Language[] = []
  for (const language of languages) {
    const model = await platform.models(language)
    if (model === null) continue
    core.FS.writeFile(`/${language}.traineddata`, model)
    carried.push(language)
  }
  if (carried.length === 0) return null
  const api = new core.TessBaseAPI()
  if (api.Init('/', carried.join('+'), ENGINE_LSTM) !== 0) {
    throw new Error(`the print reader refuses ${carried.join('+')}`)
  }
  for (const language of carried) core.FS.unlink(`/${language}.traineddata`)
  return {
    languages: carried,
    read(gray, { segmentation, whitelist }) {
      core.FS.writeFile('/input', pgmOf(gray))
      api.SetPageSegMode(segmentation)
      api.SetVariable('user_defined_dpi', '300')
      api.SetVariable('tessedit_char_whitelist', whitelist ?? '')
      api.SetVariable('preserve_interword_spaces', '1')
      if (api.SetImageFile(1, 0) !== 0) throw new Error('the print reader refuses the picture')
      api.Recognize(null)
      memory.note(gray.data.length * 2)
      const words = wordsOfTsv(api.GetTSVText(0))
      core.FS.unlink('/input')
      return words
    },
    close() {
      api.End()
      core.destroy(api)
      for (const one of used) memory.forget(one)
    },
  }
}

const WORD_LEVEL = '5'

/** Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, … */
function wordsOfTsv(tsv: string): RawWord[] {
  return tsv.split('\n').flatMap((row) => {
    const cells = row.split('\t')
    const text = cells[11]?.trim() ?? ''
    if (cells[0] !== WORD_LEVEL || text === '') return []
    const [left = 0, top = 0, width = 0, height = 0] = cells.slice(6, 10).map(Number)
    return {
      text,
      confidence: Number(cells[10]),
      left,
      top,
      right: left + width,
      bottom: top + height,
      line: cells.slice(1, 5).join('.'),
    }
  })
}
