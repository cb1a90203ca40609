import type { Gray } from '../image/gray.ts'
import { BLOCK_SIDE, type BlockArea, type Sign } from './blocks.ts'
import { type Amplitudes, amplitudesOf, FREQUENCIES, QUARTERS } from './frequencies.ts'
import { areaOf } from './glyphs.ts'
import type { Word } from './words.ts'

const COUNT = FREQUENCIES.length
/** Steps of the last saving that are told from the rounding of greys. */
const STEP_MIN = 3
const STEP_MAX = 60
/** Greys are rounded: so far are amplitudes from their steps, and no farther. */
const OFF_STEP_MAX = 0.62
const BINS = 64
/** Bins to each side within which a comb is looked for. */
const REACH = 4
/** So much of the other distribution is in each: one square never decides alone. */
const BLEND = 0.04
const SEEN_MIN = 300
/** A frequency whose bins differ by less, in nepers, is hardly heard. */
const FAINT = 0.03

/**
 * A picture that was saved twice on one grid keeps the marks of both savings in its amplitudes:
 * some steps are common, some are missing. What was set in between lacks the marks of the first
 * (Lin et al. 2009, Bianchi and Piva 2012). How an unmarked picture would look is measured on it,
 * half a square aside. One that was saved once, or made smaller after, shows nothing.
 */
export function savedOtherwise(photo: Gray, words: readonly Word[], factor: number): Sign[] {
  const { left, top, part } = middleOf(photo)
  const onGrid = amplitudesOf(part, 0)
  const doubts = doubtsOf(onGrid, amplitudesOf(part, HALF, 2))
  return words.flatMap(({ glyphs }) => {
    const area = areaOf(glyphs, factor)
    const value = doubtIn(onGrid, doubts, moved(area, -left, -top))
    return value > 0 ? [{ value, areas: [area] }] : []
  })
}

const moved = (area: BlockArea, left: number, top: number): BlockArea => ({
  left: area.left + left,
  top: area.top + top,
  right: area.right + left,
  bottom: area.bottom + top,
})

/** No square says more, in nepers: several have to agree. */
const DOUBT_MAX = 4

/** Evidence of all whole squares of a place, for the root of their number. */
function doubtIn(
  { across, down, isWhole }: Amplitudes,
  doubts: Float32Array,
  { left, top, right, bottom }: BlockArea,
): number {
  let [sum, squares] = [0, 0]
  for (let y = Math.max(0, top); y < Math.min(down, bottom); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(across, right); x += 1) {
      const at = y * across + x
      if (isWhole[at] !== 1) continue
      sum += Math.max(-DOUBT_MAX, Math.min(DOUBT_MAX, doubts[at] as number))
      squares += 1
    }
  }
  return sum / Math.sqrt(Math.max(1, squares))
}

const HALF = BLOCK_SIDE / 2
/** Of larger pictures the middle is looked at, where the receipt is: blocks to a side. */
const SIDE_MAX = 250

function middleOf(photo: Gray): { left: number; top: number; part: Gray } {
  const beyond = (size: number) => Math.max(0, Math.floor(size / BLOCK_SIDE) - SIDE_MAX) >> 1
  const [left, top] = [beyond(photo.width), beyond(photo.height)]
  if (left === 0 && top === 0) return { left, top, part: photo }
  const width = Math.min(photo.width, SIDE_MAX * BLOCK_SIDE)
  const height = Math.min(photo.height, SIDE_MAX * BLOCK_SIDE)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const from = (top * BLOCK_SIDE + y) * photo.width + left * BLOCK_SIDE
    data.set(photo.data.subarray(from, from + width), y * width)
  }
  return { left, top, part: { width, height, data } }
}

/** For each square the evidence that it was not saved before, in nepers. */
function doubtsOf(onGrid: Amplitudes, aside: Amplitudes): Float32Array {
  const doubts = new Float32Array(onGrid.isWhole.length)
  for (let f = 0; f < COUNT; f += 1) {
    const step = stepOf(onGrid, f)
    const told = tableOf(counted(onGrid, f, step), counted(aside, f, step))
    for (let index = 0; index < doubts.length; index += 1) {
      if (onGrid.isWhole[index] !== 1) continue
      const bin = binOf(onGrid.values[index * COUNT + f] as number, step)
      doubts[index] = (doubts[index] as number) + (told[Math.min(BINS - 1, bin)] as number)
    }
  }
  return doubts
}

const binOf = (amplitude: number, step: number) =>
  Math.round(Math.abs(amplitude) / (QUARTERS * step))

/** The step of the last saving: the largest to which all amplitudes keep; 1 when none is told. */
function stepOf({ values, isWhole }: Amplitudes, f: number): number {
  const counts = new Uint32Array(4096)
  for (let index = 0; index < isWhole.length; index += 1) {
    const size = Math.abs(values[index * COUNT + f] as number)
    if (isWhole[index] === 1 && size < counts.length) counts[size] = (counts[size] as number) + 1
  }
  for (let step = STEP_MAX; step >= STEP_MIN; step -= 1) {
    let [off, seen] = [0, 0]
    for (let size = Math.ceil(step * 0.6 * QUARTERS); size < counts.length; size += 1) {
      const count = counts[size] as number
      if (count === 0) continue
      const amplitude = size / QUARTERS
      off += count * (amplitude - step * Math.round(amplitude / step)) ** 2
      seen += count
    }
    if (seen >= SEEN_MIN && Math.sqrt(off / seen) < OFF_STEP_MAX) return step
  }
  return 1
}

function counted({ values, isWhole }: Amplitudes, f: number, step: number): Float64Array {
  const counts = new Float64Array(BINS)
  for (let index = 0; index < isWhole.length; index += 1) {
    if (isWhole[index] !== 1) continue
    const bin = Math.min(BINS - 1, binOf(values[index * COUNT + f] as number, step))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

/** What a bin says, from its share among the bins around: broad differences are the content's. */
function tableOf(marked: Float64Array, bare: Float64Array): Float64Array {
  const told = new Float64Array(BINS)
  let [difference, seen] = [0, 0]
  for (let bin = 1; bin < BINS - 1; bin += 1) {
    let [ofMarked, ofBare] = [0, 0]
    const from = Math.max(1, bin - REACH)
    const to = Math.min(BINS - 2, bin + REACH)
    for (let at = from; at <= to; at += 1) {
      ofMarked += marked[at] as number
      ofBare += bare[at] as number
    }
    if (ofMarked < SEEN_MIN || ofBare < SEEN_MIN) continue
    const share = (marked[bin] as number) / ofMarked
    const expected = (bare[bin] as number) / ofBare
    const bottom = BLEND / (to - from + 1)
    told[bin] = Math.log((expected + bottom) / (share + bottom))
    difference -= (marked[bin] as number) * (told[bin] as number)
    seen += marked[bin] as number
  }
  const mean = Math.max(0, difference / Math.max(1, seen))
  return told.map((nepers) => (nepers * mean) / (mean + FAINT))
}
