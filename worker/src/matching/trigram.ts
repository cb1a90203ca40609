/** Character trigrams of folded tokens as numbers below 2^18. */

import { skeletonOf, soundOf } from './skeleton.ts'

const BITS = 6
/** Number of trigram codes. */
export const TRIGRAMS = 1 << (3 * BITS)
const CODES = 1 << BITS

/**
 * A code below 64 for a folded character: Cyrillic 1–32, the rest of Latin, digits, `%`, and a few
 * shared by all else.
 */
function codeOf(character: number): number {
  if (character >= 0x430 && character <= 0x44f) return character - 0x430 + 1
  if (character >= 0x61 && character <= 0x7a) {
    return 33 + (LATIN_RANK[character - 0x61] ?? 0)
  }
  if (character >= 0x30 && character <= 0x39) return 48 + character - 0x30
  if (character === 0x25) return 58
  return 59 + (character % 5)
}

/** Latin letters left after folding, in order; look-alikes never reach this table. */
const LATIN_LEFT = 'dfgijlnqrsuvwz'
const LATIN_RANK = Array.from({ length: 26 }, (_, at) =>
  Math.max(0, LATIN_LEFT.indexOf(String.fromCharCode(0x61 + at))),
)

/**
 * Distinct-enough trigrams of a token with a blank before it and, when `isWhole`, one behind it (a
 * shortened word has no end to compare). Repeats within a token are kept: callers count a trigram
 * once.
 */
export function trigramsOf(text: string, isWhole: boolean): Uint32Array {
  const length = text.length + (isWhole ? 2 : 1)
  const result = new Uint32Array(Math.max(0, length - 2))
  let window = 0
  for (let at = 0; at < length; at += 1) {
    const isPad = at === 0 || at > text.length
    const code = isPad ? 0 : codeOf(text.charCodeAt(at - 1))
    window = ((window * CODES) % TRIGRAMS) + code
    if (at >= 2) result[at - 2] = window
  }
  return result
}

/** Distinct trigrams of a term: of its letters, and of its consonants for words without vowels. */
export function trigramsOfTerm(text: string, isWord: boolean): Set<number> {
  const trigrams = new Set<number>(trigramsOf(text, true))
  if (isWord) {
    for (const trigram of trigramsOf(soundOf(skeletonOf(text)), true)) trigrams.add(trigram)
  }
  return trigrams
}
