import type { Box, Line, Pass } from '../fields/word.ts'
import { type StitchedLine, type StitchReason, stitch } from './stitch.ts'

/** The readings of one shot's sheet, the fullest first; boxes in px of that sheet. */
export type ShotPrint = {
  readonly passes: readonly Pass[]
  /** Of the sheet and of its capitals, px. */
  readonly height: number
  readonly capitals: number
}

/** Where a box of the whole receipt stands on a shot's sheet. */
type Placed = { readonly shot: number; readonly box: Box }

export type Joined = {
  /** Readings of the whole receipt; boxes in px of one long sheet. */
  readonly passes: readonly Pass[]
  readonly placeOf: (box: Box) => Placed
  readonly reasons: readonly StitchReason[]
}

/** The lines of a shot that are kept, and where they stand on the long sheet. */
type Band = {
  readonly shot: number
  /** Of the shot's sheet, px. */
  readonly top: number
  readonly bottom: number
  /** Of the long sheet, px. */
  readonly from: number
  readonly scale: number
  readonly right: number
}

const middleOf = ({ top, bottom }: Box) => (top + bottom) / 2

/** Lays the sheets of several shots under one another as one long sheet, every line once. Pure. */
export function joinShots(shots: readonly ShotPrint[]): Joined {
  const [only] = shots
  if (only !== undefined && shots.length === 1) {
    return { passes: only.passes, placeOf: (box) => ({ shot: 0, box }), reasons: [] }
  }
  const pages = shots.map(({ passes }) => passes[0]?.lines ?? [])
  const { lines, seenTwice, reasons } = stitch(pages.map((page) => page.map(({ text }) => text)))
  const bands = bandsOf(shots, pages, lines, seenTwice)
  return { passes: joinedPasses(shots, bands), placeOf: (box) => placed(box, bands), reasons }
}

/** Each shot keeps a run of its lines: the seams lie halfway between lines. */
function bandsOf(
  shots: readonly ShotPrint[],
  pages: readonly (readonly Line[])[],
  lines: readonly StitchedLine[],
  seenTwice: readonly (readonly [StitchedLine, StitchedLine])[],
): Band[] {
  const bands: Band[] = []
  for (const [shot, kept] of Map.groupBy(lines, (one) => one.shot)) {
    const page = pages[shot] ?? []
    const first = kept[0]?.line ?? 0
    const last = kept.at(-1)?.line ?? 0
    const top = seam(page, first) ?? 0
    const bottom = seam(page, last + 1) ?? shots[shot]?.height ?? 0
    const scale = (shots[bands[0]?.shot ?? shot]?.capitals ?? 1) / (shots[shot]?.capitals ?? 1)
    const before = bands.at(-1)
    const from =
      before === undefined ? top : before.from + (before.bottom - before.top) * before.scale
    bands.push({ shot, top, bottom, from, scale, right: 0 })
    const aside = medianOf(
      seenTwice.flatMap(([upper, lower]) => {
        const above = pages[upper.shot]?.[upper.line]
        const below = pages[lower.shot]?.[lower.line]
        const band = bands.find((one) => one.shot === upper.shot)
        if (lower.shot !== shot || !above || !below || !band) return []
        return above.box.left * band.scale + band.right - below.box.left * scale
      }),
    )
    bands[bands.length - 1] = { shot, top, bottom, from, scale, right: aside }
  }
  return bands
}

/** Between line `index` of a page and the one above, px; null where the page ends. */
function seam(page: readonly Line[], index: number): number | null {
  const [above, below] = [page[index - 1]?.box, page[index]?.box]
  return above && below ? (middleOf(above) + middleOf(below)) / 2 : null
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/**
 * Page by page: the second reading of one shot with the second of the next. Readings of single
 * lines stay what they are, so that no reading speaks twice.
 */
function joinedPasses(shots: readonly ShotPrint[], bands: readonly Band[]): Pass[] {
  const pages: { name: string; lines: Line[] }[] = []
  const strips: Pass[] = []
  for (const band of bands) {
    let page = 0
    for (const pass of shots[band.shot]?.passes ?? []) {
      const lines = pass.lines.flatMap((line) => {
        const y = middleOf(line.box)
        return y >= band.top && y < band.bottom ? onLongSheet(line, band) : []
      })
      if (pass.isStrip === true) {
        if (lines.length > 0) strips.push({ ...pass, name: `${band.shot} ${pass.name}`, lines })
        continue
      }
      const whole = pages[page] ?? { name: pass.name, lines: [] }
      whole.lines.push(...lines)
      pages[page] = whole
      page += 1
    }
  }
  return [...pages, ...strips]
}

function onLongSheet(line: Line, band: Band): Line {
  const moved = (box: Box): Box => ({
    left: box.left * band.scale + band.right,
    right: box.right * band.scale + band.right,
    top: (box.top - band.top) * band.scale + band.from,
    bottom: (box.bottom - band.top) * band.scale + band.from,
  })
  const words = line.words.map((word) => ({ ...word, box: moved(word.box) }))
  return { text: line.text, words, box: moved(line.box) }
}

function placed(box: Box, bands: readonly Band[]): Placed {
  const y = middleOf(box)
  const band = bands.findLast(({ from }) => from <= y) ?? bands[0]
  if (band === undefined) return { shot: 0, box }
  const { shot, scale, right, top, from } = band
  return {
    shot,
    box: {
      left: (box.left - right) / scale,
      right: (box.right - right) / scale,
      top: (box.top - from) / scale + top,
      bottom: (box.bottom - from) / scale + top,
    },
  }
}
