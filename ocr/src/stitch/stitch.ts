import { type Overlap, overlapOf } from './overlap.ts'

/** A line of the whole receipt: where it was taken from, indices from 0. */
export type StitchedLine = { readonly shot: number; readonly line: number }

/** A line that two shots show: `[shot, line]` of each. */
type SeenTwice = readonly [upper: StitchedLine, lower: StitchedLine]

export type StitchReason =
  /** At least one shot has no line in common with the one above: something may be missing. */
  | 'shots_do_not_overlap'
  /** They were taken in another order than the receipt is printed. */
  | 'shots_reordered'
  /** The overlap is one line repeated: its count may be wrong. */
  | 'shots_overlap_uncertain'

export type Stitched = {
  /** Shots from the top of the receipt. */
  readonly order: readonly number[]
  readonly lines: readonly StitchedLine[]
  readonly seenTwice: readonly SeenTwice[]
  readonly reasons: readonly StitchReason[]
}

/**
 * Lines of several shots of one receipt, top to bottom each, → the lines of the receipt, every one
 * once. The shots are taken in the order given unless another one overlaps better. Pure.
 */
export function stitch(shots: readonly (readonly string[])[]): Stitched {
  const order = orderOf(shots)
  const lines: StitchedLine[] = []
  const seenTwice: SeenTwice[] = []
  const reasons = new Set<StitchReason>()
  for (const shot of order) {
    const all = (shots[shot] ?? []).map((_, line) => ({ shot, line }))
    if (lines.length === 0) {
      lines.push(...all)
      continue
    }
    const texts = lines.map((one) => shots[one.shot]?.[one.line] ?? '')
    const overlap = overlapOf(texts, shots[shot] ?? [])
    if (overlap === null) {
      reasons.add('shots_do_not_overlap')
      lines.push(...all)
      continue
    }
    if (overlap.isUncertain) reasons.add('shots_overlap_uncertain')
    for (const [above, below] of overlap.pairs) {
      const [upper, lower] = [lines[above], all[below]]
      if (upper && lower) seenTwice.push([upper, lower])
    }
    if (overlap.isWithin) continue
    if (shot < (lines.at(-1)?.shot ?? 0)) reasons.add('shots_reordered')
    const [above, below] = seamOf(overlap)
    lines.splice(above + 1, lines.length, ...all.slice(below + 1))
  }
  return { order, lines, seenTwice, reasons: [...reasons] }
}

/** Both shots are at their worst at their edges: the seam goes through the middle. */
function seamOf({ pairs }: Overlap): readonly [number, number] {
  return pairs[pairs.length >> 1] ?? [-1, -1]
}

/** The order given when all shots follow upon each other in it, else the one that overlaps most. */
function orderOf(shots: readonly (readonly string[])[]): number[] {
  const given = shots.map((_, shot) => shot)
  const known = new Map<string, Overlap | null>()
  const linkOf = (upper: number, lower: number): Overlap | null => {
    const key = `${upper} ${lower}`
    const link = known.get(key) ?? overlapOf(shots[upper] ?? [], shots[lower] ?? [])
    known.set(key, link)
    return link
  }
  const follows = (order: readonly number[]) =>
    order.slice(1).map((shot, place) => linkOf(order[place] ?? 0, shot)?.score ?? 0)
  if (follows(given).every((score) => score > 0)) return given
  // What another shot shows wholly has no place of its own; of two alike the first one has.
  const isWithin = (shot: number, other: number): boolean => linkOf(other, shot)?.isWithin ?? false
  const within = given.filter((shot) =>
    given.some(
      (other) =>
        other !== shot && isWithin(shot, other) && (other < shot || !isWithin(other, shot)),
    ),
  )
  let best = given.filter((shot) => !within.includes(shot))
  let bestScore = scoreOf(follows(best))
  for (const order of permutations(best)) {
    const score = scoreOf(follows(order))
    if (score <= bestScore) continue
    best = order
    bestScore = score
  }
  return [...best, ...within]
}

/** How many follow upon each other counts first. */
const scoreOf = (scores: readonly number[]) =>
  scores.reduce((sum, score) => sum + (score > 0 ? 10_000 + score : 0), 0)

function* permutations(shots: readonly number[]): Generator<number[]> {
  if (shots.length <= 1) yield [...shots]
  for (const [place, shot] of shots.entries()) {
    const rest = shots.filter((_, other) => other !== place)
    if (rest.length > 0) for (const tail of permutations(rest)) yield [shot, ...tail]
  }
}
