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
const GLUED_SURE = 0.95
/** A piece of a glued word is so many letters of its word, or all of it. */
const PIECE_LETTERS_MIN = 3
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
 * Places of the product's words whose beginnings the glued text consists of, in any order, from
 * `from` on; null when a letter is left over. Only words that nothing explains yet are `free`. A
 * place of the text that once led nowhere (`dead`) is not tried again, so that no text takes long.
 */
function spelled(
  glued: string,
  from: number,
  terms: readonly Term[],
  free: readonly number[],
  dead: Set<number>,
): readonly number[] | null {
  if (from === glued.length) return []
  if (dead.has(from)) return null
  for (const at of free) {
    const text = terms[at]?.text ?? ''
    let letters = 0
    while (letters < text.length && text.charCodeAt(letters) === glued.charCodeAt(from + letters)) {
      letters += 1
    }
    const least = Math.min(text.length, PIECE_LETTERS_MIN)
    for (; letters >= least; letters -= 1) {
      const others = free.filter((other) => other !== at)
      const rest = spelled(glued, from + letters, terms, others, dead)
      if (rest !== null) return [at, ...rest]
    }
  }
  dead.add(from)
  return null
}

/** `кокакола` for `кока кола`, `плавсливван`: the line glues words that the product keeps apart. */
function matchGlued(
  token: LineToken,
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  if (token.kind !== 'word' || token.text.length < GLUED_LETTERS_MIN) return
  if ((lineSure[lineAt] ?? 0) >= GLUED_SURE) return
  const free = [...terms.keys()].filter(
    (at) => terms[at]?.kind === 'word' && (productSure[at] ?? 0) < GLUED_SURE,
  )
  const places = spelled(token.text, 0, terms, free, new Set())
  if (places === null || places.length < 2) return
  lineSure[lineAt] = GLUED_SURE
  for (const at of places) productSure[at] = GLUED_SURE
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
