import type { PictureHash } from '#schema/picture-hash'
import { blank, type Gray } from '../image/gray.ts'
import { findPaper } from '../image/paper.ts'
import type { Point } from '../image/projection.ts'

const SIDE = 32
const COARSE_SIDE = 8
const FINE_SIDE = 16

/** Of the discrete cosine transform: wave by place. */
const COSINES = Float64Array.from({ length: COARSE_SIDE * SIDE }, (_, at) =>
  Math.cos(((2 * (at % SIDE) + 1) * Math.floor(at / SIDE) * Math.PI) / (2 * SIDE)),
)

/** The upright picture's hash; of its paper alone where the paper stands out. */
export function pictureHash(photo: Gray): PictureHash {
  const cells = cellsOf(photo, areaOf(photo))
  return { coarse: coarseOf(cells), fine: fineOf(cells) }
}

type Area = { left: number; top: number; right: number; bottom: number }

const SMALL_SIDE = 240
/** Share of the edges that may lie outside: specks, a finger, a hem. */
const OUTSIDE = 0.015

/**
 * Where the print is, px of the photo: cutting the margins of a picture does not change it. On the
 * paper where one stands out, else in all of the picture.
 */
function areaOf(photo: Gray): Area {
  const factor = Math.max(1, Math.ceil(Math.max(photo.width, photo.height) / SMALL_SIDE))
  const small = thumbnail(photo, factor)
  const outline = findPaper(small)?.outline ?? []
  const paper = outline.length < 8 ? whole(small) : boundsOf(outline)
  const across = new Float64Array(small.width)
  const down = new Float64Array(small.height)
  const right = Math.min(small.width - 1, Math.floor(paper.right))
  const bottom = Math.min(small.height, Math.floor(paper.bottom))
  for (let y = Math.ceil(paper.top); y < bottom; y += 1) {
    for (let x = Math.ceil(paper.left) + 1; x < right; x += 1) {
      const at = y * small.width + x
      const edge = Math.abs((small.data[at + 1] ?? 0) - (small.data[at - 1] ?? 0))
      across[x] = (across[x] ?? 0) + edge * edge
      down[y] = (down[y] ?? 0) + edge * edge
    }
  }
  const [left, end] = middle(across)
  const [top, last] = middle(down)
  const print = { left, right: end, top, bottom: last }
  const found = end - left < 8 || last - top < 8 ? paper : print
  return {
    left: found.left * factor,
    right: found.right * factor,
    top: found.top * factor,
    bottom: found.bottom * factor,
  }
}

/** Every pixel of it the mean of 16 of the photo's: a tenth of the time of all of them. */
function thumbnail({ width, height, data }: Gray, factor: number): Gray {
  const out = blank(Math.floor(width / factor), Math.floor(height / factor), 0)
  const step = factor / 4
  for (let y = 0; y < out.height; y += 1) {
    for (let x = 0; x < out.width; x += 1) {
      let sum = 0
      for (let part = 0; part < 16; part += 1) {
        const row = Math.floor(y * factor + (part >> 2) * step)
        sum += data[row * width + Math.floor(x * factor + (part & 3) * step)] as number
      }
      out.data[y * out.width + x] = sum / 16
    }
  }
  return out
}

const whole = ({ width, height }: Gray): Area => ({ left: 0, top: 0, right: width, bottom: height })

function boundsOf(outline: readonly Point[]): Area {
  const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)]
  const at = (values: number[], share: number) =>
    values.sort((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? 0
  return { left: at(xs, 0.02), right: at(xs, 0.98), top: at(ys, 0.02), bottom: at(ys, 0.98) }
}

/** From where to where all but the outermost weight lies. */
function middle(weights: Float64Array): [number, number] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  let from = 0
  for (let at = 0; at < weights.length; at += 1) {
    sum += weights[at] ?? 0
    if (sum < OUTSIDE * total) from = at + 1
    if (sum >= (1 - OUTSIDE) * total) return [from, at + 1]
  }
  return [0, weights.length]
}

/** Mean grey of `SIDE` × `SIDE` cells of the area. */
function cellsOf({ width, data }: Gray, { left, top, right, bottom }: Area): Float64Array {
  const sums = new Float64Array(SIDE * SIDE)
  const counts = new Float64Array(SIDE * SIDE)
  // Every few pixels are enough for a mean.
  const step = Math.max(1, Math.floor(Math.min(right - left, bottom - top) / (SIDE * 12)))
  for (let y = Math.ceil(top); y < bottom; y += step) {
    const row = Math.floor(((y - top) / (bottom - top)) * SIDE) * SIDE
    for (let x = Math.ceil(left); x < right; x += step) {
      const cell = row + Math.floor(((x - left) / (right - left)) * SIDE)
      sums[cell] = (sums[cell] ?? 0) + (data[y * width + x] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 1))
}

/** Signs of the 8 × 8 lowest frequencies against their median; the mean grey is not among them. */
function coarseOf(cells: Float64Array): string {
  const waves: number[] = []
  for (let v = 0; v < COARSE_SIDE; v += 1) {
    for (let u = 0; u < COARSE_SIDE; u += 1) waves.push(waveOf(cells, u, v))
  }
  const sorted = waves.slice(1).sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1] ?? 0
  return hexOf(waves.map((wave, index) => index > 0 && wave > median))
}

function waveOf(cells: Float64Array, u: number, v: number): number {
  let sum = 0
  for (let y = 0; y < SIDE; y += 1) {
    const down = COSINES[v * SIDE + y] as number
    for (let x = 0; x < SIDE; x += 1) {
      sum += (cells[y * SIDE + x] as number) * down * (COSINES[u * SIDE + x] as number)
    }
  }
  return sum
}

/** Whether a cell is lighter than the cells around it: shadows do not matter, print does. */
function fineOf(cells: Float64Array): string {
  const bits: boolean[] = []
  const mean = (left: number, top: number, side: number) => {
    let sum = 0
    let count = 0
    for (let y = Math.max(0, top); y < Math.min(SIDE, top + side); y += 1) {
      for (let x = Math.max(0, left); x < Math.min(SIDE, left + side); x += 1) {
        sum += cells[y * SIDE + x] ?? 0
        count += 1
      }
    }
    return sum / count
  }
  for (let y = 0; y < FINE_SIDE; y += 1) {
    for (let x = 0; x < FINE_SIDE; x += 1) {
      bits.push(mean(2 * x, 2 * y, 2) > mean(2 * x - 2, 2 * y - 2, 6))
    }
  }
  return hexOf(bits)
}

function hexOf(bits: readonly boolean[]): string {
  let hex = ''
  for (let at = 0; at < bits.length; at += 4) {
    const nibble = bits.slice(at, at + 4).reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)
    hex += nibble.toString(16)
  }
  return hex
}
