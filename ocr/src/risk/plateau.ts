import type { Gray } from '../image/gray.ts'
import { type BlockArea, type EvenBlocks, evenBlocks, type OnSheet, type Sign } from './blocks.ts'

/** Paper is neither in shadow nor burnt out. */
const LIGHT_MIN = 110
const BURNT_MIN = 250

type Patch = { readonly blocks: number; readonly area: BlockArea }

/**
 * Paper of one grey to the last pixel, block beside block: neither light nor paper is that even, a
 * brush is, and compression keeps it so. A picture that has such patches everywhere has them by
 * itself, and in any shape: the value is how many blocks the fullest rectangle holds beyond the
 * next patch, each counting as much as even blocks are rare among light ones.
 */
export function plateau(photo: Gray, isOnSheet: OnSheet): Sign[] {
  const even = evenBlocks(photo, LIGHT_MIN)
  const patches = patchesOf(even).filter(({ area }) => isOnSheet(area))
  const largest = patches[0]?.blocks ?? 0
  const rarity = -Math.log(Math.min(0.95, shareOfEven(even)))
  return patches.slice(0, JUDGED).map(({ blocks, area }, index) => {
    const { left, top, right, bottom } = area
    const fullness = blocks / ((right - left) * (bottom - top))
    const next = index === 0 ? (patches[1]?.blocks ?? 0) : largest
    return { value: rarity * (blocks * fullness ** 2 - next), areas: [area] }
  })
}

/** Patches that may be painted: the largest of all. */
const JUDGED = 2

/** Of blocks of light paper without print, the share that is of one grey. */
function shareOfEven({ grey, papers }: EvenBlocks): number {
  const even = grey.reduce((sum, own) => sum + (own >= LIGHT_MIN ? 1 : 0), 0)
  return (even + 1) / Math.max(50, papers)
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
