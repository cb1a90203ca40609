import { NOTHING, type Sign } from './blocks.ts'
import { areaOf, type Glyph, type Page } from './glyphs.ts'

/** What the print of a word is like, each in its own unit. */
type Traits = {
  readonly sharpness: number
  /** Ink as a share of the paper's grey. */
  readonly ink: number
  /** Percent of the contrast. */
  readonly noise: number
  readonly softness: number
  /** How evenly dark its characters are, and how evenly light their paper. */
  readonly inkSpread: number
  readonly paperSpread: number
}

type Word = { readonly glyphs: readonly Glyph[]; readonly height: number; readonly traits: Traits }

/** Shorter words say too little. */
const GLYPHS_MIN = 3
/** As sure as a word can be about itself. */
const GLYPHS_SURE = 5
const WORDS_MIN = 12
const WORDS_MAX = 80
/** Print of one size within so many heights is of one till and one focus. */
const NEAR_HEIGHTS = 30
const LIKE_HEIGHT = 0.25
/** Less than this is no difference, however alike the other words are. */
const LEAST: Traits = {
  sharpness: 0.03,
  ink: 0.03,
  noise: 0.3,
  softness: 0.1,
  inkSpread: 0.3,
  paperSpread: 0.3,
}
const NAMES = Object.keys(LEAST) as (keyof Traits)[]
/** The middle of the distances from the middle, as a standard deviation. */
const DEVIATION = 1.48

/**
 * The word whose print is least like that of words of its size around it. Typed letters are crisp
 * and all of one ink; print out of another picture differs in any way.
 */
export function oddPrint({ glyphs, factor }: Page): Sign {
  const groups = groupsOf(glyphs)
  const words = groups.map(measured)
  const every = Math.ceil(words.length / JUDGED_MAX)
  let best = NOTHING
  for (let at = 0; at < words.length; at += every) {
    const word = words[at] as Word
    const value = oddness(word, words)
    if (value > best.value) best = { value, areas: [areaOf(word.glyphs, factor)] }
  }
  return best
}

/** Groups that are judged: of larger numbers every second or third, which have its neighbours. */
const JUDGED_MAX = 1_000
/** Heights to each side within which characters are of one word. */
const BESIDE_HEIGHTS = 2.2

/** Each character with those beside it on its line, where there are some. */
function groupsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const sorted = [...glyphs].sort((a, b) => a.left - b.left)
  return sorted.flatMap((glyph, index) => {
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
}

const meanOf = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length

function spreadOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers)
  return Math.sqrt(meanOf(numbers.map((one) => (one - mean) ** 2)))
}

function measured(glyphs: readonly Glyph[]): Word {
  const mean = (of: (glyph: Glyph) => number) => meanOf(glyphs.map(of))
  const [paper, ink] = [mean((one) => one.paper), mean((one) => one.ink)]
  const traits = {
    sharpness: mean((one) => one.sharpness),
    ink: ink / Math.max(1, paper),
    noise: (100 * mean((one) => one.noise)) / Math.max(1, paper - ink),
    softness: Math.log(0.1 + mean((one) => one.softness)),
    inkSpread: Math.log(1 + spreadOf(glyphs.map((one) => one.ink))),
    paperSpread: Math.log(1 + spreadOf(glyphs.map((one) => one.paper))),
  }
  return { glyphs, height: mean((one) => one.height), traits }
}

function oddness(word: Word, words: readonly Word[]): number {
  const top = (one: Word) => one.glyphs[0]?.top ?? 0
  const around = words.filter(
    (other) =>
      !word.glyphs.includes(other.glyphs[0] as Glyph) &&
      Math.abs(other.height / word.height - 1) < LIKE_HEIGHT &&
      Math.abs(top(other) - top(word)) < NEAR_HEIGHTS * word.height,
  )
  if (around.length < WORDS_MIN) return 0
  const every = Math.ceil(around.length / WORDS_MAX)
  const others = around.filter((_, index) => index % every === 0)
  const off = Object.fromEntries(
    NAMES.map((name) => {
      const usual = middleOf(others.map(({ traits }) => traits[name]))
      const spread = middleOf(others.map(({ traits }) => Math.abs(traits[name] - usual)))
      return [name, (word.traits[name] - usual) / (DEVIATION * spread + LEAST[name])]
    }),
  ) as Traits
  const { sharpness, ink, noise, softness, inkSpread, paperSpread } = off
  const typed = sharpness - softness - inkSpread - (paperSpread + noise) / 2
  const strange = (Math.abs(sharpness) + Math.abs(ink) + Math.abs(noise) + Math.abs(softness)) / 2
  return Math.max(typed, strange) * Math.sqrt(Math.min(1, word.glyphs.length / GLYPHS_SURE))
}

function middleOf(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort()
  return sorted[sorted.length >> 1] ?? 0
}
