import { type Line, lineOf, type Pass, type Word } from './word.ts'

/** A word that is print, not the edge of the paper or the table beside it. */
const SURE = 70
const SURE_CHARACTERS_MIN = 4
/** Fewer sure words say too little about how wide the print is. */
const SURE_WORDS_MIN = 20
/** The outermost sure words that may be noise all the same. */
const STRAYS_MAX = 2
/** How far beyond the outermost words print may stand, heights of words. */
const BEYOND_HEIGHTS_MAX = 1.5
/** Specks read as signs are sure now and then; long words are not. */
const SPECK_CHARACTERS_MAX = 2

/** A column of sums may have no longer ones: `234`. */
const isSure = ({ text, confidence }: Word) =>
  confidence >= SURE &&
  ((text.match(/[\p{L}\p{N}]/gu) ?? []).length >= SURE_CHARACTERS_MIN || /^\d{2,}/.test(text))

type Margins = { readonly left: number; readonly right: number }

function marginsOf(lines: readonly Line[]): Margins | null {
  const sure = lines.flatMap(({ words }) => words.filter(isSure))
  if (sure.length < SURE_WORDS_MIN) return null
  const ranked = (of: (word: Word) => number) => sure.map(of).sort((a, b) => a - b)
  const heights = ranked(({ box }) => box.bottom - box.top)
  const beyond = BEYOND_HEIGHTS_MAX * (heights[heights.length >> 1] ?? 0)
  return {
    left: (ranked(({ box }) => box.left)[STRAYS_MAX] ?? 0) - beyond,
    right: (ranked(({ box }) => box.right).at(-1 - STRAYS_MAX) ?? 0) + beyond,
  }
}

/**
 * Readings without what stands beside the print: folds, shadows and the table's grain are read as
 * short words, left of the names and right of the sums.
 */
export function withinMargins(passes: readonly Pass[]): Pass[] {
  return passes.map((pass) => {
    const margins = pass.isStrip ? null : marginsOf(pass.lines)
    if (margins === null) return pass
    const isBeside = ({ text, box, confidence }: Word) =>
      (box.right < margins.left || box.left > margins.right) &&
      (confidence < SURE || text.length <= SPECK_CHARACTERS_MAX)
    const lines = pass.lines.flatMap((line) => {
      const words = line.words.filter((word) => !isBeside(word))
      if (words.length === line.words.length) return [line]
      return words.length === 0 ? [] : [lineOf(words)]
    })
    return { ...pass, lines }
  })
}
