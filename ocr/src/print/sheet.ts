import { type Gray, shrink } from '../image/gray.ts'
import { spreadFaint } from '../image/ink.ts'
import { findPaper, type Paper } from '../image/paper.ts'
import {
  compose,
  inverse,
  type Point,
  type Projection,
  project,
  rotation,
  scaling,
  shift,
  unfanned,
  warp,
} from '../image/projection.ts'
import { skewOf } from '../image/skew.ts'
import { type Area, printIn } from '../image/text-height.ts'

/** The sheet cut out of the photo, its lines level, before any scaling. */
export type Sheet = {
  readonly photo: Gray
  /** From px of the sheet to px of the photo. */
  readonly toPhoto: Projection
  readonly width: number
  readonly height: number
  /** Height of capitals, px of the photo. */
  readonly capitals: number
}

const CAPITALS_ASSUMED = 14
const LOOK_PIXELS = 1_500_000
/** The grey of bare paper, for what is wiped. */
const WIPED = 235
/** Blurred pixels gain nothing from more enlarging. */
const ENLARGED_MAX = 6
const LOOK_SIDE = 900

/** Finds the print and levels its lines; which way is up is not yet known. */
export function cutSheet(given: Gray): Sheet {
  const photo = spreadFaint(given)
  const paper = findPaper(photo)
  const { level, look } = levelSheet(photo, skewFrom(photo, paper))
  const whole = { left: 0, top: 0, right: level.width, bottom: level.height }
  if (paper === null) return cut(level, look, whole)
  const glyphs = look.glyphs.map((point) => project(level.toPhoto, point))
  const wiped = withoutTable(photo, paper, glyphs)
  if (wiped === null) return cut(level, look, look.area ?? whole)
  const bounds = boundsOf(level, paper.outline)
  return cut({ ...level, photo: wiped }, look, union(bounds, look.area ?? bounds))
}

/** A level and what was seen on it. */
type Seen = { readonly level: Level; readonly look: Look }

function seenAt(photo: Gray, degrees: number): Seen {
  const level = levelled(photo, degrees)
  return { level, look: lookAt(level) }
}

function levelSheet(photo: Gray, degrees: number): Seen {
  const first = seenAt(photo, degrees)
  if (first.look.down <= first.look.across * 1.15) return refined(photo, degrees, first)
  // Columns of digits align as well as lines do; glyphs stand closer along the line.
  const across = degrees > 0 ? degrees - 90 : degrees + 90
  const other = seenAt(photo, across)
  return other.look.across > first.look.across
    ? refined(photo, across, other)
    : refined(photo, degrees, first)
}

const SLOPE_MIN = 0.35

/** Turns once more by what the rows of glyphs say, then makes lines that fan out parallel. */
function refined(photo: Gray, degrees: number, seen: Seen): Seen {
  const { slope } = seen.look
  if (Math.abs(slope) < SLOPE_MIN) return parallel(seen)
  const better = seenAt(photo, degrees + slope)
  return parallel(Math.abs(better.look.slope) < 0.6 * Math.abs(slope) ? better : seen)
}

/** Degrees between the first line and the last: less does not harm, more is no sheet of paper. */
const FAN_MIN = 1.2
const FAN_MAX = 14

/** A sheet seen from the side: its lines are made parallel where that leaves them more so. */
function parallel(seen: Seen): Seen {
  const { slope, fan } = seen.look
  if (Math.abs(fan) < FAN_MIN || Math.abs(fan) > FAN_MAX) return seen
  const { width, height, toPhoto } = seen.level
  const radians = Math.PI / 180
  const lean = unfanned({ x: width / 2, y: height / 2 }, slope * radians, (fan * radians) / height)
  const level = { ...seen.level, toPhoto: compose(toPhoto, lean) }
  const look = lookAt(level)
  const isBetter = Math.abs(look.fan) < 0.5 * Math.abs(fan) && look.across > 0.95 * seen.look.across
  return isBetter ? { level, look } : seen
}

type Level = Omit<Sheet, 'capitals'>

/** The whole photo turned by the angle. */
function levelled(photo: Gray, degrees: number): Level {
  const corners = [
    { x: 0, y: 0 },
    { x: photo.width, y: 0 },
    { x: 0, y: photo.height },
    { x: photo.width, y: photo.height },
  ].map((point) => project(rotation(-degrees), point))
  const left = Math.min(...corners.map(({ x }) => x))
  const top = Math.min(...corners.map(({ y }) => y))
  return {
    photo,
    toPhoto: compose(rotation(degrees), shift(left, top)),
    width: Math.ceil(Math.max(...corners.map(({ x }) => x)) - left),
    height: Math.ceil(Math.max(...corners.map(({ y }) => y)) - top),
  }
}

/** Share of the print that must stand on the sheet found before the rest may be wiped. */
const ON_PAPER_MIN = 0.9
const RIM = 1

