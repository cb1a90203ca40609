import { boxBlur, evenLight, type Gray } from '../image/gray.ts'
import { inkOf, marksIn } from '../image/ink.ts'
import { otsu } from '../image/paper.ts'
import type { Projection } from '../image/projection.ts'
import { drawSheet, type Sheet, type Turn } from './sheet.ts'

/** How a reading prepares the sheet. */
export type Preparation = {
  readonly name: string
  /** Height of capitals, px. */
  readonly capitals: number
  /** Divide by the paper's light, or take the grey as it is. */
  readonly light: 'even' | 'plain'
}

export const FIRST: Preparation = { name: 'even 24', capitals: 24, light: 'even' }
export const LARGE: Preparation = { name: 'plain 36', capitals: 36, light: 'plain' }
export const MIDDLE: Preparation = { name: 'even 30', capitals: 30, light: 'even' }
/** Latin print gains more from another light than from another size: 35 of 36 totals, not 33. */
export const PLAIN: Preparation = { name: 'plain 30', capitals: 30, light: 'plain' }

/** Pictures larger than this are drawn smaller: time and memory grow with them. */
const DRAWN_PIXELS_MAX = 4_500_000

/** A sheet drawn as a reading wants it, and the way back. */
export type Page = {
  readonly gray: Gray
  readonly toSheet: Projection
  /** Pieces of what the reader will take for ink: it looks for letters in each. */
  readonly marks: number
}

/** Height of capitals as the sheet is drawn for a reading. */
function capitalsOf(sheet: Sheet, { capitals }: Preparation): number {
  const factor = capitals / sheet.capitals
  const pixels = sheet.width * sheet.height * factor * factor
  return pixels > DRAWN_PIXELS_MAX ? capitals * Math.sqrt(DRAWN_PIXELS_MAX / pixels) : capitals
}

/** Pixels of the sheet as it is drawn for a reading. */
export function pixelsOf(sheet: Sheet, how: Preparation): number {
  const factor = capitalsOf(sheet, how) / sheet.capitals
  return sheet.width * sheet.height * factor * factor
}

/** Pieces of ink on a page: the longest receipts have some 8,000, specks of the table included. */
const MARKS_MAX = 12_000
const MARK_RADIUS = 14

/**
 * Draws the sheet for a reading, softened where it is all specks; null where that does not help:
 * noise, gravel.
 */
export function pageOf(sheet: Sheet, how: Preparation, turn: Turn): Page | null {
  const { gray, toSheet } = drawSheet(sheet, capitalsOf(sheet, how), turn)
  const page = legible(lit(gray, how))
  return page && { gray: page, toSheet, marks: darkMarks(page) }
}

const lit = (gray: Gray, { light, capitals }: Preparation): Gray =>
  light === 'plain' ? gray : evenLight(gray, Math.round(capitals * 1.4))

const isSpeckled = (gray: Gray) =>
  marksIn(inkOf(gray, MARK_RADIUS), gray.width, gray.height) > MARKS_MAX

function legible(gray: Gray): Gray | null {
  if (!isSpeckled(gray)) return gray
  const soft = boxBlur(gray, 2)
  return isSpeckled(soft) ? null : soft
}

/** The reader parts light from dark by one threshold for the page, however faint both are. */
function darkMarks({ data, width, height }: Gray): number {
  const limit = otsu(data)
  const dark = data.map((value) => (value <= limit ? 1 : 0))
  return marksIn(dark, width, height)
}

/** The upper rows of a page: about this share of its marks. */
export function upperPart({ gray, toSheet, marks }: Page, share: number): Page {
  if (share >= 1) return { gray, toSheet, marks }
  const height = Math.max(1, Math.floor(gray.height * share))
  const data = gray.data.subarray(0, height * gray.width)
  return { gray: { width: gray.width, height, data }, toSheet, marks: marks * share }
}
