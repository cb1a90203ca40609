import type { RuScan } from '#schema/receipt'
import { fieldsOf } from '../../ocr/src/fields/fields.ts'
import { identityOf } from '../../ocr/src/fields/identity.ts'
import { lineOf, type Pass } from '../../ocr/src/fields/word.ts'
import { Random } from '../simulate/random.ts'
import type { PaperLine } from './paper.ts'
import { makeReceipt } from './receipt.ts'

/** How a till's print is misread. Shares of the figures printed, 0–1. */
export type Noise = {
  /** Figures worn on the paper: most readings take them for the same other figure. */
  readonly worn: number
  /** Figures that one reading alone gets wrong. */
  readonly slips: number
}

/** What a figure is taken for. */
const TWINS: Readonly<Record<string, string>> = {
  0: '8689О',
  1: '747',
  2: '713',
  3: '895',
  4: '119',
  5: '636',
  6: '850',
  7: '112',
  8: '063',
  9: '048',
}

const WORN_READ_WRONG = 0.8
const WORN_READ_ALIKE = 0.85
const FIGURE_LOST = 0.1

const textOf = (line: PaperLine): string => {
  if ('left' in line) return `${line.left} ${line.right ?? ''}`.trim()
  return 'middle' in line ? line.middle : ''
}

function twinOf(figure: string, random: Random): string {
  if (random.chance(FIGURE_LOST)) return ''
  return random.pick([...(TWINS[figure] ?? figure)])
}

/** Readings of the first model and of the second, as the reader of print has them. */
const MODELS = ['first', 'first', 'first', 'first', 'first', 'second', 'second'] as const

/**
 * Readings of a receipt's lines as tired readers would give them, all of the same paper. Readings
 * of one model take a worn figure for the same other one; the two models do so independently.
 */
function misread(lines: readonly PaperLine[], { worn, slips }: Noise, random: Random): Pass[] {
  const texts = lines.map(textOf).filter((text) => text !== '')
  const isWorn = texts.map((text) =>
    [...text].map((sign) => /\d/.test(sign) && random.chance(worn)),
  )
  const twins = { first: new Map<string, string>(), second: new Map<string, string>() }
  const read = (sign: string, row: number, at: number, model: keyof typeof twins) => {
    if (!/\d/.test(sign)) return sign
    if (isWorn[row]?.[at] && random.chance(WORN_READ_WRONG)) {
      const place = `${row} ${at}`
      const alike = twins[model].get(place) ?? twinOf(sign, random)
      twins[model].set(place, alike)
      return random.chance(WORN_READ_ALIKE) ? alike : twinOf(sign, random)
    }
    return random.chance(slips) ? twinOf(sign, random) : sign
  }
  return MODELS.map((model, index) => ({
    name: `reading ${index}`,
    model,
    lines: texts.map((text, row) =>
      lineAt([...text].map((sign, at) => read(sign, row, at, model)).join(''), row),
    ),
  }))
}

function lineAt(text: string, row: number) {
  let left = 0
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const box = { left, top: row * 30, right: left + word.length * 12, bottom: row * 30 + 20 }
      left = box.right + 12
      return { text: word, box, confidence: 90 }
    })
  return lineOf(words)
}

export type Proofs = {
  readonly readings: number
  readonly proved: number
  /** Seeds of those proved wrongly although a reading had the wrong part as it was printed. */
  readonly wrong: readonly number[]
  /** Seeds of those in which no reading had it: only the authority can tell. */
  readonly alike: readonly number[]
}

const LATEST = '2026-12-31'

/** Tries to have wrong numbers proved: receipts of Russia, five tired readings by one model and two by another. */
export function tryProofs(count: number, noise: Noise, seed: number): Proofs {
  let proved = 0
  const wrong: number[] = []
  const alike: number[] = []
  for (let at = seed; at < seed + count; at += 1) {
    const random = new Random(at)
    const { lines, scan } = makeReceipt('ru', random)
    const passes = misread(lines, noise, random)
    const printed = identityOf(fieldsOf(passes, { latest: LATEST }))
    if (printed?.isProved !== true || !printed.scan || scan === null) continue
    proved += 1
    const read = printed.scan
    const missed = PARTS.filter((part) => String(read[part]) !== String(scan[part]))
    if (missed.length === 0) continue
    const texts = passes.map((pass) => pass.lines.map(({ text }) => text).join('\n'))
    const isTold = missed.some((part) => texts.some((text) => text.includes(printedAs(scan, part))))
    if (isTold) wrong.push(at)
    else alike.push(at)
  }
  return { readings: count, proved, wrong, alike }
}

const PARTS = ['time', 'totalMinor', 'fn', 'i', 'fp'] as const

/** How the till prints a part of the identity, as far as it tells a right reading from a wrong one. */
function printedAs(scan: RuScan, part: (typeof PARTS)[number]): string {
  const [date = '', clock = ''] = scan.time.split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  if (part === 'time') return `${day}.${month}.${year.slice(2)} ${clock}`
  return part === 'totalMinor' ? (scan.totalMinor / 100).toFixed(2) : String(scan[part])
}
