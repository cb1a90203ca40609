/**
 * Which token of a line stands for which term of a product. One to one, the surest pairs first;
 * then the ways in which tills join and split words.
 */

import type { LineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/**
 * Result of aligning a line with one product; both arrays hold how sure each token or term is
 * explained, 0 … 1.
 */
export interface Alignment {
  readonly lineSure: Float64Array
  readonly productSure: Float64Array
}

/** Similarity of a line token (by place) to a product term (by place). */
type Similarities = (lineAt: number, productAt: number) => number

interface Pair {
  readonly lineAt: number
  readonly productAt: number
  readonly sure: number
  readonly rank: number
  /** A word that the name repeats, or the very same number. */
  readonly mayRepeat: boolean
}

/**
 * A repeated word (`Рогачев … Рогачев`) is explained by the one that already has its partner, if it
 * is this sure.
 */
const REPEAT_SURE_MIN = 0.9
const JOINED = 0.97
const CONTRACTED = 0.9
const GLUED_LETTERS_MIN = 5
/** Order breaks ties: a pair far off the diagonal ranks this much lower at most. */
const ORDER_SHARE = 0.04

function pairsOf(
  tokens: readonly LineToken[],
  product: number,
  similarities: Similarities,
): Pair[] {
  const line = tokens.length
  const pairs: Pair[] = []
  for (let lineAt = 0; lineAt < line; lineAt += 1) {
    for (let productAt = 0; productAt < product; productAt += 1) {
      const sure = similarities(lineAt, productAt)
      if (sure === 0) continue
      const offDiagonal = Math.abs(lineAt / line - productAt / product)
      const isWord = tokens[lineAt]?.kind === 'word'
      const mayRepeat = sure >= (isWord ? REPEAT_SURE_MIN : 1)
      pairs.push({ lineAt, productAt, sure, rank: sure - ORDER_SHARE * offDiagonal, mayRepeat })
    }
  }
  return pairs.sort((one, other) => other.rank - one.rank)
}

function matchPairs(pairs: readonly Pair[], { lineSure, productSure }: Alignment): void {
  for (const { lineAt, productAt, sure } of pairs) {
    if (lineSure[lineAt] !== 0 || productSure[productAt] !== 0) continue
    lineSure[lineAt] = sure
    productSure[productAt] = sure
  }
  for (const { lineAt, productAt, sure, mayRepeat } of pairs) {
    if (!mayRepeat) continue
    if (lineSure[lineAt] === 0) lineSure[lineAt] = sure
    if (productSure[productAt] === 0) productSure[productAt] = sure
  }
}

/** `р-р` is раствор, `к-та` кислота: beginning and end of one word tied by a hyphen or slash. */
function matchContraction(
  line: readonly LineToken[],
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  const head = line[lineAt]
  const tail = line[lineAt + 1]
  if (head === undefined || tail === undefined || !head.isTied || tail.kind !== 'word') return
  if (lineSure[lineAt + 1] !== 0 && lineSure[lineAt] !== 0) return
  const at = terms.findIndex(
    (term, termAt) =>
      term.kind === 'word' &&
      (productSure[termAt] ?? 0) < CONTRACTED &&
      term.text.length > head.text.length + tail.text.length &&
      term.text.startsWith(head.text) &&
      term.text.endsWith(tail.text),
  )
  if (at < 0) return
  lineSure[lineAt] = CONTRACTED
  lineSure[lineAt + 1] = CONTRACTED
  productSure[at] = CONTRACTED
}

/**
 * Product words from `from` on that the glued text spells in a row, the last perhaps cut; their
 * number, or 0.
 */
function spelled(glued: string, terms: readonly Term[], from: number): number {
  let rest = glued
  for (let at = from; at < terms.length && rest !== ''; at += 1) {
    const term = terms[at]
    if (term === undefined || term.kind !== 'word') return 0
    if (term.text.startsWith(rest)) return at - from + 1
    if (!rest.startsWith(term.text)) return 0
    rest = rest.slice(term.text.length)
  }
  return rest === '' ? terms.length - from : 0
}

/** `кокакола` for `кока кола`: the line glues words that the product keeps apart. */
function matchGlued(
  token: LineToken,
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  if (token.kind !== 'word' || token.text.length < GLUED_LETTERS_MIN) return
  if (lineSure[lineAt] === 1) return
  for (let from = 0; from + 1 < terms.length; from += 1) {
    const words = spelled(token.text, terms, from)
    if (words < 2) continue
    lineSure[lineAt] = JOINED
    productSure.fill(JOINED, from, from + words)
    return
  }
}

/** `кока кола` for `кокакола`: the product glues what the line keeps apart. */
function matchSplit(
  line: readonly LineToken[],
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  const [head, tail] = [line[lineAt], line[lineAt + 1]]
  if (head?.kind !== 'word' || tail?.kind !== 'word') return
  if (lineSure[lineAt] !== 0 && lineSure[lineAt + 1] !== 0) return
  const whole = head.text + tail.text
  if (whole.length < GLUED_LETTERS_MIN) return
  const at = terms.findIndex((term) => term.kind === 'word' && term.text.startsWith(whole))
  if (at < 0) return
  lineSure[lineAt] = JOINED
  lineSure[lineAt + 1] = JOINED
  productSure[at] = Math.max(JOINED, productSure[at] ?? 0)
}

/**
 * Aligns a line with a product. Similarities come from outside, because candidates share most of
 * their terms.
 */
export function align(
  line: readonly LineToken[],
  terms: readonly Term[],
  similarities: Similarities,
): Alignment {
  const alignment = {
    lineSure: new Float64Array(line.length),
    productSure: new Float64Array(terms.length),
  }
  matchPairs(pairsOf(line, terms.length, similarities), alignment)
  for (const [at, token] of line.entries()) {
    matchContraction(line, at, terms, alignment)
    matchGlued(token, at, terms, alignment)
    matchSplit(line, at, terms, alignment)
  }
  return alignment
}
