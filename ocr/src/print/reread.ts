import type { PrintReader } from '../engine/print-reader.ts'
import { amountsIn } from '../fields/amounts.ts'
import { datesIn, timeIn } from '../fields/dates.ts'
import { findAny, findPhrase } from '../fields/fold.ts'
import { headerOf } from '../fields/header.ts'
import { CHANGE, PAYMENT, TOTAL_STRONG, TOTAL_WEAK } from '../fields/keywords.ts'
import { type Line, lineOf, type Pass, type Word } from '../fields/word.ts'
import { evenLight } from '../image/gray.ts'
import { compose, scaling, shift, warp } from '../image/projection.ts'
import { linesOf } from './lines.ts'
import { type Sheet, type Turn, turned } from './sheet.ts'

/** Lines read again on their own, at most; each costs 30–80 ms. */
const LINES_MAX = 12
/** Digits and the signs around them: nothing else stands to the right of the word. */
const SIGNS = { sum: '0123456789.,=-', figures: '0123456789.:-/' } as const

/** How far before the first word read of a name its strip begins. */
const NAME_BEFORE_HEIGHTS = 4

type Task = {
  readonly line: Line
  readonly kind: 'sum' | 'date' | 'figures' | 'name'
  /** The words that name the sum. */
  readonly keyword: Word[]
  /** Where the strip begins, px of the sheet: half a letter taken along reads as a digit. */
  readonly from: number
}

const SUMS = [...TOTAL_STRONG, ...TOTAL_WEAK, ...PAYMENT, ...CHANGE]

/** Height of letters at which the strips are drawn: double-size print shrinks to it. */
const STRIP_CAPITALS = [26, 34] as const

/**
 * Reads the lines that decide once more, each on its own: the total (often of double height, which
 * a page of body text garbles), payment and change, and whatever carries the date.
 */
export function rereadLines(
  reader: PrintReader,
  sheet: Sheet,
  turn: Turn,
  pass: Pass,
  linesMost: number,
): Pass[] {
  const tasks = tasksOf(pass).slice(0, Math.min(LINES_MAX, linesMost))
  return STRIP_CAPITALS.map((capitals) => ({
    name: `${reader.languages.join('+')} strip ${capitals}`,
    model: reader.languages.join('+'),
    lines: tasks.flatMap((task) => readStrip(reader, sheet, turn, task, capitals)),
    isStrip: true,
  }))
}

/** Reads the lines that say who sold once more, each on its own. */
export function rereadNames(
  reader: PrintReader,
  sheet: Sheet,
  turn: Turn,
  pass: Pass,
  linesMost: number,
): Pass[] {
  const { retailer, legal } = headerOf([pass])
  const named = new Set([retailer?.box, legal?.box])
  const tasks = pass.lines.flatMap((line): Task[] => {
    // The first word of a name in large letters is taken for a drawing now and then.
    const from = line.box.left - NAME_BEFORE_HEIGHTS * heightOf(line)
    return named.has(line.box) ? [{ line, kind: 'name', keyword: [], from }] : []
  })
  return STRIP_CAPITALS.map((capitals) => ({
    name: `${reader.languages.join('+')} names ${capitals}`,
    model: reader.languages.join('+'),
    lines: tasks
      .slice(0, linesMost)
      .flatMap((task) => readStrip(reader, sheet, turn, task, capitals)),
    isStrip: true,
  }))
}

/**
 * Has the figures that prove a receipt (fiscal numbers, date, time, sums) read by another model,
 * which does not share the mistakes of the first; the words before them stay as first read.
 */
export function rereadFigures(
  reader: PrintReader,
  sheet: Sheet,
  turn: Turn,
  [pass, ...others]: readonly [Pass, ...Pass[]],
  linesMost: number,
): Pass[] {
  const hasDate = (line: Line) => datesIn(line, 'day_first', '9999').length > 0
  // Where the first reading lost the day, another one says on which line it stands.
  const days = pass.lines.some(hasDate) ? [] : others.map(({ lines }) => lines.filter(hasDate))
  const dated = days.find((found) => found.length > 0) ?? []
  const tasks = [...pass.lines, ...dated].flatMap((line): Task[] => {
    const isFiscal = FISCAL.test(line.text)
    if (!isFiscal && !hasDate(line)) return []
    const first = line.words.findIndex(({ text }) => /\d{2}/.test(text))
    const keyword = line.words.slice(0, Math.max(0, first))
    const from = (line.words[first]?.box.left ?? line.box.left) - 0.15 * heightOf(line)
    return [{ line, kind: isFiscal ? 'figures' : 'date', keyword, from }]
  })
  const sums = tasksOf(pass).filter(({ kind }) => kind === 'sum')
  return STRIP_CAPITALS.map((capitals) => ({
    name: `${reader.languages.join('+')} figures ${capitals}`,
    model: reader.languages.join('+'),
    lines: [...tasks, ...sums]
      .slice(0, Math.min(LINES_MAX, linesMost))
      .flatMap((task) => readStrip(reader, sheet, turn, task, capitals)),
    isFigures: true,
  }))
}

