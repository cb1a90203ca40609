import { boxBlur, type Gray, shrink } from './gray.ts'
import { type Blob, blobsOf } from './ink.ts'
import type { Point } from './projection.ts'

/** The sheet found in a photo. */
export type Paper = {
  /** 1 where the sheet is, in `small`. */
  readonly mask: Uint8Array
  readonly small: Gray
  /** Pixels of the photo in a pixel of `small`. */
  readonly factor: number
  /** Points of the sheet's outline, px of the photo. */
  readonly outline: readonly Point[]
  /** The sheet's share of the photo, 0–1. */
  readonly share: number
}

const SMALL_SIDE = 420
const SHARE_MIN = 0.06
const SHARE_ALL = 0.93

/** Otsu's threshold: the grey value that parts light from dark best. */
export function otsu(data: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  let total = 0
  for (let value = 0; value < 256; value += 1) total += value * (counts[value] ?? 0)
  let below = 0
  let belowSum = 0
  let best = 127
  let bestBetween = -1
  for (let value = 0; value < 255; value += 1) {
    below += counts[value] ?? 0
    belowSum += value * (counts[value] ?? 0)
    const above = data.length - below
    if (below === 0 || above === 0) continue
    const gap = belowSum / below - (total - belowSum) / above
    const between = below * above * gap * gap
    if (between > bestBetween) {
      bestBetween = between
      best = value
    }
  }
  return best
}

/** Lightest of the neighbourhood: print disappears, the sheet stays. */
function lightest({ width, height, data }: Gray, radius: number): Gray {
  const rows = new Uint8Array(data.length)
  const out = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += 1) {
    const x = at % width
    let light = 0
    for (let dx = -Math.min(radius, x); dx <= Math.min(radius, width - 1 - x); dx += 1) {
      light = Math.max(light, data[at + dx] ?? 0)
    }
    rows[at] = light
  }
  for (let at = 0; at < data.length; at += 1) {
    const y = Math.floor(at / width)
    let light = 0
    for (let dy = -Math.min(radius, y); dy <= Math.min(radius, height - 1 - y); dy += 1) {
      light = Math.max(light, rows[at + dy * width] ?? 0)
    }
    out[at] = light
  }
  return { width, height, data: out }
}

/**
 * Finds the sheet: the largest light region once its print is filled in. Null when no region
 * stands out, or when the sheet fills the photo: then the photo is the sheet.
 */
export function findPaper(photo: Gray): Paper | null {
  const factor = Math.max(1, Math.ceil(Math.max(photo.width, photo.height) / SMALL_SIDE))
  const small = shrink(photo, factor)
  const filled = boxBlur(lightest(small, 4), 2)
  const limit = otsu(filled.data)
  const light = filled.data.map((value) => (value > limit ? 1 : 0))
  const largest = blobsOf(light, small.width, small.height).reduce<Blob | null>(
    (best, blob) => (best === null || blob.pixels > best.pixels ? blob : best),
    null,
  )
  if (largest === null) return null
  const share = largest.pixels / light.length
  if (share < SHARE_MIN || share > SHARE_ALL) return null
  const mask = component(light, small.width, largest)
  return { mask, small, factor, share, outline: outlineOf(mask, small, factor) }
}

/** The pixels connected with the blob's first one. */
function component(light: Uint8Array, width: number, blob: Blob): Uint8Array {
  const mask = new Uint8Array(light.length)
  const top = light.subarray(blob.top * width + blob.left, blob.top * width + blob.right + 1)
  const waiting = [...top.keys()]
    .filter((x) => top[x] === 1)
    .map((x) => blob.top * width + blob.left + x)
  const first = longestFlood(light, width, waiting, blob.pixels)
  for (const at of first) mask[at] = 1
  return mask
}

/** Of the seeds on the blob's first row, the flood that has the blob's size. */
function longestFlood(
  light: Uint8Array,
  width: number,
  seeds: readonly number[],
  pixels: number,
): number[] {
  const seen = new Uint8Array(light.length)
  for (const seed of seeds) {
    if (seen[seed] === 1) continue
    const reached = [seed]
    seen[seed] = 1
    for (let at = 0; at < reached.length; at += 1) {
      const here = reached[at] ?? 0
      const x = here % width
      const next = [here - width, here + width]
      if (x > 0) next.push(here - 1)
      if (x < width - 1) next.push(here + 1)
      for (const to of next) {
        if (light[to] !== 1 || seen[to] === 1) continue
        seen[to] = 1
        reached.push(to)
      }
    }
    if (reached.length === pixels) return reached
  }
  return []
}

/** First and last pixel of the mask in every row. */
function outlineOf(mask: Uint8Array, { width, height }: Gray, factor: number): Point[] {
  const outline: Point[] = []
  for (let y = 0; y < height; y += 1) {
    const row = mask.subarray(y * width, (y + 1) * width)
    const left = row.indexOf(1)
    if (left < 0) continue
    outline.push({ x: left * factor, y: y * factor })
    outline.push({ x: (row.lastIndexOf(1) + 1) * factor, y: (y + 1) * factor })
  }
  return outline
}
