import type { PrintReader } from '../engine/print-reader.ts'
import { amountsIn } from '../fields/amounts.ts'
import { timeIn } from '../fields/dates.ts'
import { findAny, findPhrase } from '../fields/fold.ts'
import { CHANGE, PAYMENT, TOTAL_STRONG, TOTAL_WEAK } from '../fields/keywords.ts'
import { type Line, lineOf, type Pass, type Word } from '../fields/word.ts'
import { evenLight } from '../image/gray.ts'
import { compose, scaling, shift, warp } from '../image/projection.ts'
import { linesOf } from './lines.ts'
import { type Sheet, type Turn, turned } from './sheet.ts'

/** Lines read again on their own, at most; each costs 30–80 ms. */
const LINES_MAX = 9
/** Digits and the signs around sums: nothing else stands to the right of the word. */
const SUM_SIGNS = '0123456789.,=-'

type Task = { line: Line; kind: 'sum' | 'date'; keyword: Word[] }

const SUMS = [...TOTAL_STRONG, ...TOTAL_WEAK, ...PAYMENT, ...CHANGE]

/** Height of letters at which the strips are drawn: double-size print shrinks to it. */
const STRIP_CAPITALS = [26, 34] as const

/**
 * Reads the lines that decide once more, each on its own: the total (often of double height, which
 * a page of body text garbles), payment and change, and whatever carries the date.
 */
export function rereadLines(reader: PrintReader, sheet: Sheet, turn: Turn, pass: Pass): Pass[] {
  const tasks = tasksOf(pass).slice(0, LINES_MAX)
  return STRIP_CAPITALS.map((capitals) => ({
    name: `${pass.name} strip ${capitals}`,
    lines: tasks.flatMap((task) => readStrip(reader, sheet, turn, task, capitals)),
    isStrip: true,
  }))
}

function tasksOf(pass: Pass): Task[] {
  const tasks = pass.lines.flatMap((line): { task: Task; rank: number }[] => {
    const strong = findAny(line.text, TOTAL_STRONG)
    const hit = strong ?? findAny(line.text, SUMS)
    const isAlone = hit !== null && !/\p{L}{3}/u.test(line.text.slice(hit.to))
    if (hit !== null && isAlone) {
      const keyword = wordsBefore(line, hit.to)
      return [{ task: { line, kind: 'sum', keyword }, rank: strong === null ? 2 : 0 }]
    }
    if (!isDateLike(line)) return []
    return [{ task: { line, kind: 'date', keyword: [] }, rank: 1 }]
  })
  return tasks.sort((a, b) => a.rank - b.rank).map(({ task }) => task)
}

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
  const height = box.bottom - box.top
  const from = task.kind === 'sum' ? rightOf(task.keyword) : box.left
  const right = task.kind === 'sum' ? sheet.width : box.right + height
  const left = Math.max(0, from - 0.2 * height)
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
    ...(task.kind === 'sum' && { whitelist: SUM_SIGNS }),
  })
  const read = linesOf(words, toSheet).flatMap(({ words: found }) => found)
  if (read.length === 0) return []
  const line = lineOf([...task.keyword, ...read])
  return task.kind === 'sum' && amountsIn(line).length === 0 ? [] : [line]
}

const rightOf = (keyword: readonly Word[]) => Math.max(0, ...keyword.map(({ box }) => box.right))
