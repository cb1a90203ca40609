import type { Sign } from './blocks.ts'
import { areaOf } from './glyphs.ts'
import { PRINT_WEIGHTS, type PrintWeights } from './thresholds.ts'
import type { Trait, Traits, Word } from './words.ts'

/** As sure as a word can be about itself. */
const GLYPHS_SURE = 5
/** Words that say what is usual. */
const OTHERS_MIN = 8
const OTHERS_MAX = 80
/** Print of one size within so many heights is of one till and one focus. */
const NEAR_HEIGHTS = 30
const LIKE_HEIGHT = 0.25
/** Less than this is no difference, however alike the other words are. */
const LEAST: Traits = {
  burn: 0.03,
  sharpness: 0.03,
  softness: 0.1,
  grain: 0.15,
  inkSpread: 0.3,
  lineSpread: 0.02,
}
export const TRAITS = Object.keys(LEAST) as Trait[]
/** The middle of the distances from the middle, as a standard deviation. */
const DEVIATION = 1.48
/** A word is not odder for one trait alone being extreme. */
const OFF_MAX = 6

/** How far a word is off the words around in each trait, in deviations. */
type Deviations = Readonly<Record<Trait, number>>

/** Each word with enough words of its size around it, and how it differs from them. */
function* deviationsOf(words: readonly Word[]): Generator<[Word, Deviations]> {
  for (const word of words) {
    const around = words.filter(
      (other) =>
        Math.abs(other.height / word.height - 1) < LIKE_HEIGHT &&
        Math.abs(other.top - word.top) < NEAR_HEIGHTS * word.height &&
        !word.glyphs.includes(other.glyphs[0] as Word['glyphs'][number]),
    )
    if (around.length < OTHERS_MIN) continue
    const every = Math.ceil(around.length / OTHERS_MAX)
    const others = around.filter((_, index) => index % every === 0)
    const sureness = Math.sqrt(Math.min(1, word.glyphs.length / GLYPHS_SURE))
    const off = (trait: Trait) => {
      const usual = middleOf(others.map(({ traits }) => traits[trait]))
      const spread = middleOf(others.map(({ traits }) => Math.abs(traits[trait] - usual)))
      const far = (word.traits[trait] - usual) / (DEVIATION * spread + LEAST[trait])
      return sureness * Math.max(-OFF_MAX, Math.min(OFF_MAX, far))
    }
    yield [word, Object.fromEntries(TRAITS.map((trait) => [trait, off(trait)])) as Deviations]
  }
}

/** A word and how it is off: the command that weighs the deviations asks for them. */
export type OddWord = Sign & { readonly off: Deviations }

/**
 * How little the print of each word is like that of words of its size around it. Typed letters are
 * crisp, of one ink and on one line; print out of another picture differs in any way.
 */
export function oddPrint(words: readonly Word[], factor: number): OddWord[] {
  return [...deviationsOf(words)].map(([{ glyphs }, off]) => ({
    off,
    value: oddnessOf(off, PRINT_WEIGHTS),
    areas: [areaOf(glyphs, factor)],
  }))
}

export function oddnessOf(off: Deviations, weights: PrintWeights): number {
  return TRAITS.reduce((sum, trait) => {
    const { more, less } = weights[trait]
    return sum + (off[trait] > 0 ? more * off[trait] : -less * off[trait])
  }, 0)
}

function middleOf(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort()
  return sorted[sorted.length >> 1] ?? 0
}
