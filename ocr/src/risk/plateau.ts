import type { Gray } from '../image/gray.ts'
import {
  type BlockArea,
  type EvenBlocks,
  evenBlocks,
  NOTHING,
  type OnSheet,
  type Sign,
} from './blocks.ts'

/** Paper is neither in shadow nor burnt out. */
const LIGHT_MIN = 110
const BURNT_MIN = 250
/** Blocks: what is smaller happens by itself. */
const BLOCKS_MIN = 4

type Patch = { readonly blocks: number; readonly area: BlockArea }

/**
 * Paper of one grey to the last pixel, block beside block: neither light nor paper is that even, a
 * brush is, and compression keeps it so. A picture that has several such patches has them by
 * itself: the value is how often the largest holds the next one.
 */
export function plateau(photo: Gray, isOnSheet: OnSheet): Sign {
  const patches = patchesOf(evenBlocks(photo)).filter(({ area }) => isOnSheet(area))
  const [largest, next] = patches
  if (largest === undefined || largest.blocks < BLOCKS_MIN) return NOTHING
  return { value: largest.blocks / (1 + 2 * (next?.blocks ?? 0)), areas: [largest.area] }
}

/** Patches of blocks of one grey that touch by a side, the largest first. */
function patchesOf({ across, down, grey }: EvenBlocks): Patch[] {
  const seen = new Uint8Array(grey.length)
  const patches: Patch[] = []
  for (let start = 0; start < grey.length; start += 1) {
    const own = grey[start] as number
    if (seen[start] === 1 || own < LIGHT_MIN || own >= BURNT_MIN) continue
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
        const beside = ny * across + nx
        if (nx < 0 || ny < 0 || nx >= across || ny >= down) continue
        if (seen[beside] === 1 || grey[beside] !== own) continue
        seen[beside] = 1
        open.push(beside)
      }
    }
    patches.push({ blocks, area: { left, top, right, bottom } })
  }
  return patches.sort((a, b) => b.blocks - a.blocks)
}
