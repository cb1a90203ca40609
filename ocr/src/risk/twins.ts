import type { Gray } from '../image/gray.ts'
import type { Sign } from './blocks.ts'
import { areaOf, type Glyph, type Page } from './glyphs.ts'

/** Two characters and how far their greys are apart, in shares of paper less ink. */
type Twins = {
  readonly one: Glyph
  readonly two: Glyph
  readonly dx: number
  readonly dy: number
  readonly off: number
}

/** Pixels around a character that are compared with it: whoever copies takes some paper along. */
const MARGIN = 1
/** What is farther apart are different letters. */
const OFF_MAX = 0.08
/** No two places are nearer than the last rounding of greys. */
const OFF_MIN = 0.004
const PAIRS_MAX = 150_000
/** Greys that two prints of one letter may differ by in their paper, and in their ink. */
const SHADE_MAX = 24
/** A first look at every third row tells that letters are not the same. */
const FIRST_ROWS = 3
const FIRST_OFF_MAX = 2 * OFF_MAX
/** Of a picture made smaller, so many pairs are compared at full size. */
const REFINED = 60

/** Pairs that may be copies: the nearest of all. */
const JUDGED = 4

/**
 * Characters that are in the picture twice. Print, light and lens never give the same greys again;
 * who copies a figure does. The value is how much nearer the two are than the nearest ones that
 * nobody has copied: of other pairs the second, as one may be what was copied beside them.
 */
export function copiedPrint(photo: Gray, page: Page): Sign[] {
  const found = nearestTwins(page)
  const { factor } = page
  const twins = factor === 1 ? found : refined(photo, found.slice(0, REFINED), factor)
  return twins.slice(0, JUDGED).map((pair) => {
    const isBeside = ({ dx, dy }: Twins) => Math.abs(dx - pair.dx) + Math.abs(dy - pair.dy) <= 1
    const usual = twins.filter((other) => !isBeside(other))[1]?.off ?? OFF_MAX
    const same = twins.filter((other) => isBeside(other) && other.off < 2 * pair.off)
    const areas = [same.map(({ one }) => one), same.map(({ two }) => two)]
    return {
      value: usual / Math.max(OFF_MIN, pair.off),
      areas: areas.map((glyphs) => areaOf(glyphs, factor)),
    }
  })
}

/** For each character the one that is most like it; the nearest pairs first. */
function nearestTwins({ small, glyphs }: Page): Twins[] {
  const bySize = new Map<number, Glyph[]>()
  const keyOf = (width: number, height: number) => width * 256 + height
  for (const glyph of glyphs) {
    const key = keyOf(glyph.width, glyph.height)
    const same = bySize.get(key)
    if (same === undefined) bySize.set(key, [glyph])
    else same.push(glyph)
  }
  const best = new Map<Glyph, Twins>()
  let pairs = 0
  for (const one of glyphs) {
    for (const two of candidates(one, bySize, keyOf)) {
      pairs += 1
      if (pairs > PAIRS_MAX) break
      const known = Math.max(best.get(one)?.off ?? OFF_MAX, best.get(two)?.off ?? OFF_MAX)
      const found = compared(small, one, two, known)
      if (found === null) continue
      for (const glyph of [one, two]) {
        if (found.off < (best.get(glyph)?.off ?? OFF_MAX)) best.set(glyph, found)
      }
    }
  }
  return [...new Set(best.values())].sort((a, b) => a.off - b.off)
}

/** Characters further on of about the same size and shade that do not touch it. */
function* candidates(
  one: Glyph,
  bySize: ReadonlyMap<number, readonly Glyph[]>,
  keyOf: (width: number, height: number) => number,
): Generator<Glyph> {
  for (let dw = -1; dw <= 1; dw += 1) {
    for (let dh = -1; dh <= 1; dh += 1) {
      for (const two of bySize.get(keyOf(one.width + dw, one.height + dh)) ?? []) {
        if (two.top < one.top || (two.top === one.top && two.left <= one.left)) continue
        if (Math.abs(one.ink - two.ink) > SHADE_MAX) continue
        if (Math.abs(one.paper - two.paper) > SHADE_MAX) continue
        const isApart =
          Math.abs(two.left - one.left) >= one.width || Math.abs(two.top - one.top) >= one.height
        if (isApart) yield two
      }
    }
  }
}

/** How far two characters are apart where they fit best; null when that is beyond the limit. */
function compared(small: Gray, one: Glyph, two: Glyph, limit: number): Twins | null {
  const [dx, dy] = [two.left - one.left, two.top - one.top]
  const size = { width: Math.max(one.width, two.width), height: Math.max(one.height, two.height) }
  if (apart(small, one, dx, dy, FIRST_OFF_MAX, FIRST_ROWS) === null) return null
  return fitted(small, { one, two, dx, dy, off: limit }, size, 1)
}

type Size = { readonly width: number; readonly height: number }

function fitted(photo: Gray, pair: Twins, size: Size, reach: number): Twins | null {
  let best: Twins | null = null
  let off = pair.off
  const place = { ...pair.one, ...size }
  for (let dy = pair.dy - reach; dy <= pair.dy + reach; dy += 1) {
    for (let dx = pair.dx - reach; dx <= pair.dx + reach; dx += 1) {
      const found = apart(photo, place, dx, dy, off)
      if (found === null) continue
      off = found
      best = { ...pair, dx, dy, off }
    }
  }
  return best
}

/** The same pairs, compared at full size. */
function refined(photo: Gray, twins: readonly Twins[], factor: number): Twins[] {
  return twins
    .flatMap((pair) => {
      const scaled = (glyph: Glyph): Glyph => ({
        ...glyph,
        left: glyph.left * factor,
        top: glyph.top * factor,
        width: glyph.width * factor,
        height: glyph.height * factor,
      })
      const full = { ...pair, one: scaled(pair.one), dx: pair.dx * factor, dy: pair.dy * factor }
      const found = fitted(photo, { ...full, off: 2 * OFF_MAX }, full.one, factor)
      return found === null ? [] : [{ ...pair, dx: found.dx, dy: found.dy, off: found.off }]
    })
    .sort((a, b) => a.off - b.off)
}

/** Mean difference of the greys in shares of the contrast; null once it is beyond the limit. */
function apart(
  { width: across, height: down, data }: Gray,
  { left, top, width, height, paper, ink }: Glyph,
  dx: number,
  dy: number,
  limit: number,
  rows = 1,
): number | null {
  const [from, to] = [left - MARGIN, left + width + MARGIN]
  const [start, end] = [top - MARGIN, top + height + MARGIN]
  if (Math.min(from, from + dx, start, start + dy) < 0) return null
  if (Math.max(to, to + dx) > across || Math.max(end, end + dy) > down) return null
  const unit = Math.max(1, paper - ink) * (to - from) * Math.ceil((end - start) / rows)
  const shift = dy * across + dx
  let sum = 0
  for (let y = start; y < end; y += rows) {
    for (let at = y * across + from; at < y * across + to; at += 1) {
      const off = (data[at] as number) - (data[at + shift] as number)
      sum += off < 0 ? -off : off
    }
    if (sum > limit * unit) return null
  }
  return sum / unit
}