function tasksOf(pass: Pass): Task[] {
  const tasks = pass.lines.flatMap((line): { task: Task; rank: number }[] => {
    const strong = findAny(line.text, TOTAL_STRONG)
    const hit = strong ?? findAny(line.text, SUMS)
    const [amount] = amountsIn(line)
    const end = Math.max(hit?.to ?? 0, (amount?.from ?? 0) - 1)
    const isAlone = hit !== null && !/\p{L}{3}/u.test(line.text.slice(end))
    if (isAlone) {
      const keyword = wordsBefore(line, end)
      const from = Math.max(0, ...keyword.map(({ box }) => box.right)) + 0.12 * heightOf(line)
      return [{ task: { line, kind: 'sum', keyword, from }, rank: strong === null ? 2 : 0 }]
    }
    if (!isDateLike(line) && !FISCAL.test(line.text)) return []
    const from = line.box.left - 0.2 * heightOf(line)
    return [{ task: { line, kind: 'date', keyword: [], from }, rank: 1 }]
  })
  return tasks.sort((a, b) => a.rank - b.rank).map(({ task }) => task)
}

/** The till's fiscal numbers, by their words as they are misread: they prove a receipt. */
const FISCAL = new RegExp(
  [
    '(?:^|\\s)[Ф9ЮО#@&$][НДПЛA][ДАA]?\\s?(?:[:№.#N]|\\d).*\\d{4}',
    '(?:ИНН|БИН|БСН|ЖСН|УНП).*\\d{6}',
    '(?:РНМ|ККМ|ПРРО|ПРИЗНАК|БЕЛГІ|ЧЕК\\s?№).*\\d{4}',
    '(?:JIR|ZKI|ZOI|IKOF|NSLF|UID|ATCUD).*\\d{4}',
  ].join('|'),
  'u',
)

function isDateLike(line: Line): boolean {
  const isWorded =
    findPhrase(line.text, 'ДАТА') ?? findPhrase(line.text, 'DATE') ?? findPhrase(line.text, 'DATUM')
  return (
    isWorded !== null ||
    timeIn(line) !== null ||
    /\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}/.test(line.text)
  )
}

function wordsBefore(line: Line, to: number): Word[] {
  let at = 0
  return line.words.filter((word) => {
    const from = at
    at += word.text.length + 1
    return from < to
  })
}

/** One line of the receipt, cut out of the photo, its letters `capitals` px high. */
function readStrip(
  reader: PrintReader,
  sheet: Sheet,
  turn: Turn,
  task: Task,
  capitals: number,
): Line[] {
  const { box } = task.line
  const height = heightOf(task.line)
  const right = task.kind === 'sum' ? sheet.width : box.right + height
  const left = Math.max(0, task.from)
  const top = box.top - 0.3 * height
  const factor = capitals / Math.max(sheet.capitals, 0.72 * height)
  const width = Math.round((right - left) * factor)
  const rows = Math.round(1.6 * height * factor)
  if (width < 20 || rows < 12 || width > 3000) return []
  const toSheet = compose(shift(left, top), scaling(1 / factor))
  const toPhoto = compose(turned(sheet, turn), toSheet)
  const strip = evenLight(warp(sheet.photo, toPhoto, width, rows), Math.round(capitals * 1.4))
  const words = reader.read(strip, {
    segmentation: 7,
    ...(task.kind in SIGNS && { whitelist: SIGNS[task.kind as keyof typeof SIGNS] }),
  })
  const read = linesOf(words, toSheet).flatMap(({ words: found }) => found)
  if (read.length === 0) return []
  const line = lineOf([...task.keyword, ...read])
  return task.kind === 'sum' && amountsIn(line).length === 0 ? [] : [line]
}

const heightOf = ({ box }: Line) => box.bottom - box.top