/** Wipes what is not paper: cloth and wood read as words. Null: the print is not all on it. */
function withoutTable(photo: Gray, paper: Paper, glyphs: readonly Point[]): Gray | null {
  const { mask, small, factor } = paper
  const isNear = (px: number, py: number) => {
    const x = Math.min(small.width - 1, Math.max(0, px))
    const y = Math.min(small.height - 1, Math.max(0, py))
    return mask[y * small.width + x] === 1
  }
  const isPaper = (x: number, y: number) => {
    const px = Math.floor(x / factor)
    const py = Math.floor(y / factor)
    return (
      isNear(px - RIM, py) || isNear(px + RIM, py) || isNear(px, py - RIM) || isNear(px, py + RIM)
    )
  }
  const on = glyphs.filter(({ x, y }) => isPaper(x, y)).length
  if (on < ON_PAPER_MIN * glyphs.length || glyphs.length === 0) return null
  const { width, height } = photo
  const data = photo.data.slice()
  for (let y = 0; y < height; y += factor) {
    for (let x = 0; x < width; x += factor) {
      if (isPaper(x, y)) continue
      for (let row = y; row < Math.min(height, y + factor); row += 1) {
        data.fill(WIPED, row * width + x, row * width + Math.min(width, x + factor))
      }
    }
  }
  return { width, height, data }
}

const OUTLIERS = 0.004

/** The rectangle around an outline, px of the level; ragged ends of the outline do not count. */
function boundsOf({ toPhoto }: Level, outline: readonly Point[]): Area {
  const fromPhoto = inverse(toPhoto)
  const on = outline.map((point) => project(fromPhoto, point))
  const at = (values: number[], share: number) =>
    values.sort((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? 0
  return {
    left: at(
      on.map(({ x }) => x),
      OUTLIERS,
    ),
    right: at(
      on.map(({ x }) => x),
      1 - OUTLIERS,
    ),
    top: at(
      on.map(({ y }) => y),
      OUTLIERS,
    ),
    bottom: at(
      on.map(({ y }) => y),
      1 - OUTLIERS,
    ),
  }
}

const union = (a: Area, b: Area): Area => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

function cut(level: Level, { capitals }: Look, area: Area): Sheet {
  const left = Math.max(0, area.left)
  const top = Math.max(0, area.top)
  return {
    photo: level.photo,
    toPhoto: compose(level.toPhoto, shift(left, top)),
    width: Math.ceil(Math.min(level.width, area.right) - left),
    height: Math.ceil(Math.min(level.height, area.bottom) - top),
    capitals,
  }
}

function skewFrom(photo: Gray, paper: Paper | null): number {
  const factor = Math.max(1, Math.floor(Math.max(photo.width, photo.height) / LOOK_SIDE))
  const small = shrink(photo, factor)
  return skewOf(small, paper === null ? null : spread(paper, small, factor))
}

/** The paper's mask at the size of `small`, its rim taken off: the edge is no print. */
function spread(paper: Paper, small: Gray, factor: number): Uint8Array {
  const mask = new Uint8Array(small.data.length)
  const { width, height } = paper.small
  const isPaper = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && paper.mask[y * width + x] === 1
  const rim = 6
  for (let y = 0; y < small.height; y += 1) {
    const py = Math.floor((y * factor) / paper.factor)
    for (let x = 0; x < small.width; x += 1) {
      const px = Math.floor((x * factor) / paper.factor)
      const isInside =
        isPaper(px - rim, py) &&
        isPaper(px + rim, py) &&
        isPaper(px, py - rim) &&
        isPaper(px, py + rim)
      if (isInside) mask[y * small.width + x] = 1
    }
  }
  return mask
}

type Look = {
  across: number
  down: number
  slope: number
  fan: number
  area: Area | null
  capitals: number
  glyphs: Point[]
}

/** Pictures of small print are looked at enlarged, large ones reduced; answers in px of `level`. */
function lookAt({ photo, toPhoto, width, height }: Level): Look {
  const factor = Math.min(3, Math.sqrt(LOOK_PIXELS / (width * height)))
  const scaled = compose(toPhoto, scaling(1 / factor))
  const look = warp(photo, scaled, Math.round(width * factor), Math.round(height * factor))
  const { across, down, area, capitals, slope, fan, glyphs } = printIn(look)
  return {
    across,
    down,
    slope,
    fan,
    glyphs: glyphs.map(({ x, y }) => ({ x: x / factor, y: y / factor })),
    capitals: (capitals ?? CAPITALS_ASSUMED) / factor,
    area: area && {
      left: area.left / factor,
      top: area.top / factor,
      right: area.right / factor,
      bottom: area.bottom / factor,
    },
  }
}

export type Turn = 0 | 180

/** From px of the sheet, turned upside down or not, to px of the photo. */
export const turned = (sheet: Sheet, turn: Turn): Projection =>
  turn === 180
    ? compose(sheet.toPhoto, [-1, 0, sheet.width, 0, -1, sheet.height, 0, 0, 1])
    : sheet.toPhoto

/** A picture of the sheet in which capitals are `capitals` px high, and the way to the sheet. */
export function drawSheet(
  sheet: Sheet,
  capitals: number,
  turn: Turn,
): { gray: Gray; toSheet: Projection } {
  const factor = Math.min(ENLARGED_MAX, capitals / sheet.capitals)
  const width = Math.round(sheet.width * factor)
  const height = Math.round(sheet.height * factor)
  const toSheet = scaling(1 / factor)
  return { gray: warp(sheet.photo, compose(turned(sheet, turn), toSheet), width, height), toSheet }
}
