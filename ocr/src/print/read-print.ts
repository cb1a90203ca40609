import type { WasmMemory } from '../engine/memory.ts'
import { openPrintReader, type PrintReader, type RawWord } from '../engine/print-reader.ts'
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

/** Pixels of the sheet drawn so, were there no bound. */
function pixelsOf(sheet: Sheet, { capitals }: Preparation): number {
  const factor = capitals / sheet.capitals
  return sheet.width * sheet.height * factor * factor
}

function draw(sheet: Sheet, preparation: Preparation, turn: Turn) {
  const pixels = pixelsOf(sheet, preparation)
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

/**
 * What reading costs, milliseconds of CPU on one of two busy cores; measured. Work is counted, not
 * timed: workerd's clock stands still while a photo is read, and a busy machine reads the same.
 */
const MS_PER_PIXEL = 0.0003
/** The small Russian model is faster than the others. */
const msPerCharacter = (language: Language | undefined) => (language === 'rus' ? 0.85 : 1.2)
const OPENING_MS = 150

/** All readings of a photo's print; the sheet, its codes and its risks take another second. */
const BUDGET_MS = 7300
/** Sheets of more pixels have more print on them; they may take this much longer at most. */
const BUDGET_PIXELS = 2_500_000
const BUDGET_GROWTH_MAX = 1.6

const budgetOf = ({ width, height }: Sheet) =>
  BUDGET_MS * Math.min(BUDGET_GROWTH_MAX, Math.max(1, (width * height) / BUDGET_PIXELS))

/** What lines on their own may cost beyond it, and what one does, read at two sizes. */
const LINES_MS = 700
const LINE_MS = 80
const LINES_MIN = 4

const lengthOf = (words: readonly RawWord[]) =>
  words.reduce((sum, { text }) => sum + text.length + 1, 0)

/** Opens readers one after another (two at once would hold twice the memory) and counts. */
class Readers {
  private open: PrintReader | null = null
  private readonly platform: Platform
  private readonly memory: WasmMemory
  private readonly budgetMs: number
  private spentMs = 0

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
        this.spentMs += costOf(language, gray.data.length, lengthOf(words))
        return words
      },
    }
    return this.open
  }

  /** How many lines may be read on their own: those of the total always may. */
  linesLeft(): number {
    return Math.max(LINES_MIN, Math.floor((this.budgetMs + LINES_MS - this.spentMs) / LINE_MS))
  }

  /** Whether the budget leaves a reading of the page that has about so many characters. */
  allow(language: Language, sheet: Sheet, how: Preparation, characters: number): boolean {
    const pixels = Math.min(DRAWN_PIXELS_MAX, pixelsOf(sheet, how))
    return this.spentMs + costOf(language, pixels, characters) <= this.budgetMs
  }

  close(): void {
    this.open?.close()
    this.open = null
  }
}

const costOf = (language: Language, pixels: number, characters: number) =>
  MS_PER_PIXEL * pixels + msPerCharacter(language) * characters

/** Another script must read this much better: faint print is read badly in both. */
const SCRIPT_LEAD = 6

/** The middle of the sheet: enough lines to tell the script and the way up. */
function middleOf(sheet: Sheet): Sheet {
  const height = Math.min(sheet.height, Math.max(0.25 * sheet.height, 18 * sheet.capitals))
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

/** A word this long is not another one for a letter misread. */
const LONG_WORD = 8

/** How many of the words a text has, surely and at all. */
function saying(passes: readonly Pass[], words: readonly string[]) {
  const texts = passes.flatMap(({ lines }) => lines.map(({ text }) => text))
  const hits = words.flatMap((word) => {
    const mistakes = texts.flatMap((text) => findPhrase(text, word)?.mistakes ?? [])
    return mistakes.length === 0 ? [] : [word.length >= LONG_WORD ? 0 : Math.min(...mistakes)]
  })
  return { sure: hits.filter((mistakes) => mistakes === 0).length, all: hits.length }
}

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
  const told = TELLING.filter(([script]) => script === language)
    .map(([, one, words]) => ({ one, ...saying(passes, words) }))
    .filter(({ sure, all }) => sure > 0 || all > 1)
    .sort((a, b) => b.sure - a.sure || b.all - a.all)
  return told.slice(0, 1).map(({ one }) => one)
}

