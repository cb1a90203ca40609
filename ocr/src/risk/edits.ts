import {
  type Blocks,
  type Cluster,
  clustersOf,
  doubled,
  isBare,
  levelOf,
  usualNoise,
} from './blocks.ts'

/** A sign of editing: how strong, and where, in blocks. */
export type Sign = { readonly value: number; readonly area: Cluster['area'] | null }

const NOTHING: Sign = { value: 0, area: null }

/** Below this the compression has taken the noise, and its lack says nothing. */
const NOISE_JUDGED_MIN = 1.6
/** So much less than the paper around it is no noise of the same camera. */
const QUIET_SHARE = 0.3

/** Paper that was painted over: a patch without the noise that paper of that light has elsewhere. */
export function quietPatch(blocks: Blocks): Sign {
  const usual = usualNoise(blocks, 0.3)
  const isQuiet = (index: number) => {
    if (!isBare(blocks, index)) return false
    const noise = usual[levelOf(blocks, index)] ?? 0
    return noise > NOISE_JUDGED_MIN && (blocks.noise[index] ?? 0) < QUIET_SHARE * noise
  }
  const [largest] = clustersOf(blocks, isQuiet)
  return largest === undefined ? NOTHING : { value: largest.blocks, area: largest.area }
}

/** A block with this range of greys carries print. */
const PRINT_RANGE_MIN = 70
/** Neighbours that are judged together: a receipt's lines are of one focus there. */
const AROUND = 12
const PRINT_BLOCKS_MIN = 12
const SHARP_SHARE = 1.55
const STEEPNESS_BINS = 64
const NEIGHBOURS = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const))

/** Print set in later: edges steeper than those of the print around it. */
export function sharpPrint(small: Blocks): Sign {
  const blocks = doubled(small)
  const { across, down, range, step } = blocks
  const isPrint = (index: number) => (range[index] ?? 0) > PRINT_RANGE_MIN
  const steepness = (index: number) => (step[index] ?? 0) / Math.max(1, range[index] ?? 1)
  const cellsAcross = Math.ceil(across / AROUND)
  const cellOf = (index: number) =>
    Math.floor(index / across / AROUND) * cellsAcross + Math.floor((index % across) / AROUND)
  const counts = new Uint32Array(cellsAcross * Math.ceil(down / AROUND) * STEEPNESS_BINS)
  for (let index = 0; index < range.length; index += 1) {
    if (!isPrint(index)) continue
    const bin = Math.min(STEEPNESS_BINS - 1, Math.floor(steepness(index) * STEEPNESS_BINS))
    const at = cellOf(index) * STEEPNESS_BINS + bin
    counts[at] = (counts[at] ?? 0) + 1
  }
  const usual = usualOf(counts, cellsAcross)
  const isSharp = (index: number) => {
    const around = usual[cellOf(index)] ?? 0
    return isPrint(index) && around > 0 && steepness(index) > SHARP_SHARE * around
  }
  const [largest] = clustersOf(blocks, isSharp)
  if (largest === undefined) return NOTHING
  const { left, top, right, bottom } = largest.area
  const area = { left: 2 * left, top: 2 * top, right: 2 * right, bottom: 2 * bottom }
  return { value: largest.blocks, area }
}

/** What six of ten blocks with print stay below, in a cell and its eight neighbours. */
function usualOf(counts: Uint32Array, cellsAcross: number): Float32Array {
  const cells = counts.length / STEEPNESS_BINS
  const usual = new Float32Array(cells)
  const around = new Uint32Array(STEEPNESS_BINS)
  for (let cell = 0; cell < cells; cell += 1) {
    around.fill(0)
    let total = 0
    for (const [dx, dy] of NEIGHBOURS) {
      const x = (cell % cellsAcross) + dx
      const other = cell + dy * cellsAcross + dx
      if (x < 0 || x >= cellsAcross || other < 0 || other >= cells) continue
      for (let bin = 0; bin < STEEPNESS_BINS; bin += 1) {
        const count = counts[other * STEEPNESS_BINS + bin] ?? 0
        around[bin] = (around[bin] ?? 0) + count
        total += count
      }
    }
    if (total < PRINT_BLOCKS_MIN) continue
    let below = 0
    const bin = around.findIndex((count) => {
      below += count
      return below > 0.6 * total
    })
    usual[cell] = (bin + 0.5) / STEEPNESS_BINS
  }
  return usual
}
