import type { Gray } from '../image/gray.ts'
import { addSpectrum, TILE_SIDE } from './spectrum.ts'

const TILES_MAX = 9
/** Cycles a pixel: print and its harmonics are below, what a lens passes ends above. */
const FREQUENCY_MIN = 0.11
/** JPEG codes squares of 8 px: their grid is in every photo. */
const JPEG_BINS = TILE_SIDE / 8
const GRID_BINS = 1

/**
 * How far the grid of a screen stands out of the picture's spectrum, in nepers of power. Pixels of
 * a screen are square: their peaks, aliased to moiré or not, come in pairs a quarter turn apart.
 * Print repeats along its lines only.
 */
export function screenGrid(photo: Gray): number {
  const sums = new Float64Array(TILE_SIDE * TILE_SIDE)
  const tiles = tilesOf(photo)
  for (const from of tiles) addSpectrum(photo.data, photo.width, from, sums)
  if (tiles.length === 0) return 0
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) / tiles.length
  let best = 0
  const half = TILE_SIDE / 2
  for (let v = 0; v < half; v += 1) {
    for (let u = 1; u < half; u += 1) {
      if (Math.hypot(u, v) < FREQUENCY_MIN * TILE_SIDE || isJpegGrid(u, v)) continue
      const peak = peakAt(sums, u, v)
      if (peak <= best) continue
      best = Math.max(best, Math.min(peak, nearPeak(sums, -v, u)))
    }
  }
  return best
}

function isJpegGrid(u: number, v: number): boolean {
  const isNear = (bin: number) => {
    const rest = bin % JPEG_BINS
    return rest <= GRID_BINS || rest >= JPEG_BINS - GRID_BINS
  }
  return isNear(u) && isNear(v)
}

const wrapped = (bin: number) => (bin + TILE_SIDE) % TILE_SIDE

const binAt = (sums: Float64Array, u: number, v: number) =>
  sums[wrapped(v) * TILE_SIDE + wrapped(u)] ?? 0

/** Height of a bin over the mean of the ring of bins around it. */
function peakAt(sums: Float64Array, u: number, v: number): number {
  let around = 0
  let count = 0
  for (let dv = -4; dv <= 4; dv += 1) {
    for (let du = -4; du <= 4; du += 1) {
      if (Math.max(Math.abs(du), Math.abs(dv)) < 3) continue
      around += binAt(sums, u + du, v + dv)
      count += 1
    }
  }
  return binAt(sums, u, v) - around / count
}

/** Perspective moves the second peak by a bin. */
function nearPeak(sums: Float64Array, u: number, v: number): number {
  let best = 0
  for (let dv = -1; dv <= 1; dv += 1) {
    for (let du = -1; du <= 1; du += 1) best = Math.max(best, peakAt(sums, u + du, v + dv))
  }
  return best
}

/** Where tiles begin: spread over the middle of the picture, where the receipt is. */
function tilesOf({ width, height }: Gray): number[] {
  if (width < TILE_SIDE || height < TILE_SIDE) return []
  const across = Math.min(3, Math.floor(width / TILE_SIDE))
  const down = Math.min(Math.floor(TILES_MAX / across), Math.floor(height / TILE_SIDE))
  const place = (size: number, count: number, index: number) =>
    Math.round((size - TILE_SIDE) * (count === 1 ? 0.5 : 0.15 + (0.7 * index) / (count - 1)))
  return Array.from(
    { length: across * down },
    (_, index) =>
      place(height, down, Math.floor(index / across)) * width +
      place(width, across, index % across),
  )
}
