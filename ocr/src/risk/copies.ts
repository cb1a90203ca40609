import type { Gray } from '../image/gray.ts'
import { BLOCK_SIDE, type Blocks, usualNoise } from './blocks.ts'
import type { Sign } from './edits.ts'

/** Corners of print looked at, at most; spread over the picture. */
const CORNERS_MAX = 6_000
/** Half a patch, px. */
const REACH = 7
const PRINT_RANGE_MIN = 70
/** Below this noise two prints of one letter are alike to the last grey anyway. */
const NOISE_JUDGED_MIN = 1.6
/** Mean difference of greys over the noise: of one camera's noise taken twice it is above 1.1. */
const SAME_NOISE = 1
/** A copy is farther away than the letters of a word. */
const AWAY_MIN = 24

type Corner = { readonly x: number; readonly y: number }

/**
 * Patches that are in the picture twice, with their noise: how many corners of print share one
 * shift. A word printed twice differs in its noise, wherever the compression has left some.
 */
export function copiedPatch(photo: Gray, blocks: Blocks): Sign {
  const noise = Math.max(...usualNoise(blocks, 0.5))
  if (noise < NOISE_JUDGED_MIN) return { value: 0, area: null }
  const shifts = new Map<number, Corner[]>()
  for (const alike of buckets(photo, cornersOf(photo, blocks))) {
    for (let one = 0; one < alike.length; one += 1) {
      for (let two = one + 1; two < Math.min(alike.length, one + 40); two += 1) {
        const [a, b] = [alike[one] as Corner, alike[two] as Corner]
        if (Math.hypot(a.x - b.x, a.y - b.y) < AWAY_MIN) continue
        if (difference(photo, a, b) > SAME_NOISE * noise) continue
        const key = (b.y - a.y) * 65_536 + (b.x - a.x)
        shifts.set(key, [...(shifts.get(key) ?? []), a])
      }
    }
  }
  const [most = [], next = []] = [...shifts.values()].sort((a, b) => b.length - a.length)
  if (most.length === 0) return { value: 0, area: null }
  const [xs, ys] = [most.map(({ x }) => x), most.map(({ y }) => y)]
  return {
    // Print without noise repeats in many shifts; whoever copies does it in one.
    value: Math.max(0, most.length - 2 * next.length),
    area: {
      left: Math.floor(Math.min(...xs) / BLOCK_SIDE),
      top: Math.floor(Math.min(...ys) / BLOCK_SIDE),
      right: Math.floor(Math.max(...xs) / BLOCK_SIDE) + 1,
      bottom: Math.floor(Math.max(...ys) / BLOCK_SIDE) + 1,
    },
  }
}

/** Where print turns both ways: the darkest pixel of its neighbourhood, steep around. */
function cornersOf({ width, height, data }: Gray, { across, down, range }: Blocks): Corner[] {
  const corners: Corner[] = []
  let printed = 0
  for (const value of range) if (value > PRINT_RANGE_MIN) printed += 1
  const every = Math.max(1, Math.ceil((3 * printed) / CORNERS_MAX))
  let seen = 0
  for (let row = 1; row < down - 1; row += 1) {
    for (let column = 1; column < across - 1; column += 1) {
      if ((range[row * across + column] ?? 0) <= PRINT_RANGE_MIN) continue
      seen += 1
      if (seen % every !== 0) continue
      for (let y = row * BLOCK_SIDE; y < (row + 1) * BLOCK_SIDE; y += 1) {
        for (let x = column * BLOCK_SIDE; x < (column + 1) * BLOCK_SIDE; x += 1) {
          if (isDarkest(data, width, y * width + x)) corners.push({ x, y })
        }
      }
    }
  }
  return corners.filter(
    ({ x, y }) => x > REACH && y > REACH && x < width - REACH && y < height - REACH,
  )
}

function isDarkest(data: Uint8Array, width: number, at: number): boolean {
  const value = data[at] as number
  for (let dy = -2; dy <= 2; dy += 1) {
    for (let dx = -2; dx <= 2; dx += 1) {
      const other = data[at + dy * width + dx] as number
      if (other < value || (other === value && (dy < 0 || (dy === 0 && dx < 0)))) return false
    }
  }
  return true
}

/** Corners whose surroundings look alike roughly; only those are compared. */
function buckets({ width, data }: Gray, corners: readonly Corner[]): Iterable<Corner[]> {
  const groups = new Map<string, Corner[]>()
  for (const corner of corners) {
    const at = corner.y * width + corner.x
    const middle = data[at] as number
    let key = ''
    for (const [dx, dy] of RING) {
      key += Math.round(((data[at + dy * width + dx] as number) - middle) / 40).toString(16)
    }
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [corner])
    else group.push(corner)
  }
  return groups.values()
}

const RING = [
  [0, -6],
  [6, -3],
  [6, 3],
  [0, 6],
  [-6, 3],
  [-6, -3],
] as const

function difference({ width, data }: Gray, a: Corner, b: Corner): number {
  let sum = 0
  for (let dy = -REACH; dy <= REACH; dy += 1) {
    const [rowA, rowB] = [(a.y + dy) * width + a.x, (b.y + dy) * width + b.x]
    for (let dx = -REACH; dx <= REACH; dx += 1) {
      const off = (data[rowA + dx] as number) - (data[rowB + dx] as number)
      sum += off < 0 ? -off : off
    }
  }
  return sum / (2 * REACH + 1) ** 2
}