const charactersOf = ({ lines }: Pass) => lines.reduce((sum, { text }) => sum + text.length, 0)

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

/** A reading that has less of the first one's text than this has failed. */
const FAILED_SHARE = 0.3

/** One sheet being read: its readings, and what is left to be read of it. */
class Reading {
  readonly passes: Pass[] = []
  readonly languages: Language[] = []
  private readonly readers: Readers
  private readonly sheet: Sheet
  private readonly turn: Turn
  private readonly wanted: Wanted

  constructor(readers: Readers, sheet: Sheet, turn: Turn, wanted: Wanted) {
    this.readers = readers
    this.sheet = sheet
    this.turn = turn
    this.wanted = wanted
  }

  get isSettled(): boolean {
    return isSettled(this.passes, this.wanted)
  }

  /** Reads the page, once more only if the budget allows. False: it does not, or there is no model. */
  async page(language: Language, how: Preparation): Promise<boolean> {
    const [first] = this.passes
    const characters = first === undefined ? 0 : charactersOf(first)
    const isAllowed = this.readers.allow(language, this.sheet, how, characters)
    if (first !== undefined && !isAllowed) return false
    const reader = await this.readers.of(language)
    if (reader === null) return false
    if (!this.languages.includes(language)) this.languages.push(language)
    const pass = readPass(reader, this.sheet, how, this.turn)
    const isFailed = how.light === 'plain' && charactersOf(pass) < FAILED_SHARE * characters
    // A page of uneven light may be taken for a drawing as a whole.
    this.passes.push(
      isFailed ? readPass(reader, this.sheet, { ...how, light: 'even' }, this.turn) : pass,
    )
    return true
  }

  /** Reads the lines that decide on their own. */
  async lines(language: Language): Promise<void> {
    const [first] = this.passes
    const reader = await this.readers.of(language)
    if (reader === null || first === undefined) return
    this.passes.push(...rereadLines(reader, this.sheet, this.turn, first, this.readers.linesLeft()))
  }

  async figures(language: Language): Promise<void> {
    const [first] = this.passes
    const reader = await this.readers.of(language)
    if (reader === null || first === undefined) return
    this.passes.push(
      ...rereadFigures(reader, this.sheet, this.turn, first, this.readers.linesLeft()),
    )
  }
}

/** Latin print: the language's own model makes the second reading, which then differs in kind. */
async function readLatin(reading: Reading, wanted: Wanted): Promise<void> {
  await reading.page('eng', FIRST)
  const [told] = furtherLanguages('eng', reading.passes, wanted.languages ?? [])
  const second = told !== undefined && (await reading.page(told, PLAIN)) ? told : 'eng'
  if (second === 'eng') await reading.page('eng', PLAIN)
  await reading.lines(second)
  if (second !== 'eng' && !reading.isSettled) await reading.page('eng', PLAIN)
}

async function readCyrillic(reading: Reading, wanted: Wanted): Promise<void> {
  await reading.page('rus', FIRST)
  await reading.page('rus', LARGE)
  await reading.lines('rus')
  const told = furtherLanguages('rus', reading.passes, wanted.languages ?? [])
  for (const language of told) {
    if (reading.isSettled || !(await reading.page(language, LARGE))) break
    await reading.lines(language)
  }
  if (!reading.isSettled) await reading.page('rus', MIDDLE)
  if (needsFigures(reading.passes, wanted)) await reading.figures('eng')
}

/**
 * Reads the sheet's print: the script and the way up first, then differently prepared readings and
 * the deciding lines on their own, until the fields are proved or the budget is spent.
 */
export async function readPrint(
  sheet: Sheet,
  platform: Platform,
  memory: WasmMemory,
  wanted: Wanted,
): Promise<Print> {
  const readers = new Readers(platform, memory, budgetOf(sheet))
  try {
    const { language, turn } = await mannerOf(readers, sheet)
    const reading = new Reading(readers, sheet, turn, wanted)
    await (language === 'rus' ? readCyrillic : readLatin)(reading, wanted)
    return { turn, languages: reading.languages, passes: reading.passes }
  } finally {
    readers.close()
  }
}
