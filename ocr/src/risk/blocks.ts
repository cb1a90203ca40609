import type { Gray } from '../image/gray.ts'

/** Side of a block, px at full size: a digit of a receipt is two or three of them high. */
export const BLOCK_SIDE = 8

/** What was measured of every whole block of a picture, rows from the top. */
export type Blocks = {
  readonly across: number
  readonly down: number
  readonly mean: Float32Array
  readonly least: Uint8Array
  /** Lightest less darkest. */
  readonly range: Uint8Array
  /** Mean distance of a pixel from its four neighbours: the noise, where nothing is printed. */
  readonly noise: Float32Array
  /** The steepest step between neighbours along the row. */
  readonly step: Uint8Array
}

/** One pass over the picture; every second pixel speaks for its neighbour. */
export function blocksOf({ width, height, data }: Gray): Blocks {
  const across = Math.floor(width / BLOCK_SIDE)
  const down = Math.floor(height / BLOCK_SIDE)
  const count = across * down
  const blocks = {
    across,
    down,
    mean: new Float32Array(count),
    least: new Uint8Array(count),
    range: new Uint8Array(count),
    noise: new Float32Array(count),
    step: new Uint8Array(count),
  }
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      measure(data, width, row, column, blocks)
    }
  }
  return blocks
}

/** The rim of a block is left to its neighbours' sums: its pixels have all their neighbours. */
function measure(data: Uint8Array, width: number, row: number, column: number, out: Blocks): void {
  let [sum, noise, least, most, steepest, count] = [0, 0, 255, 0, 0, 0]
  for (let dy = 1; dy < BLOCK_SIDE - 1; dy += 1) {
    const start = (row * BLOCK_SIDE + dy) * width + column * BLOCK_SIDE
    for (let at = start + 1 + (dy & 1); at < start + BLOCK_SIDE - 1; at += 2) {
      const value = data[at] as number
      const left = data[at - 1] as number
      const right = data[at + 1] as number
      const around = left + right + (data[at - width] as number) + (data[at + width] as number)
      const off = 4 * value - around
      noise += off < 0 ? -off : off
      sum += value
      count += 1
      if (value < least) least = value
      if (value > most) most = value
      const one = value > left ? value - left : left - value
      const two = value > right ? value - right : right - value
      if (one > steepest) steepest = one
      if (two > steepest) steepest = two
    }
  }
  const index = row * out.across + column
  out.mean[index] = sum / count
  out.least[index] = least
  out.range[index] = most - least
  out.noise[index] = noise / (4 * count)
  out.step[index] = steepest
}

/** Bare paper varies by its noise only, and is neither in shadow nor burnt out. */
const BARE_RANGE_MAX = 40
const LIGHT_MIN = 110
const BURNT_MIN = 247

export function isBare({ mean, range }: Blocks, index: number): boolean {
  const light = mean[index] as number
  return light > LIGHT_MIN && light < BURNT_MIN && (range[index] as number) < BARE_RANGE_MAX
}

const LEVELS = 8
const NOISE_BINS = 512
const BIN_OF_NOISE = 32
const BLOCKS_JUDGED_MIN = 60

export const levelOf = ({ mean }: Blocks, index: number) =>
  Math.floor(((mean[index] as number) * LEVELS) / 256)

/**
 * The noise that a share of the bare paper stays below, by how light the paper is; 0 where there is
 * too little of it. A count of noises takes the place of sorting them.
 */
export function usualNoise(blocks: Blocks, share: number): number[] {
  const counts = Array.from({ length: LEVELS }, () => new Uint32Array(NOISE_BINS))
  const totals = new Uint32Array(LEVELS)
  for (let index = 0; index < blocks.mean.length; index += 1) {
    if (!isBare(blocks, index)) continue
    const level = levelOf(blocks, index)
    const bin = Math.min(NOISE_BINS - 1, Math.floor((blocks.noise[index] ?? 0) * BIN_OF_NOISE))
    const ofLevel = counts[level]
    if (ofLevel !== undefined) ofLevel[bin] = (ofLevel[bin] ?? 0) + 1
    totals[level] = (totals[level] ?? 0) + 1
  }
  return counts.map((ofLevel, level) => {
    const total = totals[level] ?? 0
    if (total < BLOCKS_JUDGED_MIN) return 0
    let below = 0
    const bin = ofLevel.findIndex((count) => {
      below += count
      return below >= share * total
    })
    return bin / BIN_OF_NOISE
  })
}

/** Blocks of twice the side, as far as print is judged by them. */
export function doubled({ across, down, least, range, step }: Blocks) {
  const out = {
    across: across >> 1,
    down: down >> 1,
    range: new Uint8Array((across >> 1) * (down >> 1)),
    step: new Uint8Array((across >> 1) * (down >> 1)),
  }
  for (let index = 0; index < out.range.length; index += 1) {
    const from = 2 * Math.floor(index / out.across) * across + 2 * (index % out.across)
    let [darkest, lightest, steepest] = [255, 0, 0]
    for (let part = 0; part < 4; part += 1) {
      const at = from + (part >> 1) * across + (part & 1)
      const dark = least[at] as number
      darkest = Math.min(darkest, dark)
      lightest = Math.max(lightest, dark + (range[at] as number))
      steepest = Math.max(steepest, step[at] as number)
    }
    out.range[index] = lightest - darkest
    out.step[index] = steepest
  }
  return out
}

/** A run of neighbouring blocks that share something. */
export type Cluster = { readonly blocks: number; readonly area: BlockArea }

/** In blocks, the far edges not included. */
export type BlockArea = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Groups of blocks that touch by a side, the largest first. */
export function clustersOf(
  { across, down }: Pick<Blocks, 'across' | 'down'>,
  isIn: (index: number) => boolean,
): Cluster[] {
  const seen = new Uint8Array(across * down)
  const clusters: Cluster[] = []
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 1 || !isIn(start)) continue
    const open = [start]
    seen[start] = 1
    let [left, top, right, bottom, blocks] = [across, down, 0, 0, 0]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const [x, y] = [index % across, Math.floor(index / across)]
      blocks += 1
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x + 1)
      bottom = Math.max(bottom, y + 1)
      for (const [nx, ny] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ] as const) {
        const next = ny * across + nx
        if (nx < 0 || ny < 0 || nx >= across || ny >= down || seen[next] === 1) continue
        seen[next] = 1
        if (isIn(next)) open.push(next)
      }
    }
    clusters.push({ blocks, area: { left, top, right, bottom } })
  }
  return clusters.sort((a, b) => b.blocks - a.blocks)
}
