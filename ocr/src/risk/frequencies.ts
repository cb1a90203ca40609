import type { Gray } from '../image/gray.ts'
import { BLOCK_SIDE } from './blocks.ts'

/** Low frequencies of a coded square, across and down: the ones that compression leaves. */
export const FREQUENCIES = [
  [1, 0],
  [0, 1],
  [2, 0],
  [1, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [2, 1],
  [3, 0],
  [4, 0],
  [3, 1],
  [2, 2],
  [1, 3],
  [0, 4],
] as const

const ACROSS_MAX = 5

/** The cosine of frequency `u` at pixel `x`, at `u * 8 + x`. */
const COSINES = Float64Array.from({ length: ACROSS_MAX * BLOCK_SIDE }, (_, at) => {
  const [u, x] = [Math.floor(at / BLOCK_SIDE), at % BLOCK_SIDE]
  return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.sqrt(1 / 8) : 0.5)
})

/** Amplitudes of every square of 8 px, in quarters of a grey; a clipped square has none. */
export type Amplitudes = {
  readonly across: number
  readonly down: number
  /** Of square `index`, frequency `f`: at `index * FREQUENCIES.length + f`. */
  readonly values: Int16Array
  /** 1 where no pixel is burnt out: clipping changes what the steps have left. */
  readonly isWhole: Uint8Array
}

export const QUARTERS = 4
/** Pixels of a square that may be burnt out. */
const CLIPPED_MAX = 3

/** Squares counted from (`offset`, `offset`); of their rows one in `every`. */
export function amplitudesOf(photo: Gray, offset: number, every = 1): Amplitudes {
  const across = Math.floor((photo.width - offset) / BLOCK_SIDE)
  const down = Math.floor((photo.height - offset) / BLOCK_SIDE)
  const values = new Int16Array(across * down * FREQUENCIES.length)
  const isWhole = new Uint8Array(across * down)
  const rows = new Float64Array(ACROSS_MAX * BLOCK_SIDE)
  for (let index = 0; index < isWhole.length; index += 1) {
    if (Math.floor(index / across) % every !== 0) continue
    const left = offset + (index % across) * BLOCK_SIDE
    const top = offset + Math.floor(index / across) * BLOCK_SIDE
    if (rowsOf(photo, top * photo.width + left, rows) > CLIPPED_MAX) continue
    isWhole[index] = 1
    for (let f = 0; f < FREQUENCIES.length; f += 1) {
      const [u, v] = FREQUENCIES[f] as readonly [number, number]
      let sum = 0
      for (let y = 0; y < BLOCK_SIDE; y += 1) {
        sum += (COSINES[v * BLOCK_SIDE + y] as number) * (rows[u * BLOCK_SIDE + y] as number)
      }
      values[index * FREQUENCIES.length + f] = Math.round(sum * QUARTERS)
    }
  }
  return { across, down, values, isWhole }
}

/** Transforms the rows of a square; how many of its pixels are burnt out. */
function rowsOf({ width, data }: Gray, from: number, rows: Float64Array): number {
  let clipped = 0
  for (let y = 0; y < BLOCK_SIDE; y += 1) {
    const start = from + y * width
    for (let x = 0; x < BLOCK_SIDE; x += 1) {
      const value = data[start + x] as number
      if (value < 2 || value > 252) clipped += 1
    }
    for (let u = 0; u < ACROSS_MAX; u += 1) {
      let sum = 0
      for (let x = 0; x < BLOCK_SIDE; x += 1) {
        sum += (COSINES[u * BLOCK_SIDE + x] as number) * (data[start + x] as number)
      }
      rows[u * BLOCK_SIDE + y] = sum
    }
  }
  return clipped
}
