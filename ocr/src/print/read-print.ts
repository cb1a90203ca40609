import type { WasmMemory } from '../engine/memory.ts'
import { openPrintReader, type PrintReader } from '../engine/print-reader.ts'
import type { Language, Platform } from '../engine/wasm-modules.ts'
import { fieldsOf } from '../fields/fields.ts'
import { findPhrase } from '../fields/fold.ts'
import { identityOf } from '../fields/identity.ts'
import type { Pass } from '../fields/word.ts'
import { boxBlur, evenLight, type Gray } from '../image/gray.ts'
import { blobsOf, inkOf } from '../image/ink.ts'
import { compose, shift } from '../image/projection.ts'
import { linesOf } from './lines.ts'
import { rereadFigures, rereadLines } from './reread.ts'
import { drawSheet, type Sheet, type Turn } from './sheet.ts'

/** All readings of a sheet. */
export type Print = {
  readonly turn: Turn
  readonly languages: readonly Language[]
  /** The fullest reading first. */
  readonly passes: readonly Pass[]
}

/** How a reading prepares the sheet. */
type Preparation = {
  readonly name: string
  /** Height of capitals, px. */
  readonly capitals: number
  /** Divide by the paper's light, or take the grey as it is. */
  readonly light: 'even' | 'plain'
}

const FIRST: Preparation = { name: 'even 24', capitals: 24, light: 'even' }
const LARGE: Preparation = { name: 'plain 36', capitals: 36, light: 'plain' }
const MIDDLE: Preparation = { name: 'even 30', capitals: 30, light: 'even' }
/** Latin print gains more from another light than from another size: 35 of 36 totals, not 33. */
const PLAIN: Preparation = { name: 'plain 30', capitals: 30, light: 'plain' }

/** Pictures larger than this are drawn smaller: time and memory grow with them. */
const DRAWN_PIXELS_MAX = 4_500_000

function draw(sheet: Sheet, preparation: Preparation, turn: Turn) {
  const factor = preparation.capitals / sheet.capitals
  const pixels = sheet.width * sheet.height * factor * factor
  const shrunk = pixels > DRAWN_PIXELS_MAX ? Math.sqrt(DRAWN_PIXELS_MAX / pixels) : 1
  const { gray, toSheet } = drawSheet(sheet, preparation.capitals * shrunk, turn)
  return { gray: lit(gray, preparation), toSheet }
}

const lit = (gray: Gray, { light, capitals }: Preparation): Gray =>
  light === 'plain' ? gray : evenLight(gray, Math.round(capitals * 1.4))

/** Pieces of ink on a page: the longest receipts have some 8,000, specks of the table included. */
const SPECKS_MAX = 12_000
const SPECK_RADIUS = 14

const isSpeckled = (gray: Gray) =>
  blobsOf(inkOf(gray, SPECK_RADIUS), gray.width, gray.height).length > SPECKS_MAX

/** The picture, softened where it is all specks; null where that does not help: noise, gravel. */
function legible(gray: Gray): Gray | null {
  if (!isSpeckled(gray)) return gray
  const soft = boxBlur(gray, 2)
  return isSpeckled(soft) ? null : soft
}

function readPass(reader: PrintReader, sheet: Sheet, how: Preparation, turn: Turn): Pass {
  const { gray, toSheet } = draw(sheet, how, turn)
  const page = legible(gray)
  // The reader would look for letters in every speck, for minutes.
  const words = page === null ? [] : reader.read(page, { segmentation: 6 })
  const model = reader.languages.join('+')
  return { name: `${model} ${how.name}`, model, lines: linesOf(words, toSheet) }
}

/** Mean confidence of letters and digits, 0–100: the wrong script or way up reads below 45. */
function confidenceOf({ lines }: Pass): number {
  let sum = 0
  let count = 0
  for (const { words } of lines) {
    for (const { text, confidence } of words) {
      sum += confidence * text.length
      count += text.length
    }
  }
  return count === 0 ? 0 : sum / count
}

/** A word of one case, nothing but letters: the other script reads signs and figures into words. */
const CLEAN_WORD = /^(?:\p{Lu}+|\p{Lu}?\p{Ll}+)$/u
const CLEAN_WORD_LETTERS_MIN = 3
/** What a text all of clean words adds to its confidence. */
const CLEAN_GAIN = 20

