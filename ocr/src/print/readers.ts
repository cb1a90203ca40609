import type { WasmMemory } from '../engine/memory.ts'
import { openPrintReader, type PrintReader, type RawWord } from '../engine/print-reader.ts'
import type { Language, Platform } from '../engine/wasm-modules.ts'
import type { Pass } from '../fields/word.ts'
import type { Gray } from '../image/gray.ts'
import { linesOf } from './lines.ts'
import { type Page, upperPart } from './page.ts'
import type { Sheet } from './sheet.ts'

/**
 * What reading costs, milliseconds of CPU on one of two busy cores; measured. Work is counted, not
 * timed: workerd's clock stands still while a photo is read, and a busy machine reads the same.
 */
const MS_PER_PIXEL = 0.0003
/** Signs read into noise cost several times what letters do: the reader tries all it knows. */
const NOISE_CONFIDENCE = 28
const MS_PER_NOISE = 5
/** The small Russian model is faster than the others. */
const msPerCharacter = (language: Language, confidence: number) =>
  confidence < NOISE_CONFIDENCE ? MS_PER_NOISE : language === 'rus' ? 0.85 : 1.2
/** Before anything was read of a page, its pieces of ink are all that can be counted. */
const MS_PER_MARK = 1.1
const OPENING_MS = 150

/** All readings of a photo's print; the sheet, its codes and its risks take another second. */
const BUDGET_MS = 7300
/** Sheets of more pixels have more print on them; they may take this much longer at most. */
const BUDGET_PIXELS = 2_500_000
const BUDGET_GROWTH_MAX = 1.6

export const budgetOf = ({ width, height }: Pick<Sheet, 'width' | 'height'>) =>
  BUDGET_MS * Math.min(BUDGET_GROWTH_MAX, Math.max(1, (width * height) / BUDGET_PIXELS))

/** What lines on their own may cost beyond it, and what one does, read at two sizes. */
const LINES_MS = 700
const LINE_MS = 80
const LINES_MIN = 4
/** A look that tells the script and the way up. */
const TRIAL_MS = 1000
/** The first reading gets this much, whatever the looks before it have cost. */
const FIRST_MS_MIN = 2000
/** A page may be printed more densely than its middle. */
const DENSER = 1.3

/** What was read: how many signs on how many pixels, and how sure the reader was of them. */
export type Work = {
  readonly pixels: number
  readonly characters: number
  readonly confidence: number
}

const costOf = (language: Language, { pixels, characters, confidence }: Work) =>
  MS_PER_PIXEL * pixels + msPerCharacter(language, confidence) * characters

function workOf({ data }: Gray, words: readonly Scored[]): Work {
  const characters = words.reduce((sum, { text }) => sum + text.length + 1, 0)
  return { pixels: data.length, characters, confidence: confidenceOf(words) }
}

type Scored = Pick<RawWord, 'text' | 'confidence'>

/** Mean confidence of letters and digits, 0–100: the wrong script or way up reads below 45. */
export function confidenceOf(words: readonly Scored[]): number {
  let sum = 0
  let count = 0
  for (const { text, confidence } of words) {
    sum += confidence * text.length
    count += text.length
  }
  return count === 0 ? 0 : sum / count
}

/** The same print on a picture of other size. */
export const workOn = (pixels: number, work: Work): Work => ({ ...work, pixels })

export type PageRead = Pick<Pass, 'lines'> & {
  readonly model: string
  readonly words: readonly RawWord[]
  readonly work: Work
}

/** Opens readers one after another (two at once would hold twice the memory) and counts. */
export class Readers {
  private open: PrintReader | null = null
  private readonly platform: Platform
  private readonly memory: WasmMemory
  private readonly budgetMs: number
  /** Of the look that read best: what it says of noise holds for the page and its lines. */
  private sureness = 100
  /** What the looks may have cost at most, were there noise in place of print. */
  lookedAtMs = 0
  /** Work done so far, as milliseconds of CPU that it is measured to take. */
  spentMs = 0

  constructor(platform: Platform, memory: WasmMemory, budgetMs: number) {
    this.platform = platform
    this.memory = memory
    this.budgetMs = budgetMs
  }

  async of(language: Language): Promise<PrintReader | null> {
    if (this.open?.languages[0] === language) return this.open
    this.close()
    const reader = await openPrintReader([language], this.platform, this.memory)
    this.spentMs += OPENING_MS
    this.open = reader && {
      ...reader,
      read: (gray, options) => {
        const words = reader.read(gray, options)
        this.spentMs += costOf(language, { ...workOf(gray, words), confidence: this.sureness })
        return words
      },
    }
    return this.open
  }

  /** The reader that is open: no other is worth its opening. */
  get current(): PrintReader | null {
    return this.open
  }

  /** A look at a part of a page, the upper rows of it if it has too much ink. */
  async trial(language: Language, page: Page): Promise<PageRead | null> {
    const most = MS_PER_PIXEL * page.gray.data.length + MS_PER_MARK * page.marks
    const part = upperPart(page, TRIAL_MS / most)
    this.lookedAtMs += Math.min(TRIAL_MS, most)
    return this.read(language, part)
  }

  /**
   * The first reading of a page, as much of it from the top as the budget leaves when it is
   * printed, or full of noise, as the part that was looked at.
   */
  async first(language: Language, page: Page, seen: Work): Promise<PageRead | null> {
    const scale = (DENSER * page.gray.data.length) / seen.pixels
    const characters = seen.characters * scale
    const most = costOf(language, { ...seen, pixels: page.gray.data.length, characters })
    const left = Math.max(FIRST_MS_MIN, this.budgetMs - this.spentMs)
    this.sureness = seen.confidence
    return this.read(language, upperPart(page, left / most))
  }

  async read(language: Language, { gray, toSheet }: Page): Promise<PageRead | null> {
    const reader = await this.of(language)
    if (reader === null) return null
    const words = reader.read(gray, { segmentation: 6 })
    const model = reader.languages.join('+')
    return { model, words, lines: linesOf(words, toSheet), work: workOf(gray, words) }
  }

  /** How many lines may be read on their own: those of the total always may. */
  linesLeft(): number {
    return Math.max(LINES_MIN, Math.floor((this.budgetMs + LINES_MS - this.spentMs) / LINE_MS))
  }

  /** Whether the budget leaves a reading like one that was so much work. */
  allow(language: Language, work: Work): boolean {
    const confidence = this.sureness
    return this.spentMs + costOf(language, { ...work, confidence }) <= this.budgetMs
  }

  close(): void {
    this.open?.close()
    this.open = null
  }
}
