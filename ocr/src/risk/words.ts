import type { Glyph, Page } from './glyphs.ts'

/** What the print of a word is like, each in its own unit. */
export type Traits = {
  readonly burn: number
  readonly sharpness: number
  readonly softness: number
  readonly grain: number
  /** How evenly dark its characters are. */
  readonly inkSpread: number
  /** How far its characters stand off one line, in heights. */
  readonly lineSpread: number
}

export type Trait = keyof Traits

/** Characters side by side on a line: a word or as much of one as says something. */
export type Word = {
  readonly glyphs: readonly Glyph[]
  readonly top: number
  readonly height: number
  readonly traits: Traits
}

/** Shorter words say too little. */
const GLYPHS_MIN = 3
/** Words that are judged: of larger numbers every second or third, which have its neighbours. */
const WORDS_MAX = 1_000
/** Heights to each side within which characters are of one word. */
const BESIDE_HEIGHTS = 2.2

/** Each character of a page with those beside it on its line, where there are some. */
export function wordsOf({ glyphs }: Page): Word[] {
  const sorted = [...glyphs].sort((a, b) => a.left - b.left)
  const groups = sorted.flatMap((glyph, index) => {
    const group = [glyph]
    const reach = BESIDE_HEIGHTS * glyph.height
    const add = (other: Glyph) => {
      const isLike = other.height > 0.7 * glyph.height && other.height < 1.43 * glyph.height
      const fall = Math.abs(other.top + other.height - glyph.top - glyph.height)
      if (isLike && fall < 0.35 * glyph.height) group.push(other)
    }
    for (let at = index - 1; at >= 0; at -= 1) {
      const other = sorted[at] as Glyph
      if (glyph.left - other.left > reach) break
      add(other)
    }
    for (let at = index + 1; at < sorted.length; at += 1) {
      const other = sorted[at] as Glyph
      if (other.left - glyph.left > reach) break
      add(other)
    }
    return group.length >= GLYPHS_MIN ? [group] : []
  })
  const every = Math.ceil(groups.length / WORDS_MAX)
  return groups.filter((_, index) => index % every === 0).map(measured)
}

const meanOf = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length

function spreadOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers)
  return Math.sqrt(meanOf(numbers.map((one) => (one - mean) ** 2)))
}

/** Ratios count, not differences; so much is added that nothing has no logarithm. */
const SOFTNESS_FLOOR = 0.1
const GRAIN_FLOOR = 0.003

function measured(glyphs: readonly Glyph[]): Word {
  const mean = (of: (glyph: Glyph) => number) => meanOf(glyphs.map(of))
  const height = mean((one) => one.height)
  return {
    glyphs,
    top: glyphs[0]?.top ?? 0,
    height,
    traits: {
      burn: mean((one) => one.burn),
      sharpness: mean((one) => one.sharpness),
      softness: Math.log(SOFTNESS_FLOOR + mean((one) => one.softness)),
      grain: Math.log(GRAIN_FLOOR + mean((one) => one.grain)),
      inkSpread: Math.log(1 + spreadOf(glyphs.map((one) => one.ink))),
      lineSpread: spreadOf(glyphs.map((one) => one.top + one.height)) / height,
    },
  }
}