/** How well a reading reads: its confidence and the share of letters that make clean words. */
function readabilityOf(pass: Pass): number {
  let clean = 0
  let all = 0
  for (const { text } of pass.lines.flatMap(({ words }) => words)) {
    const word = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    if (!/\p{L}/u.test(word)) continue
    all += word.length
    if (word.length >= CLEAN_WORD_LETTERS_MIN && CLEAN_WORD.test(word)) clean += word.length
  }
  return confidenceOf(pass) + CLEAN_GAIN * (all === 0 ? 0 : clean / all)
}

/** Print that is read in its script and the right way up is at least this sure. */
const CONFIDENCE_READ = 52
/** So sure that the other script need not be tried. */
const CONFIDENCE_SURE = 80

/** Opens readers one after another: two at once would hold twice the memory. */
class Readers {
  private open: PrintReader | null = null
  private readonly platform: Platform
  private readonly memory: WasmMemory

  constructor(platform: Platform, memory: WasmMemory) {
    this.platform = platform
    this.memory = memory
  }

  async of(language: Language): Promise<PrintReader | null> {
    if (this.open?.languages[0] === language) return this.open
    this.close()
    this.open = await openPrintReader([language], this.platform, this.memory)
    return this.open
  }

  close(): void {
    this.open?.close()
    this.open = null
  }
}

/** Another script must read this much better: faint print is read badly in both. */
const SCRIPT_LEAD = 6

/** The middle of the sheet: enough lines to tell the script and the way up. */
function middleOf(sheet: Sheet): Sheet {
  const height = Math.min(sheet.height, Math.max(0.3 * sheet.height, 24 * sheet.capitals))
  const top = (sheet.height - height) / 2
  return { ...sheet, toPhoto: compose(sheet.toPhoto, shift(0, top)), height: Math.ceil(height) }
}

const TRIALS = [
  ['rus', 0],
  ['eng', 0],
  ['eng', 180],
  ['rus', 180],
] as const

type Manner = { readonly language: Language; readonly turn: Turn }

/** Which script and which way up read best, by a look at the middle of the sheet. */
async function mannerOf(readers: Readers, sheet: Sheet): Promise<Manner> {
  const middle = middleOf(sheet)
  let best: Manner = { language: 'rus', turn: 0 }
  let bestReadability = -1
  let bestConfidence = -1
  for (const [language, turn] of TRIALS) {
    if (turn === 180 && bestConfidence > CONFIDENCE_READ) break
    const reader = await readers.of(language)
    if (reader === null) continue
    const pass = readPass(reader, middle, FIRST, turn)
    const confidence = confidenceOf(pass)
    const readability = readabilityOf(pass)
    bestConfidence = Math.max(bestConfidence, confidence)
    const lead = language === best.language ? 0 : SCRIPT_LEAD
    if (readability > bestReadability + lead) {
      best = { language, turn }
      bestReadability = readability
    }
    if (confidence > CONFIDENCE_SURE) break
  }
  return best
}

const saysAny = (passes: readonly Pass[], phrases: readonly string[]) =>
  passes
    .flatMap(({ lines }) => lines)
    .some(({ text }) => phrases.some((phrase) => findPhrase(text, phrase) !== null))

const CYRILLIC: readonly Language[] = ['rus', 'ukr', 'srp', 'kaz', 'bel']

/** Words that tell a language from its script's usual one; two of a list are none of another. */
const TELLING: readonly (readonly [script: Language, language: Language, words: string[]])[] = [
  [
    'rus',
    'ukr',
    ['ГОТІВКА', 'ГОТІВКОЮ', 'ФІСКАЛЬНИЙ', 'РЕШТА', 'ПОДАТКУ', 'ДЯКУЄМО', 'ТОВ', 'ГРН', 'СУМА'],
  ],
  ['rus', 'srp', ['ЗА УПЛАТУ', 'ПОРЕЗА', 'РАЧУН']],
  ['rus', 'kaz', ['БАРЛЫҒЫ', 'РАХМЕТ', 'ЖШС', 'ТӨЛЕУГЕ', 'ЖИЫНЫ', 'ТЕҢГЕ', 'ДҮКЕН']],
  ['rus', 'bel', ['УСЯГО', 'ДА АПЛАТЫ', 'НАЯЎНЫМІ', 'РЭШТА']],
  ['eng', 'deu', ['SUMME', 'MWST', 'GMBH', 'STEUERNR', 'ZU ZAHLEN']],
  ['eng', 'por', ['TOTAL A PAGAR', 'CONTRIBUINTE', 'NUMERARIO', 'FATURA']],
  ['eng', 'spa', ['EFECTIVO', 'TARJETA', 'FACTURA SIMPLIFICADA', 'IVA']],
]

