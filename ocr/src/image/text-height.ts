import { evenLight, type Gray } from './gray.ts'
import { type Blob, blobsOf, inkOf, marksIn } from './ink.ts'
import type { Point } from './projection.ts'

/** What glyphs that stand beside each other say about the print. */
export type Print = {
  /** Height of the body text's capitals and digits, px; null when there are too few glyphs. */
  readonly capitals: number | null
  /** Pairs of like glyphs side by side, and one above the other. */
  readonly across: number
  readonly down: number
  /** Where the print stands, px; null when there are too few glyphs. */
  readonly area: Area | null
  /** How much the lines still fall to the right, degrees: the middle of all rows of glyphs. */
  readonly slope: number
  /** How much more the lines fall at the foot than at the head, degrees. */
  readonly fan: number
  /** Middles of the glyphs that stand in rows. */
  readonly glyphs: readonly Point[]
}

export type Area = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const GLYPHS_MIN = 24
const HEIGHT_MIN = 5
const HEIGHT_MAX = 90

const widthOf = ({ left, right }: Blob) => right - left + 1
const heightOf = ({ top, bottom }: Blob) => bottom - top + 1

const middleOf = ({ left, top, right, bottom }: Blob): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
})

/** The same piece of ink in a picture mirrored at its diagonal. */
const mirrored = ({ left, top, right, bottom, pixels }: Blob): Blob => ({
  left: top,
  top: left,
  right: bottom,
  bottom: right,
  pixels,
})

/** Cloth and gravel have tens of thousands; what is finer is noise, and costs memory by the piece. */
const MARKS_MAX = 150_000

const NO_PRINT: Print = {
  capitals: null,
  across: 0,
  down: 0,
  area: null,
  slope: 0,
  fan: 0,
  glyphs: [],
}

/** Looks at a levelled picture for glyphs in a row: dust, cloth and edges have no neighbours. */
export function printIn(gray: Gray): Print {
  const ink = inkOf(evenLight(gray, 20), 14)
  if (marksIn(ink, gray.width, gray.height) > MARKS_MAX) return NO_PRINT
  const blobs = blobsOf(ink, gray.width, gray.height).filter((blob) => {
    const long = Math.max(widthOf(blob), heightOf(blob))
    const short = Math.min(widthOf(blob), heightOf(blob))
    return long >= HEIGHT_MIN && long <= HEIGHT_MAX && short * 6 >= long && blob.pixels > 6
  })
  const across = chains(blobs)
  const down = chains(blobs.map(mirrored))
  const capitals = commonest(across.flat().map(heightOf))
  return {
    capitals,
    across: pairs(across),
    down: pairs(down),
    area: areaOf(across, capitals),
    ...slopesOf(across, gray.height),
    glyphs: across
      .filter((chain) => chain.length >= WORD_GLYPHS)
      .flatMap((chain) => chain.map(middleOf)),
  }
}

/** The glyphs that have a like glyph close to their right on the same line, line by line. */
function chains(blobs: readonly Blob[]): Blob[][] {
  const sorted = [...blobs].sort((a, b) => a.left - b.left)
  const chainOf = new Map<Blob, Blob[]>()
  for (const [index, blob] of sorted.entries()) {
    const height = heightOf(blob)
    const chain = chainOf.get(blob) ?? [blob]
    chainOf.set(blob, chain)
    if (widthOf(blob) > height * 1.4) continue
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next]
      if (other === undefined || other.left > blob.right + 0.5 * height) break
      const isLike =
        other.left > blob.right &&
        Math.abs(heightOf(other) - height) <= Math.max(1, 0.2 * height) &&
        Math.abs(other.bottom - blob.bottom) <= Math.max(1, 0.2 * height)
      if (!isLike || chainOf.has(other)) continue
      chain.push(other)
      chainOf.set(other, chain)
      break
    }
  }
  return [...new Set(chainOf.values())].filter((chain) => chain.length > 1)
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

/** Lines of a sheet seen from the side fan out; words at the head and at the foot tell how much. */
function slopesOf(all: readonly Blob[][], height: number): { slope: number; fan: number } {
  const words = all.flatMap((chain) => {
    const [first] = chain
    const last = chain.at(-1)
    if (chain.length < WORD_GLYPHS || first === undefined || last === undefined) return []
    const degrees = Math.atan2(last.bottom - first.bottom, last.left - first.left) * (180 / Math.PI)
    return [{ degrees, y: (first.bottom + last.bottom) / 2 }]
  })
  if (words.length < GLYPHS_MIN) return { slope: 0, fan: 0 }
  const slope = median(words.map(({ degrees }) => degrees))
  const sorted = words.sort((a, b) => a.y - b.y)
  const third = Math.floor(sorted.length / 3)
  if (third < FAN_WORDS_MIN) return { slope, fan: 0 }
  const [head, foot] = [sorted.slice(0, third), sorted.slice(-third)]
  const between = median(foot.map(({ y }) => y)) - median(head.map(({ y }) => y))
  if (between < FAN_HEIGHT_MIN * height) return { slope, fan: 0 }
  const turn = median(foot.map((w) => w.degrees)) - median(head.map((w) => w.degrees))
  return { slope, fan: (turn * height) / between }
}

/** Fewer words at the head or the foot, or all close together, say nothing about a fan. */
const FAN_WORDS_MIN = 12
const FAN_HEIGHT_MIN = 0.3

const pairs = (all: readonly Blob[][]) => all.reduce((sum, chain) => sum + chain.length - 1, 0)

/** The commonest height, a larger glyph counting for more: specks of noise are small. */
function commonest(heights: readonly number[]): number | null {
  if (heights.length < GLYPHS_MIN) return null
  const counts = new Float64Array(HEIGHT_MAX + 2)
  for (const height of heights) {
    for (let near = -1; near <= 1; near += 1) {
      const at = height + near
      counts[at] = (counts[at] ?? 0) + (near === 0 ? 1 : 0.6) * Math.sqrt(height)
    }
  }
  return counts.indexOf(Math.max(...counts))
}

/** Stray pairs outside the print: this share of glyphs at each side is not trusted. */
const STRAY_SHARE = 0.004
/** Capitals of margin: the last glyph of a line has no neighbour, large print stands apart. */
const MARGIN_CAPITALS = 5
/** Cloth and wood make pairs, seldom a row of four. */
const WORD_GLYPHS = 4

function areaOf(all: readonly Blob[][], capitals: number | null): Area | null {
  if (capitals === null) return null
  const isSized = (glyph: Blob) => heightOf(glyph) > 0.6 * capitals
  const sized = all
    .filter((chain) => chain.length >= WORD_GLYPHS)
    .flat()
    .filter(isSized)
  if (sized.length < 3 * GLYPHS_MIN) return null
  const at = (values: number[], share: number) =>
    values.sort((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? 0
  const margin = MARGIN_CAPITALS * capitals
  const left = at(
    sized.map((glyph) => glyph.left),
    STRAY_SHARE,
  )
  const right = at(
    sized.map((glyph) => glyph.right),
    1 - STRAY_SHARE,
  )
  // Faint print above and below breaks into short runs; between the sides they are trusted.
  const between = all.flat().filter((glyph) => {
    const isLike = isSized(glyph) && heightOf(glyph) < 1.4 * capitals
    return isLike && glyph.left >= left && glyph.right <= right
  })
  return {
    left: left - margin,
    top:
      at(
        between.map((glyph) => glyph.top),
        STRAY_SHARE,
      ) - margin,
    right: right + margin,
    bottom:
      at(
        between.map((glyph) => glyph.bottom),
        1 - STRAY_SHARE,
      ) + margin,
  }
}
