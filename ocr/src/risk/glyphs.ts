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
  /** Mean grey of its strokes, as a share of the paper's. */
  readonly burn: number
  /** The steepest steps along its columns, in shares of paper less ink. */
  readonly sharpness: number
  /** Pixels between paper and ink for each of ink. */
  readonly softness: number
  /** Mean distance of paper pixels from those around them, in shares of paper less ink. */
  readonly grain: number
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
/** Pixels around a character that are measured with it. */
const RIM = 2

function measured(photo: Gray, left: number, top: number, width: number, height: number): Glyph {
  const place = { left, top, width, height }
  counts.fill(0)
  const pixels = (width + 2 * RIM) * (height + 2 * RIM)
  for (let y = top - RIM; y < top + height + RIM; y += 1) {
    const from = y * photo.width + left - RIM
    for (let at = from; at < from + width + 2 * RIM; at += 1) {
      const grey = photo.data[at] as number
      counts[grey] = (counts[grey] as number) + 1
    }
  }
  const paper = quantileOf(pixels, 0.85)
  const ink = quantileOf(pixels, 0.04)
  const contrast = Math.max(1, paper - ink)
  return {
    ...place,
    paper,
    ink,
    burn: burnOf((paper + ink) / 2) / Math.max(1, paper),
    sharpness: steepnessOf(photo, place) / contrast,
    softness: softnessOf(paper, ink, contrast),
    grain: grainOf(photo, place, paper, contrast) / contrast,
  }
}

type Extent = Pick<Glyph, 'left' | 'top' | 'width' | 'height'>

/** Mean of the counted greys that are darker. */
function burnOf(middle: number): number {
  let [sum, dark] = [0, 0]
  for (let grey = 0; grey < middle; grey += 1) {
    sum += grey * (counts[grey] as number)
    dark += counts[grey] as number
  }
  return sum / Math.max(1, dark)
}

function softnessOf(paper: number, ink: number, contrast: number): number {
  let [dark, middle] = [0, 0]
  for (let grey = 0; grey < paper - 0.2 * contrast; grey += 1) {
    if (grey < ink + 0.25 * contrast) dark += counts[grey] as number
    else middle += counts[grey] as number
  }
  return middle / Math.max(1, dark)
}

function steepnessOf({ width, data }: Gray, place: Extent): number {
  const steps: number[] = []
  for (let x = place.left - 1; x < place.left + place.width + 1; x += 1) {
    let steepest = 0
    for (let y = place.top - RIM; y < place.top + place.height + RIM; y += 1) {
      const at = y * width + x
      const step = Math.abs((data[at] as number) - (data[at + width] as number))
      if (step > steepest) steepest = step
    }
    steps.push(steepest)
  }
  steps.sort((a, b) => a - b)
  return steps[Math.floor(steps.length * 0.7)] ?? 0
}

function grainOf(
  { width, data }: Gray,
  { left, top, width: w, height: h }: Extent,
  paper: number,
  contrast: number,
): number {
  let [sum, seen] = [0, 0]
  for (let y = top - RIM; y < top + h + RIM; y += 1) {
    for (let x = left - RIM; x < left + w + RIM; x += 1) {
      const at = y * width + x
      const grey = data[at] as number
      if (grey <= paper - 0.15 * contrast) continue
      const around =
        (data[at - 1] as number) +
        (data[at + 1] as number) +
        (data[at - width] as number) +
        (data[at + width] as number)
      const off = Math.abs(4 * grey - around)
      // A larger step is the edge of a stroke.
      if (off < 0.6 * contrast) sum += off
      seen += 1
    }
  }
  return sum / Math.max(1, 4 * seen)
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