/** Languages whose model adds to the first reading: the market's, else by the words it found. */
function furtherLanguages(
  language: Language,
  passes: readonly Pass[],
  market: readonly Language[],
): Language[] {
  const isCyrillic = language === 'rus'
  const given = market.filter((one) => CYRILLIC.includes(one) === isCyrillic && one !== language)
  if (given.length > 0) return given
  const told = TELLING.find(([script, , words]) => script === language && saysAny(passes, words))
  return told === undefined ? [] : [told[1]]
}

/** Characters read of one photo, all readings together: about two milliseconds of CPU each. */
const CHARACTERS_MAX = 3800

const charactersOf = ({ lines }: Pass) => lines.reduce((sum, { text }) => sum + text.length, 0)

/** Whether another reading of the page stays within the time a photo may take. */
function hasRoom(passes: readonly Pass[]): boolean {
  const [page] = passes
  const read = passes.reduce((sum, pass) => sum + charactersOf(pass), 0)
  return page !== undefined && read + charactersOf(page) <= CHARACTERS_MAX
}

/** Two readings of the page and two of the lines that decide. */
const SETTLED_PASSES = 4

type Wanted = {
  /** `YYYY-MM-DD`; no receipt is of a later day. */
  readonly latest: string
  /** Languages of the market; none leaves them to the words of the print. */
  readonly languages?: readonly Language[]
}

/** Whether what is known needs no further reading. */
function isSettled(passes: readonly Pass[], wanted: Wanted): boolean {
  const { totalMinor, date, itemsAddUp, fn, fd, fp } = fieldsOf(passes, wanted)
  const isNumbered = [fn, fd, fp].every(
    (number) => number === null || number.certainty !== 'doubtful',
  )
  return (
    passes.length >= SETTLED_PASSES &&
    totalMinor?.certainty === 'proved' &&
    date?.reason.endsWith('readings_agree') === true &&
    itemsAddUp &&
    isNumbered
  )
}

/** Whether another model looks at the figures: they may prove a receipt, or the total is open. */
function needsFigures(passes: readonly Pass[], wanted: Wanted): boolean {
  const fields = fieldsOf(passes, wanted)
  return identityOf(fields) !== null || fields.totalMinor?.certainty !== 'proved'
}

/**
 * Reads the sheet's print: the script and the way up first, then differently prepared readings and
 * the deciding lines on their own, until the fields are proved or the readings are used up.
 */
export async function readPrint(
  sheet: Sheet,
  platform: Platform,
  memory: WasmMemory,
  wanted: Wanted,
): Promise<Print> {
  const readers = new Readers(platform, memory)
  try {
    const { language, turn } = await mannerOf(readers, sheet)
    const own = await readers.of(language)
    if (own === null) return { turn, languages: [], passes: [] }
    const first = readPass(own, sheet, FIRST, turn)
    const passes = [first, readPass(own, sheet, language === 'rus' ? LARGE : PLAIN, turn)]
    passes.push(...rereadLines(own, sheet, turn, first))
    if (language === 'rus' && !isSettled(passes, wanted) && hasRoom(passes)) {
      passes.push(readPass(own, sheet, MIDDLE, turn))
    }
    const languages = [language]
    for (const next of furtherLanguages(language, passes, wanted.languages ?? [])) {
      if (isSettled(passes, wanted) || !hasRoom(passes)) break
      const reader = await readers.of(next)
      if (reader === null) continue
      languages.push(next)
      passes.push(readPass(reader, sheet, language === 'rus' ? LARGE : FIRST, turn))
      passes.push(...rereadLines(reader, sheet, turn, first))
    }
    if (language === 'rus' && needsFigures(passes, wanted)) {
      const other = await readers.of('eng')
      if (other !== null) passes.push(...rereadFigures(other, sheet, turn, first))
    }
    return { turn, languages, passes }
  } finally {
    readers.close()
  }
}
