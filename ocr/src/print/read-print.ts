import type { WasmMemory } from '../engine/memory.ts'
import type { Language, Platform } from '../engine/wasm-modules.ts'
import { fieldsOf } from '../fields/fields.ts'
import { identityOf } from '../fields/identity.ts'
import type { Pass } from '../fields/word.ts'
import { furtherLanguages } from './languages.ts'
import { type Manner, mannerOf } from './manner.ts'
import { FIRST, LARGE, MIDDLE, PLAIN, type Preparation, pageOf, pixelsOf } from './page.ts'
import { budgetOf, Readers, type Work, workOn } from './readers.ts'
import { rereadFigures, rereadLines, rereadNames } from './reread.ts'
import type { Sheet, Turn } from './sheet.ts'

/** All readings of a sheet. */
export type Print = {
  readonly turn: Turn
  readonly languages: readonly Language[]
  /** The fullest reading first. */
  readonly passes: readonly Pass[]
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

/**
 * Whether another model looks at the figures: they may prove a receipt, the total is open, or only
 * a part of the fiscal numbers was read.
 */
function needsFigures(passes: readonly Pass[], wanted: Wanted): boolean {
  const fields = fieldsOf(passes, wanted)
  const { fn, fd, fp, numbers, totalMinor } = fields
  const isNumbered = numbers.length > 0 || [fn, fd, fp].some((number) => number !== null)
  return isNumbered || identityOf(fields) !== null || totalMinor?.certainty !== 'proved'
}

/** A reading that has less of the first one's text than this has failed. */
const FAILED_SHARE = 0.3

/** The company and the sign. */
const NAME_LINES_MAX = 2

/** One sheet being read: its readings, and what is left to be read of it. */
class Reading {
  readonly passes: Pass[] = []
  readonly languages: Language[] = []
  private readonly readers: Readers
  private readonly sheet: Sheet
  private readonly turn: Turn
  private readonly wanted: Wanted
  /** How much there was to read: on the part looked at, then on the page. */
  private work: Work

  constructor(readers: Readers, sheet: Sheet, { turn, seen }: Manner, wanted: Wanted) {
    this.readers = readers
    this.sheet = sheet
    this.turn = turn
    this.work = seen
    this.wanted = wanted
  }

  get isSettled(): boolean {
    return isSettled(this.passes, this.wanted)
  }

  /** Settled, and what may prove the receipt has been read twice by each model. */
  get isProvable(): boolean {
    if (!this.isSettled) return false
    const printed = identityOf(fieldsOf(this.passes, this.wanted))
    return printed === null || printed.isProved
  }

  /** Reads the page, once more only if the budget allows. False: it does not, or there is no model. */
  async page(language: Language, how: Preparation): Promise<boolean> {
    const isFirst = this.passes.length === 0
    const again = workOn(pixelsOf(this.sheet, how), this.work)
    if (!isFirst && !this.readers.allow(language, again)) return false
    const pass = await this.read(language, how)
    if (pass === null) return false
    if (!this.languages.includes(language)) this.languages.push(language)
    const least = isFirst ? 0 : FAILED_SHARE * this.work.characters
    // A page of uneven light may be taken for a drawing as a whole.
    const isFailed = how.light === 'plain' && charactersOf(pass) < least
    const even = isFailed ? await this.read(language, { ...how, light: 'even' }) : null
    this.passes.push(even ?? pass)
    return true
  }

  private async read(language: Language, how: Preparation): Promise<Pass | null> {
    const page = pageOf(this.sheet, how, this.turn)
    if (page === null) return null
    const isFirst = this.passes.length === 0
    const read = isFirst
      ? await this.readers.first(language, page, this.work)
      : await this.readers.read(language, page)
    if (read === null) return null
    const { model, lines, work } = read
    const pass = { name: `${model} ${how.name}`, model, lines }
    if (isFirst) this.work = { ...work, characters: charactersOf(pass) }
    return pass
  }

  /** Reads the lines that decide on their own. */
  async lines(language: Language): Promise<void> {
    const [first] = this.passes
    const reader = await this.readers.of(language)
    if (reader === null || first === undefined) return
    this.passes.push(...rereadLines(reader, this.sheet, this.turn, first, this.readers.linesLeft()))
  }

  /** Reads who sold on its own: last, as it settles nothing that is paid. */
  names(): void {
    const [first] = this.passes
    const reader = this.readers.current
    if (reader === null || first === undefined) return
    this.passes.push(...rereadNames(reader, this.sheet, this.turn, first, NAME_LINES_MAX))
  }

  async figures(language: Language): Promise<void> {
    const [first, ...others] = this.passes
    const reader = await this.readers.of(language)
    if (reader === null || first === undefined) return
    const pages = others.filter(({ isStrip }) => isStrip === undefined)
    const linesLeft = this.readers.linesLeft()
    this.passes.push(...rereadFigures(reader, this.sheet, this.turn, [first, ...pages], linesLeft))
  }
}

/** Latin print: the language's own model makes the second reading, which then differs in kind. */
async function readLatin(reading: Reading, wanted: Wanted): Promise<void> {
  await reading.page('eng', FIRST)
  const [told] = furtherLanguages('eng', reading.passes, wanted.languages ?? [])
  const second = told !== undefined && (await reading.page(told, PLAIN)) ? told : 'eng'
  if (second === 'eng') await reading.page('eng', PLAIN)
  await reading.lines(second)
  if (second !== 'eng' && !reading.isProvable) await reading.page('eng', PLAIN)
  reading.names()
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
  reading.names()
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
    const manner = await mannerOf(readers, sheet)
    if (manner === null) return { turn: 0, languages: [], passes: [] }
    const reading = new Reading(readers, sheet, manner, wanted)
    await (manner.language === 'rus' ? readCyrillic : readLatin)(reading, wanted)
    return { turn: manner.turn, languages: reading.languages, passes: reading.passes }
  } finally {
    readers.close()
  }
}
