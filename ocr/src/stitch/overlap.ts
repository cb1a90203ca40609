import { distance, shapeOf } from '../fields/fold.ts'

/** Where two shots of one receipt show the same lines. */
export type Overlap = {
  /** Indices of lines that stand in both, upper and lower shot, from the top. */
  readonly pairs: readonly (readonly [number, number])[]
  readonly score: number
  /** The lower shot ends before the upper one does: it shows nothing new. */
  readonly isWithin: boolean
  /** All of it is one line repeated: how often it was bought cannot be told from the lines. */
  readonly isUncertain: boolean
}

/** Lines this like each other may be one line, misread twice. */
const LIKENESS_MIN = 0.6
/** Letters of a line that count; a longer one is no stronger proof. */
const LETTERS_COUNTED_MAX = 24
/** What a line costs, a letter, that stands in one shot only. */
const LONE_COST = 0.12
/** Two misread lines of a name and a price reach this; chance does not. */
const SCORE_MIN = 6
const PAIRS_MIN = 2
/** Lines at a shot's edge that may be cut in two or shadowed, and match nothing. */
const EDGE_LINES_MAX = 2
/** One line printed twice, and two goods whose names differ by a number, part here. */
const SAME_LIKENESS = 0.9

const weightOf = (shape: string) => Math.min(shape.length, LETTERS_COUNTED_MAX)

/** 0 to 1; 0 also below the least that is of use. */
function likeness(a: string, b: string): number {
  const length = Math.max(a.length, b.length)
  if (Math.min(a.length, b.length) < 3) return 0
  const limit = Math.floor(length * (1 - LIKENESS_MIN))
  const edits = distance(a, b, limit)
  return edits > limit ? 0 : 1 - edits / length
}

/** Ways to come to a cell of the alignment. */
const START = 0
const PAIR = 1
const UPPER_ALONE = 2
const LOWER_ALONE = 3

/**
 * Aligns the end of the upper shot with the beginning of the lower one, as sequences are assembled:
 * what stands above in the upper and below in the lower is free, a line between that only one of
 * them shows costs. Order keeps repeated goods apart: the third milk meets the third. Null: they
 * show nothing in common.
 */
export function overlapOf(
  upperTexts: readonly string[],
  lowerTexts: readonly string[],
): Overlap | null {
  const upper = upperTexts.map(shapeOf)
  const lower = lowerTexts.map(shapeOf)
  const { scores, ways, width } = align(upper, lower)
  const at = (row: number, column: number) => row * width + column
  let end = { row: upper.length, column: 0 }
  const consider = (row: number, column: number) => {
    if ((scores[at(row, column)] ?? 0) > (scores[at(end.row, end.column)] ?? 0)) {
      end = { row, column }
    }
  }
  for (let column = 0; column <= lower.length; column += 1) consider(upper.length, column)
  for (let row = 0; row <= upper.length; row += 1) consider(row, lower.length)
  const score = scores[at(end.row, end.column)] ?? 0
  const pairs = pairsTo(ways, width, end)
  if (pairs.length < PAIRS_MIN || score < SCORE_MIN) return null
  if (!isOverlap(pairs, upper.length, lower.length)) return null
  const [first = ''] = pairs.map(([index]) => upper[index] ?? '')
  return {
    pairs,
    score,
    isWithin: end.row < upper.length,
    isUncertain: pairs.every(([index]) => likeness(first, upper[index] ?? '') > SAME_LIKENESS),
  }
}

/** It begins at the lower one's top, ends where either ends, and most of it is in both. */
function isOverlap(pairs: Overlap['pairs'], upper: number, lower: number): boolean {
  const [firstUpper, firstLower] = pairs[0] ?? [0, 0]
  const [lastUpper, lastLower] = pairs.at(-1) ?? [0, 0]
  const span = Math.max(lastUpper - firstUpper, lastLower - firstLower) + 1
  const left = Math.min(upper - lastUpper, lower - lastLower) - 1
  return firstLower <= EDGE_LINES_MAX && left <= EDGE_LINES_MAX && 2 * pairs.length > span
}

function align(upper: readonly string[], lower: readonly string[]) {
  const width = lower.length + 1
  const scores = new Float64Array((upper.length + 1) * width)
  const ways = new Uint8Array(scores.length)
  for (let column = 1; column < width; column += 1) {
    scores[column] = (scores[column - 1] ?? 0) - LONE_COST * weightOf(lower[column - 1] ?? '')
    ways[column] = LOWER_ALONE
  }
  for (let row = 1; row <= upper.length; row += 1) {
    const above = upper[row - 1] ?? ''
    for (let column = 1; column < width; column += 1) {
      const below = lower[column - 1] ?? ''
      const at = row * width + column
      const alike = likeness(above, below)
      const gain = (alike - LIKENESS_MIN) * Math.min(weightOf(above), weightOf(below))
      const pair = alike === 0 ? -Infinity : (scores[at - width - 1] ?? 0) + gain
      const upperAlone = (scores[at - width] ?? 0) - LONE_COST * weightOf(above)
      const lowerAlone = (scores[at - 1] ?? 0) - LONE_COST * weightOf(below)
      const best = Math.max(pair, upperAlone, lowerAlone)
      scores[at] = best
      ways[at] = best === pair ? PAIR : best === upperAlone ? UPPER_ALONE : LOWER_ALONE
    }
  }
  return { scores, ways, width }
}

function pairsTo(ways: Uint8Array, width: number, end: { row: number; column: number }) {
  const pairs: [number, number][] = []
  let { row, column } = end
  for (;;) {
    const way = ways[row * width + column] ?? START
    if (way === START) break
    if (way === PAIR) pairs.unshift([row - 1, column - 1])
    if (way !== LOWER_ALONE) row -= 1
    if (way !== UPPER_ALONE) column -= 1
  }
  return pairs
}
