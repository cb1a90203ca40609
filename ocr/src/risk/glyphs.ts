import { type Gray, shrink } from '../image/gray.ts'
import { blobsOf, inkOf } from '../image/ink.ts'
import { type BlockArea, blocksAround, type OnSheet } from './blocks.ts'

/** A printed character, px, the far edges not included, and what its print is like. */
export type Glyph = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Grey of the paper around it. */
  readonly paper: number
  /** Grey of its darkest strokes. */
  readonly ink: number
  /** The steepest steps along its rows, in shares of paper less ink. */
  readonly sharpness: number
  /** Pixels between paper and ink for each of ink. */
  readonly softness: number
  /** Mean distance of paper pixels from their neighbours. */
  readonly noise: number
}

const INK_RADIUS = 14
const HEIGHT_MIN = 8
const HEIGHT_MAX = 80
const GLYPHS_MAX = 3_000
/** Runs of ink of a page of dense print are a third of that; more is grain. */
const RUNS_MAX = 200_000
const CONTRAST_MIN = 40

/** A picture of this size is looked at as it is, a larger one made smaller. */
const PIXELS_MAX = 5_000_000

/** A picture in which characters are of a size that is quick to look at. */
export type Page = { readonly small: Gray; readonly factor: number; readonly glyphs: Glyph[] }

export function pageOf(photo: Gray, isOnSheet: OnSheet): Page {
  const factor = Math.ceil(Math.sqrt(photo.data.length / PIXELS_MAX))
  const small = shrink(photo, factor)
  const glyphs = glyphsOf(small).filter((glyph) => isOnSheet(areaOf([glyph], factor)))
  return { small, factor, glyphs }
}

/** Characters of a picture; none where there is no print but grain. */
function glyphsOf(photo: Gray): Glyph[] {
  const { width, height } = photo
  const ink = inkOf(photo, INK_RADIUS)
  let runs = 0
  for (let at = 1; at < ink.length; at += 1) if (ink[at] === 1 && ink[at - 1] !== 1) runs += 1
  if (runs > RUNS_MAX) return []
  const glyphs: Glyph[] = []
  for (const { left, top, right, bottom } of blobsOf(ink, width, height)) {
    const [wide, high] = [right - left + 1, bottom - top + 1]
    if (high < HEIGHT_MIN || high > HEIGHT_MAX || wide < high / 8 || wide > 1.4 * high) continue
    if (left < 4 || top < 4 || right >= width - 4 || bottom >= height - 4) continue
    const glyph = measured(photo, left, top, wide, high)
    if (glyph.paper - glyph.ink >= CONTRAST_MIN) glyphs.push(glyph)
    if (glyphs.length === GLYPHS_MAX) break
  }
  return glyphs
}

const counts = new Uint32Array(256)

function measured({ width, data }: Gray, left: number, top: number, w: number, h: number): Glyph {
  counts.fill(0)
  const steps: number[] = []
  let pixels = 0
  for (let y = top - 2; y < top + h + 2; y += 1) {
    let steepest = 0
    for (let x = left - 2; x < left + w + 2; x += 1) {
      const value = data[y * width + x] as number
      counts[value] = (counts[value] as number) + 1
      pixels += 1
      const step = Math.abs(value - (data[y * width + x + 1] as number))
      if (step > steepest) steepest = step
    }
    if (y >= top && y < top + h) steps.push(steepest)
  }
  const paper = quantileOf(pixels, 0.85)
  const ink = quantileOf(pixels, 0.04)
  steps.sort((a, b) => a - b)
  const contrast = Math.max(1, paper - ink)
  let [dark, middle] = [0, 0]
  for (let grey = 0; grey < paper - 0.2 * contrast; grey += 1) {
    if (grey < ink + 0.25 * contrast) dark += counts[grey] as number
    else middle += counts[grey] as number
  }
  let [noise, seen] = [0, 0]
  for (let y = top - 2; y < top + h + 2; y += 1) {
    for (let x = left - 2; x < left + w + 2; x += 1) {
      const at = y * width + x
      const value = data[at] as number
      if (value < paper - 0.15 * contrast) continue
      noise += Math.abs(2 * value - (data[at - 1] as number) - (data[at + 1] as number))
      seen += 1
    }
  }
  return {
    left,
    top,
    width: w,
    height: h,
    paper,
    ink,
    sharpness: (steps[Math.floor(steps.length * 0.7)] ?? 0) / contrast,
    softness: middle / Math.max(1, dark),
    noise: noise / Math.max(1, 2 * seen),
  }
}

function quantileOf(pixels: number, share: number): number {
  let below = 0
  return counts.findIndex((count) => {
    below += count
    return below > share * pixels
  })
}

/** Where characters stand, in blocks of the picture at full size. */
export function areaOf(glyphs: readonly Glyph[], factor: number): BlockArea {
  const least = (of: (glyph: Glyph) => number) => Math.min(...glyphs.map(of)) * factor
  const most = (of: (glyph: Glyph) => number) => Math.max(...glyphs.map(of)) * factor
  return blocksAround(
    least(({ left }) => left),
    least(({ top }) => top),
    most(({ left, width }) => left + width),
    most(({ top, height }) => top + height),
  )
}
