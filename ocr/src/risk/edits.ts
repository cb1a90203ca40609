import { type Blocks, type Cluster, clustersOf, doubled } from './blocks.ts'

/** A sign of editing: how strong, and where, in blocks. */
export type Sign = { readonly value: number; readonly area: Cluster['area'] | null }

const NOTHING: Sign = { value: 0, area: null }

/** Bare paper varies by its noise only, and is neither shadow nor burnt out. */
const BARE_RANGE_MAX = 40
const LIGHT_MIN = 110
const BURNT_MIN = 247
/** Below this the compression has taken the noise, and its lack says nothing. */
const NOISE_JUDGED_MIN = 1.6
/** So much less than the paper around it is no noise of the same camera. */
const QUIET_SHARE = 0.3
const LEVELS = 8

/** Paper that was painted over: a patch without the noise that paper of that light has elsewhere. */
export function quietPatch(blocks: Blocks): Sign {
  const isBare = (index: number) => {
    const mean = blocks.mean[index] ?? 0
    return mean > LIGHT_MIN && mean < BURNT_MIN && (blocks.range[index] ?? 0) < BARE_RANGE_MAX
  }
  const levels = Array.from({ length: LEVELS }, (): number[] => [])
  const levelOf = (index: number) => Math.floor(((blocks.mean[index] ?? 0) * LEVELS) / 256)
  for (let index = 0; index < blocks.mean.length; index += 1) {
    if (isBare(index)) levels[levelOf(index)]?.push(blocks.noise[index] ?? 0)
  }
  const usual = levels.map((noises) => (noises.length < 30 ? 0 : quantile(noises, 0.3)))
  const isQuiet = (index: number) => {
    const noise = usual[levelOf(index)] ?? 0
    return (
      isBare(index) && noise > NOISE_JUDGED_MIN && (blocks.noise[index] ?? 0) < QUIET_SHARE * noise
    )
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

/** Print set in later: edges steeper than those of the print around it. */
export function sharpPrint(small: Blocks): Sign {
  const blocks = doubled(small)
  const { across, down, range, step } = blocks
  const isPrint = (index: number) => (range[index] ?? 0) > PRINT_RANGE_MIN
  const steepness = (index: number) => (step[index] ?? 0) / Math.max(1, range[index] ?? 1)
  const usual = new Float32Array(Math.ceil(across / AROUND) * Math.ceil(down / AROUND))
  const cellsAcross = Math.ceil(across / AROUND)
  for (let cell = 0; cell < usual.length; cell += 1) {
    const [left, top] = [(cell % cellsAcross) * AROUND, Math.floor(cell / cellsAcross) * AROUND]
    const found: number[] = []
    for (let y = top - AROUND; y < top + 2 * AROUND; y += 1) {
      for (let x = left - AROUND; x < left + 2 * AROUND; x += 1) {
        if (x < 0 || y < 0 || x >= across || y >= down) continue
        if (isPrint(y * across + x)) found.push(steepness(y * across + x))
      }
    }
    usual[cell] = found.length < PRINT_BLOCKS_MIN ? 0 : quantile(found, 0.6)
  }
  const usualAt = (index: number) => {
    const [x, y] = [index % across, Math.floor(index / across)]
    return usual[Math.floor(y / AROUND) * cellsAcross + Math.floor(x / AROUND)] ?? 0
  }
  const isSharp = (index: number) => {
    const around = usualAt(index)
    return isPrint(index) && around > 0 && steepness(index) > SHARP_SHARE * around
  }
  const [largest] = clustersOf(blocks, isSharp)
  if (largest === undefined) return NOTHING
  const { left, top, right, bottom } = largest.area
  const area = { left: 2 * left, top: 2 * top, right: 2 * right, bottom: 2 * bottom }
  return { value: largest.blocks, area }
}

function quantile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0
}
