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
/** Confidence of words, 0–100: worn print is read with less, however it is read. */
const CLEAR = [80, 96] as const
const WORN = [25, 90] as const

const textOf = (line: PaperLine): string => {
  if ('left' in line) return `${line.left} ${line.right ?? ''}`.trim()
  return 'middle' in line ? line.middle : ''
}

function twinOf(figure: string, random: Random): string {
  if (random.chance(FIGURE_LOST)) return ''
  return random.pick([...(TWINS[figure] ?? figure)])
}

/** Readings of a receipt's lines as tired readers would give them, all of the same paper. */
export function misread(
  lines: readonly PaperLine[],
  readings: number,
  { worn, slips }: Noise,
  random: Random,
): Pass[] {
  const texts = lines.map(textOf).filter((text) => text !== '')
  const wear = texts.map((text) =>
    [...text].map((sign) => (/\d/.test(sign) && random.chance(worn) ? twinOf(sign, random) : null)),
  )
  const read = (sign: string, twin: string | null) => {
    if (!/\d/.test(sign)) return sign
    if (twin !== null && random.chance(WORN_READ_WRONG)) {
      return random.chance(WORN_READ_ALIKE) ? twin : twinOf(sign, random)
    }
    return random.chance(slips) ? twinOf(sign, random) : sign
  }
  return Array.from({ length: readings }, (_, index) => ({
    name: `reading ${index}`,
    lines: texts.map((text, row) => {
      const signs = [...text].map((sign, at) => read(sign, wear[row]?.[at] ?? null))
      const isWorn = wear[row]?.some((twin) => twin !== null) ?? false
      return lineAt(signs.join(''), row, random.int(...(isWorn ? WORN : CLEAR)))
    }),
  }))
}

function lineAt(text: string, row: number, confidence: number) {
  let left = 0
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const box = { left, top: row * 30, right: left + word.length * 12, bottom: row * 30 + 20 }
      left = box.right + 12
      return { text: word, box, confidence }
    })
  return lineOf(words)
}

export type Proofs = {
  readonly readings: number
  readonly proved: number
  /** Seeds of those proved though a part of the identity is not what was printed. */
  readonly wrong: readonly number[]
}

const LATEST = '2026-12-31'

/** Tries to have wrong numbers proved: receipts of Russia, five tired readings each. */
export function tryProofs(count: number, noise: Noise, seed: number): Proofs {
  let proved = 0
  const wrong: number[] = []
  for (let at = seed; at < seed + count; at += 1) {
    const random = new Random(at)
    const { lines, scan } = makeReceipt('ru', random)
    const fields = fieldsOf(misread(lines, 5, noise, random), { latest: LATEST })
    const printed = identityOf(fields)
    if (printed?.isProved !== true || scan === null) continue
    proved += 1
    const { time, totalMinor, fn, i, fp } = printed.scan
    const isSame =
      time === scan.time &&
      totalMinor === scan.totalMinor &&
      fn === scan.fn &&
      i === scan.i &&
      fp === scan.fp
    if (!isSame) wrong.push(at)
  }
  return { readings: count, proved, wrong }
}
